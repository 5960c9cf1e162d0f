//! A request for each operation, which the fake performs.

use crate::client::{APP, PASSWORD, Request, SECRET, USER, get, request};
use ghes_oauth_fake::{FakeGhes, NewToken, Operation};
use serde_json::{Value, json};

/// A request for the operation, and the state that it needs on the server: each call uses a new token.
pub(crate) fn call(ghes: &FakeGhes, operation: Operation) -> Request {
    let token = ghes.issue(NewToken::of_app(APP, USER).scopes(&["repo"]));
    let token = token.unwrap();
    let mut path = operation
        .path()
        .replace("{client_id}", APP)
        .replace("{access_token}", &token)
        .replace("{fingerprint}", "laptop");
    if path.contains("{authorization_id}") {
        let id = ghes.live().last().unwrap().id;
        path = path.replace("{authorization_id}", &id.to_string());
    }
    if path.contains("{grant_id}") {
        let grants = get(ghes, "/applications/grants").json();
        path = path.replace("{grant_id}", &grants[0]["id"].to_string());
    }
    let body = match operation {
        Operation::ScopeToken => json!({ "access_token": token, "target": USER }),
        Operation::RevokeCredentials => json!({ "credentials": [token] }),
        Operation::CreateAuthorization => {
            json!({ "note": format!("note {}", ghes.live().len()) })
        }
        Operation::GetOrCreateAuthorizationForApp
        | Operation::GetOrCreateAuthorizationForAppAndFingerprint => {
            json!({ "client_secret": SECRET })
        }
        Operation::UpdateAuthorization => json!({ "add_scopes": ["user"] }),
        _ if operation.id().starts_with("apps/")
            && !operation.path().contains("{access_token}") =>
        {
            json!({ "access_token": token })
        }
        _ => Value::Null,
    };
    let call = request(ghes, operation.method(), &path).json(body);
    match operation.id().split('/').next() {
        Some("apps") => call.basic_auth(APP, SECRET),
        Some("credentials") => call,
        _ => call.basic_auth(USER, PASSWORD),
    }
}
