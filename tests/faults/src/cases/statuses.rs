//! Responses without success, from GitHub and from gateways.

use super::over;
use crate::case::{Case, Want};
use crate::responses::{
    cut, empty_response, html_response, json_response, message, reply, response,
};
use crate::server::Step;
use ghes_oauth::{ErrorKind, Outcome};
use serde_json::json;

/// A case whose every response is `bytes`, and whose error is of this kind.
macro_rules! fails {
    ($name:literal, $bytes:expr, $status:literal, $kind:expr) => {
        Case::new($name)
            .responds($bytes)
            .want(|_| Want::Failure($kind))
            .status($status)
    };
}

mod login;
mod server;
mod validation;

pub(super) fn cases() -> Vec<Case> {
    let mut cases = login::cases();
    cases.extend(refusals());
    cases.extend(not_found());
    cases.extend(gone());
    cases.extend(validation::cases());
    cases.extend(server::cases());
    cases
}

fn refusals() -> Vec<Case> {
    let with_message = |text: &str| json_response(403, &message(text));
    let lockout = "Maximum number of login attempts exceeded. Please try again later.";
    let agent = "Request forbidden by administrative rules. Please make sure your request has a User-Agent header";
    vec![
        fails!(
            "403::login_lockout",
            with_message(lockout),
            403,
            ErrorKind::LoginLockout
        )
        .error(|error| !error.is_retryable()),
        fails!(
            "403::user_agent_refused",
            with_message(agent),
            403,
            ErrorKind::UserAgentRefused
        ),
        fails!(
            "403::token_in_place_of_a_password",
            with_message("This API can only be accessed with username and password Basic Auth"),
            403,
            ErrorKind::Forbidden
        ),
        fails!("403::html", html_response(403), 403, ErrorKind::Forbidden),
        fails!("403::empty", empty_response(403), 403, ErrorKind::Forbidden),
        fails!(
            "407::html",
            html_response(407),
            407,
            ErrorKind::UnexpectedStatus
        ),
        fails!(
            "408::empty",
            empty_response(408),
            408,
            ErrorKind::UnexpectedStatus
        ),
        fails!(
            "418::json",
            json_response(418, &json!({ "message": "teapot" })),
            418,
            ErrorKind::UnexpectedStatus
        ),
        fails!("600::empty", empty_response(600), 600, ErrorKind::Server)
            .error(|error| error.outcome() == Outcome::Unknown),
        fails!("999::empty", empty_response(999), 999, ErrorKind::Server),
    ]
}

fn not_found() -> Vec<Case> {
    vec![
        Case::new("404::of_github")
            .responds(json_response(404, &message("Not Found")))
            .want(over::not_found)
            .error(|error| !error.to_string().contains("Not Found"))
            .status(404),
        Case::new("404::without_documentation_url")
            .responds(json_response(404, &json!({ "message": "Not Found" })))
            .want(over::not_found),
        fails!(
            "404::html",
            html_response(404),
            404,
            ErrorKind::NoSuchEndpoint
        )
        .error(|error| error.to_string().contains("base URL")),
        fails!(
            "404::of_github_then_html",
            response(404, &[], b"{\"message\":\"Not Found\"}<!doctype html>"),
            404,
            ErrorKind::NoSuchEndpoint
        ),
        fails!(
            "404::empty",
            empty_response(404),
            404,
            ErrorKind::NoSuchEndpoint
        ),
        fails!(
            "404::json_of_somebody_else",
            json_response(404, &json!({ "error": "no route", "message": "no route" })),
            404,
            ErrorKind::NoSuchEndpoint
        ),
        fails!(
            "404::json_string",
            json_response(404, &json!("Not Found")),
            404,
            ErrorKind::NoSuchEndpoint
        ),
        // A truncated one proves neither that the token is not live nor that the base URL is wrong.
        Case::new("404::truncated")
            .exchanges(|_| {
                let response = json_response(404, &message("Not Found"));
                vec![cut(&response, response.len() - 9, Step::Close)]
            })
            .want(over::lost)
            .outcome(Outcome::Unknown)
            .status(404)
            .sent(over::as_often_as_may_be),
        Case::new("404::longer_than_is_accepted")
            .with(|setup| setup.own(|builder| builder.max_response_bytes(10)))
            .responds(json_response(404, &message("Not Found")))
            .want(|_| Want::Failure(ErrorKind::ResponseTooLarge))
            .status(404),
        Case::new("404::of_a_retried_delete")
            .over(over::deletes)
            .exchanges(|_| {
                vec![
                    reply(empty_response(502)),
                    reply(json_response(404, &message("Not Found"))),
                ]
            })
            .sent(|_| 2)
            .want(|_| Want::Failure(ErrorKind::NotFound))
            .error(|error| {
                error
                    .to_string()
                    .contains("or deleted by an earlier attempt")
            })
            .status(404),
    ]
}

fn gone() -> Vec<Case> {
    let version = "API version '2022-11-28' is no longer supported. Supported versions: 2026-03-10";
    vec![
        fails!(
            "410::endpoint",
            json_response(410, &message("This endpoint has been removed")),
            410,
            ErrorKind::Gone
        ),
        fails!("410::html", html_response(410), 410, ErrorKind::Gone),
        fails!(
            "410::api_version",
            json_response(410, &message(version)),
            410,
            ErrorKind::UnsupportedApiVersion
        ),
        fails!(
            "400::api_version",
            json_response(400, &message("\"2022-11-28\" is not a supported version")),
            400,
            ErrorKind::UnsupportedApiVersion
        ),
        fails!(
            "400::body",
            json_response(400, &message("Problems parsing JSON")),
            400,
            ErrorKind::Validation
        ),
        fails!("400::html", html_response(400), 400, ErrorKind::Validation),
    ]
}
