//! Responses as servers of twelve years sent them, with their headers.

use common::{CannedResponse, Recorder, run, sample, without_nulls};
use serde_json::{Value, json};

/// An account as servers describe it: old ones without `node_id` and with a hash for `gravatar_id`.
fn account(login: &str, old: bool) -> Value {
    let api = format!("https://ghe/api/v3/users/{login}");
    let mut account = json!({
        "login": login, "id": 4711, "avatar_url": "https://ghe/avatars/u/4711?", "url": api, "html_url": format!("https://ghe/{login}"),
        "gists_url": format!("{api}/gists{{/gist_id}}"), "type": "User", "site_admin": false,
    });
    if old {
        account["gravatar_id"] = json!("0123456789abcdef0123456789abcdef");
    } else {
        account["gravatar_id"] = json!("");
        account["node_id"] = json!("MDQ6VXNlcjQ3MTE=");
    }
    account
}

#[test]
fn a_response_of_any_year_is_read_with_its_headers() {
    let app = json!({ "name": "nightly build (API)", "url": "http://localhost:3000", "client_id": "00000000000000000000" });
    let hash = "b28d90dd2009728f9f1a3f92402671e4f457b50544013dd7d9f36cdda575fdfe";
    // Written by hand, because the order matters: the oldest servers send the id last and the token in the middle.
    let years = [
        (
            r##"{"scopes":["user","repo"],"updated_at":"2012-06-01T10:00:01Z","app":{"url":"http://ghe/#fragment","name":"GitHub API"},
                "note_url":null,"url":"https://ghe/authorizations/31","token":"made-up-token","note":null,"id":31}"##
                .to_owned(),
            vec![("status", "200 OK"), ("etag", r#""e15ef91b""#), ("x-ratelimit-limit", "5000"), ("x-ratelimit-remaining", "4986")],
        ),
        (
            json!({ "id": 31, "url": "u", "app": app, "token": "made-up-token", "note": null, "note_url": "", "scopes": [] }).to_string(),
            vec![
                ("x-github-request-id", "12345678-90ab-4cde-8f01-234567890abc"),
                ("x-github-media-type", "github.beta; format=json"),
                ("cache-control", "max-age=0, private, must-revalidate"),
            ],
        ),
        (
            json!({ "id": 31, "app": app, "token": "made-up-token", "scopes": ["gist"], "user": account("mona", true) }).to_string(),
            vec![
                ("x-github-request-id", "1A2B3C4D:5E6F:70819A2:534D6944"),
                ("vary", "Accept, Authorization, Cookie, X-GitHub-OTP"),
                ("vary", "Accept-Encoding"),
                ("last-modified", "Tue, 14 Jan 2014 00:55:12 GMT"),
                ("location", "https://ghe/api/v3/authorizations/31"),
            ],
        ),
        (
            serde_json::to_string_pretty(&json!({
                "id": 31, "app": app, "token": "made-up-token", "hashed_token": hash, "token_last_eight": "up-token", "note": "nightly",
                "note_url": null, "scopes": [], "fingerprint": null, "user": account("mona", false),
            }))
            .unwrap(),
            vec![
                ("x-github-request-id", "AB12:34CD:5EF67:89AB01:5E7B8BDE"),
                ("x-github-media-type", "github.v3; param=some-preview; format=json"),
                ("etag", r#"W/"39bae7cf""#),
                ("x-ratelimit-limit", "5000"),
                ("x-ratelimit-remaining", "4987"),
                ("x-ratelimit-reset", "1585156070"),
            ],
        ),
    ];
    run(async {
        for (body, headers) in years {
            let response = headers.iter().fold(
                CannedResponse::text(200, "application/json; charset=utf-8", &body),
                |response, (name, value)| response.header(name, *value),
            );
            let recorder = Recorder::responding(response).await;
            let clients = recorder.clients();
            let sent = serde_json::from_str::<Value>(&body).unwrap();
            for id in [
                "apps/check-token",
                "apps/reset-authorization",
                "oauth-authorizations/get-authorization",
            ] {
                let outcome = sample(&clients, id).await.unwrap();
                assert_eq!(
                    without_nulls(&outcome.value.json),
                    without_nulls(&sent),
                    "{id}"
                );
                let header = |name| {
                    headers
                        .iter()
                        .find(|(known, _)| *known == name)
                        .map(|(_, value)| *value)
                };
                let metadata = outcome.metadata;
                assert_eq!(metadata.request_id(), header("x-github-request-id"));
                assert_eq!(metadata.media_type(), header("x-github-media-type"));
                assert_eq!(metadata.etag(), header("etag"));
                assert_eq!(metadata.last_modified(), header("last-modified"));
                assert_eq!(metadata.location(), header("location"));
                let limit = metadata
                    .rate_limit()
                    .map(|limit| (limit.remaining, limit.reset.is_some()));
                let reset = header("x-ratelimit-reset").is_some();
                assert_eq!(
                    limit,
                    header("x-ratelimit-remaining")
                        .map(|remaining| (remaining.parse().ok(), reset))
                );
            }
        }
    });
}
