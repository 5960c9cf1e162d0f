//! Fields that are missing, unexpected or malformed: none loses the rest of the response, nor its token.

use super::over;
use crate::case::{Case, Want};
use crate::responses::{authorization, json_response, response};
use crate::secrets::NEW_TOKEN;
use ghes_oauth::{ErrorKind, Operation};
use serde_json::{Value, json};

pub(super) fn cases() -> Vec<Case> {
    let nothing = |name, is_null: fn(&str) -> bool| {
        let mut body = authorization(NEW_TOKEN);
        let keys: Vec<String> = body
            .as_object()
            .unwrap()
            .keys()
            .filter(|key| is_null(key))
            .cloned()
            .collect();
        keys.iter().for_each(|key| body[key] = Value::Null);
        readable(name, body.to_string().into_bytes())
    };
    vec![
        changed("field::unknown", |body| {
            body["new"] = json!({ "token": "x", "list": [1, null, { "a": "b" }] })
        }),
        readable(
            "field::only_required_ones",
            json!({ "id": 1, "token": NEW_TOKEN })
                .to_string()
                .into_bytes(),
        ),
        nothing("field::null_wherever_it_may_be", |key| {
            key != "id" && key != "token"
        }),
        changed("field::null_in_nested_objects", |body| {
            body["app"] = json!({ "name": null, "url": null, "client_id": null });
            body["scopes"] = Value::Null;
            body["installation"] =
                json!({ "permissions": null, "account": null, "repository_selection": null });
        }),
        changed("field::unknown_permission_and_level", |body| {
            body["installation"] = json!({
                "permissions": { "issues": "triage", "telepathy": "read", "checks": "" },
                "repository_selection": "some", "single_file_name": null, "repositories_url": "x", "account": body["user"],
            });
        }),
        changed("field::id_beyond_32_bits", |body| {
            body["id"] = json!(9_007_199_254_740_993_i64)
        })
        .value(|value| value.id == Some(9_007_199_254_740_993)),
        changed("field::invalid_dates", |body| {
            (body["created_at"], body["updated_at"], body["expires_at"]) = (
                json!("2011-13-40"),
                json!(""),
                json!("2011-09-06 20:39:23 UTC"),
            );
        }),
        changed("field::numbers_for_dates", |body| {
            (body["created_at"], body["expires_at"]) = (json!(1_315_341_563), json!(0.5))
        }),
        changed("field::invalid_urls", |body| {
            (body["url"], body["note_url"]) = (json!("not a url"), json!("http://["))
        }),
        changed("field::unexpected_types", |body| {
            (body["scopes"], body["note"], body["app"], body["user"]) =
                (json!("repo,user"), json!(7), json!([]), json!("octocat"));
        }),
        changed("field::scopes_of_unexpected_types", |body| {
            body["scopes"] = json!(["repo", 7, null])
        }),
        changed("field::expires_at", |body| {
            body["expires_at"] = json!("2031-09-06T20:39:23Z")
        }),
        delivered_too(
            "field::token_twice",
            r#"{"id":1,"token":"gho_another","token":"NEW"}"#,
        ),
        delivered_too(
            "field::token_null_then_a_token",
            r#"{"token":null,"id":1,"token":"NEW"}"#,
        ),
        delivered_too(
            "field::numbers_beyond_f64",
            r#"{"id":1,"note":7,"new":[1e999,-1e999],"token":"NEW"}"#,
        ),
        Case::new("field::no_id")
            .over(over::with_authorization)
            .responds(json_response(200, &json!({ "token": NEW_TOKEN })))
            .want(undecodable),
        Case::new("field::token_null")
            .over(over::with_authorization)
            .responds(json_response(200, &json!({ "id": 1, "token": null })))
            .want(without_token)
            .value(|value| value.token.is_none()),
        Case::new("field::token_hidden")
            .over(over::with_authorization)
            .responds(json_response(200, &authorization("")))
            .want(without_token)
            .value(|value| value.token.is_none()),
    ]
}

/// A response without a token is an error for an operation that issues one.
fn without_token(operation: &Operation) -> Want {
    if over::issues(operation) {
        Want::Failure(ErrorKind::Decode)
    } else {
        Want::Success
    }
}

/// The ordinary authorization with one changed field: it must be decoded, with its token.
pub(super) fn changed(name: &'static str, change: fn(&mut Value)) -> Case {
    let mut body = authorization(NEW_TOKEN);
    change(&mut body);
    readable(name, body.to_string().into_bytes())
}

pub(super) fn readable(name: &'static str, body: Vec<u8>) -> Case {
    Case::new(name)
        .over(over::with_authorization)
        .responds(response(
            200,
            &[("Content-Type", "application/json")],
            &body,
        ))
        .value(|value| value.token.as_deref() == Some(NEW_TOKEN))
}

/// The same body for every operation with a token in its response: it must be decoded, and the receiver must get the token, too.
fn delivered_too(name: &'static str, body: &str) -> Case {
    readable(name, body.replace("NEW", NEW_TOKEN).into_bytes()).check(|seen| {
        let delivered = seen.setup.delivered.lock().unwrap();
        let expected: &[&str] = if over::delivers(seen.operation) {
            &[NEW_TOKEN]
        } else {
            &[]
        };
        if *delivered == expected {
            Ok(())
        } else {
            Err(format!("{} tokens were delivered", delivered.len()))
        }
    })
}

/// An operation that issues a token still delivers it, so the outcome is known.
pub(super) fn undecodable(_: &Operation) -> Want {
    Want::Failure(ErrorKind::Decode)
}
