//! 422, in every form that GitHub gives its errors.

use crate::case::{Case, Want};
use crate::responses::{html_response, json_response, message};
use ghes_oauth::ErrorKind;
use serde_json::{Value, json};

pub(super) fn cases() -> Vec<Case> {
    let failed = |errors: Value| {
        json_response(
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
            json_response(422, &message("Validation Failed")),
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
            json_response(422, &json!({})),
            422,
            ErrorKind::Validation
        )
        .error(|error| error.github_message().is_none()),
        fails!("422::html", html_response(422), 422, ErrorKind::Validation),
    ]
}
