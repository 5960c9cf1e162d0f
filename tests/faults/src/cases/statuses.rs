//! Answers without success, as GitHub words them and as gateways do.

use super::over;
use crate::answers::{
    REQUEST_ID, answer, cut, empty_answer, good, html_answer, json_answer, message, reply,
};
use crate::case::{Case, Want};
use crate::secrets::OTP;
use crate::server::Step;
use ghes_oauth::{ErrorKind, OtpDelivery, Phase};
use serde_json::{Value, json};

pub(super) fn cases() -> Vec<Case> {
    let mut cases = logins();
    cases.extend(refusals());
    cases.extend(not_found());
    cases.extend(gone());
    cases.extend(validation());
    cases.extend(failures());
    cases.push(
        Case::new("404::of_a_retried_delete")
            .over(over::deletes)
            .answers(|_| {
                vec![
                    reply(empty_answer(502)),
                    reply(json_answer(404, &message("Not Found"))),
                ]
            })
            .sent(|_| 2)
            .status(404),
    );
    cases.push(
        Case::new("502::then_success")
            .answers(|operation| vec![reply(html_answer(502)), reply(good(operation))])
            .want(|operation| {
                if over::once(operation) {
                    Want::Failure(ErrorKind::Server)
                } else {
                    Want::Success
                }
            })
            .sent(|_| 2),
    );
    cases
}

/// A case whose every answer is `bytes`, and whose error is of this kind.
macro_rules! fails {
    ($name:literal, $bytes:expr, $status:literal, $kind:expr) => {
        Case::new($name)
            .answer($bytes)
            .want(|_| Want::Failure($kind))
            .status($status)
    };
}

const OTP_MESSAGE: &str = "Must specify two-factor authentication OTP code.";

fn logins() -> Vec<Case> {
    let required = |delivery: &str| {
        let headers = [
            ("X-GitHub-OTP", delivery),
            ("Content-Type", "application/json"),
        ];
        answer(401, &headers, message(OTP_MESSAGE).to_string().as_bytes())
    };
    vec![
        fails!(
            "401::bad_credentials",
            json_answer(401, &message("Bad credentials")),
            401,
            ErrorKind::Unauthorized
        )
        .error(|error| error.github_message() == Some("Bad credentials") && !error.is_retryable()),
        fails!(
            "401::no_credentials",
            json_answer(401, &message("Requires authentication")),
            401,
            ErrorKind::Unauthorized
        ),
        fails!("401::html", html_answer(401), 401, ErrorKind::Unauthorized),
        fails!(
            "401::empty",
            empty_answer(401),
            401,
            ErrorKind::Unauthorized
        ),
        fails!(
            "401::otp_by_app",
            required("required; app"),
            401,
            ErrorKind::OtpRequired(OtpDelivery::App)
        )
        .error(|error| error.is_otp_required() && !error.is_unauthorized()),
        fails!(
            "401::otp_by_sms",
            required("required; sms"),
            401,
            ErrorKind::OtpRequired(OtpDelivery::Sms)
        ),
        fails!(
            "401::otp_by_something_new",
            required("required; pigeon"),
            401,
            ErrorKind::OtpRequired(OtpDelivery::Unknown)
        ),
        fails!(
            "401::otp_by_nothing_named",
            required("required"),
            401,
            ErrorKind::OtpRequired(OtpDelivery::Unknown)
        ),
        fails!(
            "401::otp_in_the_message_only",
            json_answer(401, &message(OTP_MESSAGE)),
            401,
            ErrorKind::OtpRequired(OtpDelivery::Unknown)
        ),
        fails!(
            "401::otp_with_an_html_body",
            answer(401, &[("X-GitHub-OTP", "required; app")], b"<p>"),
            401,
            ErrorKind::OtpRequired(OtpDelivery::App)
        ),
        fails!(
            "401::wrong_otp",
            required("required; app"),
            401,
            ErrorKind::OtpInvalid(OtpDelivery::App)
        )
        .over(over::user)
        .with(|setup| setup.otp = Some(OTP))
        .error(|error| error.is_otp_invalid() && !error.is_otp_required()),
    ]
}

