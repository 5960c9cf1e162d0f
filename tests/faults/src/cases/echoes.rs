//! Unexpected secrets in responses, and servers that echo requests: no secret is ever printed.

use super::fields::changed;
use super::over;
use crate::case::{Case, Want};
use crate::responses::{good_body, good_with, json_response, message, raw_response, reply};
use crate::secrets::{self, CLIENT_SECRET, NEW_TOKEN, OTP, PASSWORD, STRANGE_TOKEN, TOKEN};
use crate::setup::Setup;
use ghes_oauth::{ErrorKind, Operation};
use serde_json::{Value, json};

pub(super) fn cases() -> Vec<Case> {
    let mut cases = in_wrong_places();
    cases.extend(echoes());
    cases
}

fn in_wrong_places() -> Vec<Case> {
    let unreadable = |name, body: Value| {
        Case::new(name)
            .over(over::with_body)
            .responds(json_response(200, &body))
            .want(over::unreadable)
    };
    vec![
        unreadable("secret::as_id", json!({ "id": NEW_TOKEN })),
        unreadable("secret::as_the_whole_body", json!(NEW_TOKEN)),
        unreadable(
            "secret::as_a_field_name",
            json!({ NEW_TOKEN: 1, "id": { NEW_TOKEN: CLIENT_SECRET } }),
        ),
        unreadable("secret::list_of_them", json!([NEW_TOKEN, TOKEN, PASSWORD])),
        changed("secret::in_the_note", |body| {
            body["note"] = json!(format!("for {NEW_TOKEN}, {TOKEN}"))
        }),
        changed("secret::in_a_url", |body| {
            body["url"] = json!(format!("https://h/tokens/{TOKEN}?access_token={NEW_TOKEN}"))
        }),
        changed("secret::as_scopes", |body| {
            body["scopes"] = json!(NEW_TOKEN)
        }),
        changed("secret::among_the_scopes", |body| {
            body["scopes"] = json!([NEW_TOKEN])
        }),
        changed("secret::as_a_date", |body| {
            body["created_at"] = json!(NEW_TOKEN)
        }),
        changed(
            "secret::as_a_permission",
            |body| {
                body["installation"] =
                    json!({ "permissions": { "issues": NEW_TOKEN, NEW_TOKEN: "read" } })
            },
        ),
        changed("secret::client_secret_in_the_note", |body| {
            body["note"] = json!(CLIENT_SECRET)
        }),
        Case::new("secret::in_the_request_id").exchanges(|operation| {
            vec![reply(with_id(
                operation,
                "0c11e47a5ec2e7f00dbabe5ca1ab1e0ddba11fee",
            ))]
        }),
        Case::new("secret::as_base64_in_the_request_id_of_an_error")
            .over(over::client_id)
            .responds(raw_response(
                400,
                &[
                    (
                        "X-GitHub-Request-Id",
                        "MGMxMWU0N2E1ZWMyZTdmMDBkYmFiZTVjYTFhYjFlMGRkYmExMWZlZQ",
                    ),
                    ("Content-Length", "0"),
                ],
                b"",
            ))
            .want(|_| Want::Failure(ErrorKind::Validation))
            .error(|error| error.request_id().is_none()),
        Case::new("secret::in_every_header").exchanges(|operation| {
            let header = |name| (name, TOKEN);
            let names = [
                "ETag",
                "Link",
                "Location",
                "X-RateLimit-Resource",
                "X-GitHub-Media-Type",
                "X-OAuth-Scopes",
                "Retry-After",
                "Set-Cookie",
            ];
            vec![reply(good_with(operation, &names.map(header)))]
        }),
    ]
}

fn with_id(operation: &Operation, id: &str) -> Vec<u8> {
    let body = good_body(operation).unwrap_or_default().to_string();
    raw_response(
        200,
        &[
            ("X-GitHub-Request-Id", id),
            ("Content-Length", &body.len().to_string()),
        ],
        body.as_bytes(),
    )
}

/// An error of the server that echoes the request, in every form.
fn echoes() -> Vec<Case> {
    let echo = |name,
                secret: &'static str,
                change: fn(&mut Setup),
                over: fn(&Operation) -> bool| {
        Case::new(name)
            .over(over)
            .with(change)
            .exchanges(move |_| {
                let forms: Vec<String> =
                    secrets::forms(secret).into_iter().filter(|(name, _)| returned(name)).map(|(_, form)| form).collect();
                let text = format!("no such thing: {secret}");
                let errors: Vec<Value> =
                    forms.iter().map(|form| json!({ "field": form, "code": form, "message": form, "resource": form })).collect();
                vec![reply(json_response(422, &json!({ "message": text, "documentation_url": text, "errors": errors })))]
            })
            .want(|_| Want::Failure(ErrorKind::Validation))
            .error(|error| error.github_message().is_some_and(|text| text.starts_with("no such thing: ")))
    };
    vec![
        echo("echo::token", TOKEN, |_| {}, over::app),
        echo(
            "echo::token_of_another_shape",
            STRANGE_TOKEN,
            |setup| setup.token = STRANGE_TOKEN,
            over::app,
        ),
        echo(
            "echo::client_secret",
            CLIENT_SECRET,
            |_| {},
            over::client_id,
        ),
        echo("echo::password", PASSWORD, |_| {}, over::user),
        echo("echo::otp", OTP, |setup| setup.otp = Some(OTP), over::user),
        Case::new("echo::errors_as_strings")
            .over(over::app)
            .responds(json_response(
                422,
                &json!({ "message": TOKEN, "errors": [TOKEN, CLIENT_SECRET, { "x": TOKEN }] }),
            ))
            .want(|_| Want::Failure(ErrorKind::Validation)),
        Case::new("echo::in_a_404")
            .over(over::app)
            .responds(json_response(404, &message(TOKEN)))
            .want(|_| Want::Failure(ErrorKind::NoSuchEndpoint)),
        Case::new("echo::in_a_401")
            .over(over::user)
            .responds(json_response(401, &message(PASSWORD)))
            .want(|_| Want::Failure(ErrorKind::Unauthorized)),
    ]
}

/// Servers echo requests as text or in an encoding of the Web; Rust's form of bytes is not one of them.
fn returned(form: &str) -> bool {
    !form.starts_with("Debug") && !form.starts_with("list")
}
