//! Converts arguments from the words of the API to the types of the crate.

use ghes_oauth::{Account, AuthorizationUpdate, NewAuthorization, TokenRestriction};
use serde_json::Value;

pub(crate) fn restriction(body: &Value) -> TokenRestriction {
    let target = match body["target_id"].as_i64() {
        Some(id) => Account::Id(id),
        None => Account::Login(body["target"].as_str().unwrap().to_owned()),
    };
    let scope = TokenRestriction::new(target);
    match (&body["repositories"], &body["repository_ids"]) {
        (Value::Array(_), _) => scope.repository_names(texts(&body["repositories"]).unwrap()),
        (_, Value::Array(ids)) => scope.repository_ids(ids.iter().filter_map(Value::as_i64)),
        _ => scope,
    }
}

pub(crate) fn update(body: &Value) -> AuthorizationUpdate {
    let mut update = AuthorizationUpdate::new();
    if let Some(scopes) = texts(&body["scopes"]) {
        update = update.replace_scopes(scopes);
    }
    if let Some(scopes) = texts(&body["add_scopes"]) {
        update = update.add_scopes(scopes);
    }
    if let Some(scopes) = texts(&body["remove_scopes"]) {
        update = update.remove_scopes(scopes);
    }
    match body["note"].as_str() {
        Some(note) => update.note(note),
        None => update,
    }
}

pub(crate) fn wish(body: &Value) -> NewAuthorization {
    let mut wish = NewAuthorization::new();
    if let Some(note) = body["note"].as_str() {
        wish = wish.note(note);
    }
    match body["fingerprint"].as_str() {
        Some(fingerprint) => wish.fingerprint(fingerprint),
        None => wish,
    }
}

fn texts(list: &Value) -> Option<Vec<String>> {
    Some(
        list.as_array()?
            .iter()
            .filter_map(|text| text.as_str().map(str::to_owned))
            .collect(),
    )
}