fn refusals() -> Vec<Case> {
    let said = |text: &str| json_answer(403, &message(text));
    let lockout = "Maximum number of login attempts exceeded. Please try again later.";
    let agent = "Request forbidden by administrative rules. Please make sure your request has a User-Agent header";
    vec![
        fails!(
            "403::login_lockout",
            said(lockout),
            403,
            ErrorKind::LoginLockout
        )
        .error(|error| error.is_forbidden() && !error.is_retryable()),
        fails!(
            "403::user_agent_refused",
            said(agent),
            403,
            ErrorKind::UserAgentRefused
        ),
        fails!(
            "403::token_in_place_of_a_password",
            said("This API can only be accessed with username and password Basic Auth"),
            403,
            ErrorKind::Forbidden
        ),
        fails!("403::html", html_answer(403), 403, ErrorKind::Forbidden),
        fails!("403::empty", empty_answer(403), 403, ErrorKind::Forbidden),
        fails!(
            "407::html",
            html_answer(407),
            407,
            ErrorKind::UnexpectedStatus
        ),
        fails!(
            "408::empty",
            empty_answer(408),
            408,
            ErrorKind::UnexpectedStatus
        ),
        fails!(
            "418::json",
            json_answer(418, &json!({ "message": "teapot" })),
            418,
            ErrorKind::UnexpectedStatus
        ),
        fails!("600::empty", empty_answer(600), 600, ErrorKind::Server)
            .error(|error| error.is_outcome_unknown() == error.operation().is_some_and(over::once)),
        fails!("999::empty", empty_answer(999), 999, ErrorKind::Server),
    ]
}

fn not_found() -> Vec<Case> {
    vec![
        Case::new("404::of_github")
            .answer(json_answer(404, &message("Not Found")))
            .want(over::not_found)
            .status(404),
        Case::new("404::without_documentation_url")
            .answer(json_answer(404, &json!({ "message": "Not Found" })))
            .want(over::not_found),
        fails!(
            "404::html",
            html_answer(404),
            404,
            ErrorKind::NoSuchEndpoint
        )
        .error(|error| error.to_string().contains("base URL")),
        fails!(
            "404::of_github_then_html",
            answer(404, &[], b"{\"message\":\"Not Found\"}<!doctype html>"),
            404,
            ErrorKind::NoSuchEndpoint
        ),
        fails!(
            "404::empty",
            empty_answer(404),
            404,
            ErrorKind::NoSuchEndpoint
        ),
        fails!(
            "404::json_of_somebody_else",
            json_answer(404, &json!({ "error": "no route", "message": "no route" })),
            404,
            ErrorKind::NoSuchEndpoint
        ),
        fails!(
            "404::json_string",
            json_answer(404, &json!("Not Found")),
            404,
            ErrorKind::NoSuchEndpoint
        ),
        // Half of it proves neither that the token is dead nor that the base URL is wrong.
        Case::new("404::truncated")
            .answers(|_| {
                let answer = json_answer(404, &message("Not Found"));
                vec![cut(&answer, answer.len() - 9, Step::Close)]
            })
            .want(over::lost)
            .phase(Phase::AnswerBegun)
            .status(404)
            .sent(over::as_often_as_may_be),
    ]
}

fn gone() -> Vec<Case> {
    let version = "API version '2022-11-28' is no longer supported. Supported versions: 2026-03-10";
    vec![
        fails!(
            "410::endpoint",
            json_answer(410, &message("This endpoint has been removed")),
            410,
            ErrorKind::Gone
        ),
        fails!("410::html", html_answer(410), 410, ErrorKind::Gone),
        fails!(
            "410::api_version",
            json_answer(410, &message(version)),
            410,
            ErrorKind::UnsupportedApiVersion
        ),
        fails!(
            "400::api_version",
            json_answer(400, &message("\"2022-11-28\" is not a supported version")),
            400,
            ErrorKind::UnsupportedApiVersion
        ),
        fails!(
            "400::body",
            json_answer(400, &message("Problems parsing JSON")),
            400,
            ErrorKind::Validation
        ),
        fails!("400::html", html_answer(400), 400, ErrorKind::Validation),
    ]
}

