//! Renders the fake's state as GitHub's JSON.

use crate::state::authorization::{Authorization, Grant};
use crate::state::site::Site;
use crate::state::terms::{Installation, Terms};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::time::{Duration, UNIX_EPOCH};

/// An authorization with the token, or with `""` if GitHub hides it.
pub(crate) fn authorization(site: &Site, authorization: &Authorization, token: &str) -> Value {
    let Authorization {
        id,
        terms,
        token: trace,
        created_at,
        updated_at,
        ..
    } = authorization;
    let mut shown = json!({
        "id": id,
        "url": authorization_url(site, *id),
        "app": match &terms.app {
            Some(client_id) => app(client_id),
            None => personal(terms),
        },
        "token": token,
        "hashed_token": trace.hash,
        "token_last_eight": trace.last_eight,
        "note": terms.note,
        "note_url": terms.note_url,
        "created_at": date(*created_at),
        "updated_at": date(*updated_at),
        "scopes": terms.scopes,
        "fingerprint": terms.fingerprint,
    });
    // The descriptions before 3.2 do not have the field; none of these tokens expires.
    if site.product.at_least(3, 2) {
        shown["expires_at"] = Value::Null;
    }
    shown
}

pub(crate) fn authorization_url(site: &Site, id: u64) -> String {
    format!("{}/authorizations/{id}", site.base())
}

pub(crate) fn grant(site: &Site, grant: &Grant, scopes: Vec<String>) -> Value {
    json!({
        "id": grant.id,
        "url": format!("{}/applications/grants/{}", site.base(), grant.id),
        "app": app(&grant.app),
        "created_at": date(grant.created_at),
        "updated_at": date(grant.updated_at),
        "scopes": scopes,
    })
}

pub(crate) fn user(site: &Site, id: u64, login: &str) -> Value {
    let url = format!("{}/users/{login}", site.base());
    let mut shown = json!({
        "login": login,
        "id": id,
        "node_id": STANDARD.encode(format!("04:User{id}")),
        "avatar_url": format!("{}/avatars/u/{id}?", site.origin()),
        "gravatar_id": "",
        "html_url": format!("{}/{login}", site.origin()),
        "followers_url": format!("{url}/followers"),
        "following_url": format!("{url}/following{{/other_user}}"),
        "gists_url": format!("{url}/gists{{/gist_id}}"),
        "starred_url": format!("{url}/starred{{/owner}}{{/repo}}"),
        "subscriptions_url": format!("{url}/subscriptions"),
        "organizations_url": format!("{url}/orgs"),
        "repos_url": format!("{url}/repos"),
        "events_url": format!("{url}/events{{/privacy}}"),
        "received_events_url": format!("{url}/received_events"),
        "type": "User",
        "site_admin": false,
        "url": url,
    });
    if site.product.at_least(3, 0) {
        shown["email"] = Value::Null;
        shown["name"] = Value::Null;
    }
    if site.product.at_least(3, 12) {
        shown["user_view_type"] = Value::from("public");
    }
    shown
}

pub(crate) fn installation(site: &Site, installation: &Installation) -> Value {
    json!({
        "account": user(site, installation.account_id, &installation.account),
        "permissions": installation.permissions,
        "repository_selection": if installation.selected { "selected" } else { "all" },
        "repositories_url": format!("{}/user/repos", site.base()),
        "single_file_name": null,
        "has_multiple_single_files": false,
        "single_file_paths": [],
    })
}

fn app(client_id: &str) -> Value {
    json!({ "client_id": client_id, "name": format!("OAuth App {client_id}"), "url": "https://oauth-app.example.com" })
}

/// The app that GitHub shows with a personal token: its name is the note, its URL the note's, and its client id all zeros.
fn personal(terms: &Terms) -> Value {
    let url = terms.note_url.as_deref().filter(|url| !url.is_empty());
    json!({
        "client_id": "00000000000000000000",
        "name": terms.note.as_deref().unwrap_or_default(),
        "url": url.unwrap_or("https://developer.github.com/v3/oauth_authorizations/"),
    })
}

/// `2011-09-06T17:26:27Z`.
fn date(seconds: u64) -> String {
    humantime::format_rfc3339_seconds(UNIX_EPOCH + Duration::from_secs(seconds)).to_string()
}
