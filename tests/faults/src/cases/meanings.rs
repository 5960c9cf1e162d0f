//! Responses that do not concern the token, and successes that are not GitHub's: neither is reported as a fact about the token.

use super::over;
use crate::case::{Case, Want};
use crate::responses::{json_response, message, raw_response, reply, response};
use crate::server::Step;
use serde_json::{Value, json};

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, body) in NOT_GITHUBS {
        let body: Value = serde_json::from_str(body).unwrap();
        cases.push(says_nothing(name, json_response(404, &body)));
    }
    for (name, page) in FRONT_PAGES {
        let body = json!({ "message": "Not Found", "documentation_url": page });
        cases.push(says_nothing(name, json_response(404, &body)));
    }
    let json = ("Content-Type", "application/json; charset=utf-8");
    let html = ("Content-Type", "text/html; charset=utf-8");
    let not_found = message("Not Found").to_string();
    cases.extend([
        says_nothing(
            "meaning::404_as_html",
            response(404, &[html], not_found.as_bytes()),
        ),
        says_nothing(
            "meaning::404_of_a_gateway",
            raw_response(
                404,
                &[json, ("Content-Length", "23")],
                b"{\"message\":\"Not Found\"}",
            ),
        ),
        says_nothing(
            "meaning::200_nullified",
            response(200, &[json], b"nullified: maintenance"),
        ),
        says_nothing(
            "meaning::200_null_then_html",
            response(200, &[json], b"null<!DOCTYPE html><p>"),
        ),
        says_nothing("meaning::202_null", response(202, &[json], b"null")),
        says_nothing("meaning::200_null_as_html", response(200, &[html], b"null")),
        Case::new("meaning::302_then_404")
            .over(|operation| over::checks(operation) && over::get(operation))
            .exchanges(|_| {
                let moved = [("Location", "/api/v3/moved"), ("Content-Length", "0")];
                vec![
                    reply(raw_response(302, &moved, b"")),
                    reply(json_response(404, &message("Not Found"))),
                ]
            })
            .want(|_| Want::Error)
            .sent(|_| 2),
    ]);
    for (name, body) in NOT_DONE {
        cases.push(
            Case::new(name)
                .over(over::deletes)
                .responds(response(200, &[json], body.as_bytes()))
                .want(|_| Want::Error),
        );
    }
    cases.push(
        Case::new("meaning::200_of_900_bytes_of_which_none_arrives")
            .over(over::deletes)
            .exchanges(move |_| {
                let head = raw_response(200, &[json, ("Content-Length", "900")], b"");
                vec![vec![Step::Read, Step::Write(head), Step::Close]]
            })
            .want(over::lost)
            .sent(over::as_often_as_may_be),
    );
    cases
}

/// Bodies of a 404 that GitHub does not send for a token.
const NOT_GITHUBS: [(&str, &str); 6] = [
    ("meaning::404_empty_object", "{}"),
    (
        "meaning::404_error_in_place_of_message",
        r#"{"error":"Not Found"}"#,
    ),
    (
        "meaning::404_documentation_url_alone",
        r#"{"documentation_url":"https://docs.github.com/rest/apps/oauth-applications#check-a-token"}"#,
    ),
    (
        "meaning::404_message_a_list",
        r#"{"message":["Not Found"]}"#,
    ),
    ("meaning::404_list", r#"[{"message":"Not Found"}]"#),
    ("meaning::404_null", "null"),
];

/// The documentation's front pages, which GitHub names for an unknown path: the base URL is wrong.
const FRONT_PAGES: [(&str, &str); 4] = [
    ("meaning::404_unrouted", "https://docs.github.com/rest"),
    (
        "meaning::404_unrouted_with_slash",
        "https://docs.github.com/en/rest/",
    ),
    (
        "meaning::404_unrouted_on_ghes_3",
        "https://docs.github.com/enterprise-server@3.16/rest",
    ),
    (
        "meaning::404_unrouted_on_ghes_2",
        "https://developer.github.com/enterprise/2.20/v3",
    ),
];

/// Bodies of a success that report that nothing was deleted, or that are unknown.
const NOT_DONE: [(&str, &str); 6] = [
    ("meaning::200_error_for_204", r#"{"error":"invalid_token"}"#),
    (
        "meaning::200_errors_for_204",
        r#"{"errors":[{"message":"no"}]}"#,
    ),
    (
        "meaning::200_message_a_number_for_204",
        r#"{"message":403}"#,
    ),
    ("meaning::200_null_and_void_for_204", "null and void"),
    ("meaning::200_list_for_204", "[]"),
    ("meaning::200_false_for_204", "false"),
];

/// The response is not about the token: a check fails, and so does a delete.
fn says_nothing(name: &'static str, bytes: Vec<u8>) -> Case {
    Case::new(name)
        .over(over::checks)
        .responds(bytes)
        .want(|_| Want::Error)
}
