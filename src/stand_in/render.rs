//! The JSON that GitHub shows of what the stand-in remembers.

use super::site::Site;
use super::state::{Authorization, Grant, Installation, Terms};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// An authorization with the token, or with `""` where GitHub hides it.
pub(super) fn authorization(site: &Site, authorization: &Authorization, token: &str) -> Value {
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
    // The descriptions before 3.2 do not know the member; none of these tokens expires.
    if site.product.at_least(3, 2) {
        shown["expires_at"] = Value::Null;
    }
    shown
}

pub(super) fn authorization_url(site: &Site, id: u64) -> String {
    format!("{}/authorizations/{id}", site.base())
}

pub(super) fn grant(site: &Site, grant: &Grant, scopes: Vec<String>) -> Value {
    json!({
        "id": grant.id,
        "url": format!("{}/applications/grants/{}", site.base(), grant.id),
        "app": app(&grant.app),
        "created_at": date(grant.created_at),
        "updated_at": date(grant.updated_at),
        "scopes": scopes,
    })
}

pub(super) fn user(site: &Site, id: u64, login: &str) -> Value {
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

pub(super) fn installation(site: &Site, installation: &Installation) -> Value {
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

/// The app that GitHub shows with a personal token: named after the note and at the note's address, its client id all zeros.
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
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    // Counted in years that begin in March, the leap day is the last one and all months but it are regular.
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z",
        rest / 3600,
        rest / 60 % 60,
        rest % 60
    )
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn dates_are_those_of_the_calendar() {
        assert_eq!(date(0), "1970-01-01T00:00:00Z");
        assert_eq!(date(951_782_399), "2000-02-28T23:59:59Z");
        assert_eq!(date(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(date(1_315_329_987), "2011-09-06T17:26:27Z");
        assert_eq!(date(4_107_542_400), "2100-03-01T00:00:00Z");
    }
}
