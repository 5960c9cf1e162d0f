//! Responses as bytes, in GitHub's form.

use crate::secrets::NEW_TOKEN;
use crate::server::{Exchange, Step};
use ghes_oauth::Operation;
use serde_json::{Value, json};

/// The request id of every response that has one.
pub const REQUEST_ID: &str = "C0DE:1F2E:3D4C5B:6A7988:655F1D2C";

/// A response with a JSON body.
pub fn json_response(status: u16, body: &Value) -> Vec<u8> {
    response(
        status,
        &[("Content-Type", "application/json; charset=utf-8")],
        body.to_string().as_bytes(),
    )
}

/// A response with an HTML page, as gateways and login walls send.
pub fn html_response(status: u16) -> Vec<u8> {
    response(
        status,
        &[("Content-Type", "text/html")],
        b"<!DOCTYPE html><html><body><h1>Something else</h1></body></html>",
    )
}

/// A response without a body.
pub fn empty_response(status: u16) -> Vec<u8> {
    response(status, &[], b"")
}

/// A response with its length and a request id.
pub fn response(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut all = vec![("X-GitHub-Request-Id", REQUEST_ID)];
    all.extend(headers);
    let length = body.len().to_string();
    if status != 204 && status != 304 {
        all.push(("Content-Length", &length));
    }
    raw_response(status, &all, body)
}

/// A response with these headers and no others.
pub fn raw_response(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut bytes = format!("HTTP/1.1 {status} As Planned\r\n").into_bytes();
    for (name, value) in headers {
        bytes.extend(format!("{name}: {value}\r\n").bytes());
    }
    bytes.extend(b"\r\n");
    bytes.extend(body);
    bytes
}

/// The response of an operation that succeeds.
pub fn good(operation: &Operation) -> Vec<u8> {
    good_with(operation, &[])
}

/// Adds more headers.
pub fn good_with(operation: &Operation, headers: &[(&str, &str)]) -> Vec<u8> {
    match good_body(operation) {
        None => response(204, headers, b""),
        Some(body) => {
            let mut all = vec![("Content-Type", "application/json; charset=utf-8")];
            all.extend(headers);
            response(good_status(operation), &all, body.to_string().as_bytes())
        }
    }
}

/// The body of a success; `None` for operations whose response has none.
pub fn good_body(operation: &Operation) -> Option<Value> {
    match (operation.method(), operation.id()) {
        ("DELETE", _) => None,
        (_, "oauth-authorizations/list-grants") => Some(json!([grant(), grant()])),
        (_, "oauth-authorizations/get-grant") => Some(grant()),
        (_, "oauth-authorizations/list-authorizations") => {
            Some(json!([authorization(""), authorization("")]))
        }
        _ => Some(authorization(NEW_TOKEN)),
    }
}

fn good_status(operation: &Operation) -> u16 {
    if operation.id().contains("create") {
        201
    } else {
        200
    }
}

/// An authorization with every field that the traffic has, and `token`.
pub fn authorization(token: &str) -> Value {
    json!({
        "id": 1,
        "url": "https://ghe.example.com/api/v3/authorizations/1",
        "app": { "name": "an app", "url": "", "client_id": crate::secrets::CLIENT_ID },
        "token": token,
        "hashed_token": "25f94a2a5c7fbaf499c665bc73d67c1c87e496da8985131633ee0a95819db2e8",
        "token_last_eight": "Ae178B4a",
        "note": "a note",
        "note_url": "",
        "created_at": "2011-09-06T17:26:27Z",
        "updated_at": "2011-09-06T20:39:23Z",
        "scopes": ["public_repo"],
        "fingerprint": null,
        "user": user(),
    })
}

/// A grant with every field that the traffic has.
pub fn grant() -> Value {
    json!({
        "id": 2,
        "url": "https://ghe.example.com/api/v3/applications/grants/2",
        "app": { "name": "an app", "url": "not a url", "client_id": crate::secrets::CLIENT_ID },
        "created_at": "2011-09-06T17:26:27Z",
        "updated_at": "2011-09-06T20:39:23Z",
        "scopes": ["public_repo"],
        "user": user(),
    })
}

fn user() -> Value {
    json!({ "login": "octocat", "id": 1, "node_id": "MDQ6VXNlcjE=", "gravatar_id": "", "type": "User", "site_admin": false })
}

/// GitHub's error body.
pub fn message(text: &str) -> Value {
    json!({ "message": text, "documentation_url": "https://docs.github.com/rest/apps/oauth-applications" })
}

/// Reads the request, then writes `bytes`, as often as needed.
pub fn reply(bytes: Vec<u8>) -> Exchange {
    vec![Step::Read, Step::Write(bytes)]
}

/// The first `length` bytes of a response, and then the steps `end`.
pub fn cut(bytes: &[u8], length: usize, end: Step) -> Exchange {
    vec![Step::Read, Step::Write(bytes[..length].to_vec()), end]
}

/// Where the body of a response begins.
pub fn body_start(bytes: &[u8]) -> usize {
    bytes
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap()
        + 4
}