fn validation() -> Vec<Case> {
    let failed = |errors: Value| {
        json_answer(
            422,
            &json!({ "message": "Validation Failed", "errors": errors }),
        )
    };
    let duplicate =
        json!([{ "resource": "OauthAccess", "code": "already_exists", "field": "description" }]);
    vec![
        fails!(
            "422::errors_objects",
            failed(duplicate),
            422,
            ErrorKind::Validation
        )
        .error(|error| {
            let problems = error.validation_problems();
            problems.len() == 1
                && problems[0].code.as_deref() == Some("already_exists")
                && error.github_message() == Some("Validation Failed")
        }),
        fails!(
            "422::errors_strings",
            failed(json!(["one", "two"])),
            422,
            ErrorKind::Validation
        )
        .error(|error| {
            error
                .validation_problems()
                .iter()
                .filter_map(|problem| problem.message.as_deref())
                .eq(["one", "two"])
        }),
        fails!(
            "422::no_errors",
            json_answer(422, &message("Validation Failed")),
            422,
            ErrorKind::Validation
        )
        .error(|error| error.validation_problems().is_empty()),
        fails!(
            "422::errors_null",
            failed(Value::Null),
            422,
            ErrorKind::Validation
        )
        .error(|error| error.validation_problems().is_empty()),
        fails!(
            "422::errors_a_string",
            failed(json!("one")),
            422,
            ErrorKind::Validation
        )
        .error(|error| error.validation_problems().len() == 1),
        fails!(
            "422::errors_an_object",
            failed(json!({ "code": "invalid" })),
            422,
            ErrorKind::Validation
        )
        .error(|error| {
            error
                .validation_problems()
                .first()
                .is_some_and(|problem| problem.code.as_deref() == Some("invalid"))
        }),
        fails!(
            "422::errors_numbers",
            failed(json!([1, null, [2]])),
            422,
            ErrorKind::Validation
        ),
        fails!(
            "422::no_message",
            json_answer(422, &json!({})),
            422,
            ErrorKind::Validation
        )
        .error(|error| error.github_message().is_none()),
        fails!("422::html", html_answer(422), 422, ErrorKind::Validation),
    ]
}

fn failures() -> Vec<Case> {
    let mut cases = Vec::new();
    for (status, names) in [
        (500, ["500::json", "500::html", "500::empty"]),
        (502, ["502::json", "502::html", "502::empty"]),
        (503, ["503::json", "503::html", "503::empty"]),
        (504, ["504::json", "504::html", "504::empty"]),
    ] {
        let bodies = [
            json_answer(status, &message("Server Error")),
            html_answer(status),
            empty_answer(status),
        ];
        for (name, bytes) in names.into_iter().zip(bodies) {
            let case = Case::new(name)
                .answer(bytes)
                .want(|_| Want::Failure(ErrorKind::Server))
                .status(status);
            let case = case
                .error(|error| error.is_server_error() && error.request_id() == Some(REQUEST_ID));
            cases.push(if status == 500 {
                case
            } else {
                case.sent(over::as_often_as_may_be)
            });
        }
    }
    cases.push(fails!(
        "500::with_a_token",
        json_answer(
            500,
            &crate::answers::authorization(crate::secrets::NEW_TOKEN)
        ),
        500,
        ErrorKind::Server
    ));
    cases.push(fails!(
        "501::empty",
        empty_answer(501),
        501,
        ErrorKind::Server
    ));
    cases.push(fails!(
        "520::html",
        html_answer(520),
        520,
        ErrorKind::Server
    ));
    cases.push(
        fails!(
            "502::200_kilobytes",
            answer(502, &[("Content-Type", "text/html")], &[b'x'; 200_000]),
            502,
            ErrorKind::Server
        )
        .sent(over::as_often_as_may_be),
    );
    cases
}
