//! What recordings of real servers show, difference by difference.

use crate::calls::call;
use crate::client::{
    APP, NONE, USER, app, builder, check, create, get, request, send, start, start_version,
};
use ghes_oauth_fake::Operation;
use serde_json::json;

#[test]
fn only_a_single_authorization_or_grant_has_a_date() {
    let ghes = start();
    let token = ghes.issue_token(APP, USER, &["repo"]).unwrap();
    let grant = get(&ghes, "/applications/grants").json()[0]["id"].clone();
    let id = get(&ghes, "/authorizations").json()[0]["id"].clone();
    for (path, dated) in [
        ("/authorizations".to_owned(), false),
        ("/applications/grants".to_owned(), false),
        (format!("/authorizations/{id}"), true),
        (format!("/applications/grants/{grant}"), true),
    ] {
        let reply = get(&ghes, &path);
        assert_eq!(
            (reply.status, reply.header("last-modified").is_some()),
            (200, dated),
            "{path}"
        );
    }
    let path = format!("/applications/{APP}/tokens/{token}");
    assert_eq!(app(&ghes, "GET", &path, NONE).header("last-modified"), None);
}

#[test]
fn a_check_by_path_may_be_kept_by_shared_caches() {
    let ghes = start();
    let token = ghes.issue_token(APP, USER, &[]).unwrap();
    let path = format!("/applications/{APP}/tokens/{token}");
    for method in ["GET", "HEAD"] {
        let reply = app(&ghes, method, &path, NONE);
        assert_eq!(
            (reply.header("cache-control"), reply.header("vary")),
            (Some("public, max-age=60, s-maxage=60"), Some("Accept")),
            "{method}"
        );
    }
    let reset = app(&ghes, "POST", &path, NONE);
    assert_eq!(
        reset.header("cache-control"),
        Some("private, max-age=60, s-maxage=60")
    );
}

#[test]
fn responses_that_show_something_have_a_tag() {
    for version in [(2, 18), (2, 20), (3, 3), (3, 22)] {
        let ghes = start_version(version);
        for &operation in Operation::ALL {
            if !operation.is_in(version.0, version.1) {
                continue;
            }
            let reply = send(call(&ghes, operation));
            let place = format!("{operation} in {version:?}");
            let tag = reply.header("etag");
            if reply.status == 204 {
                assert_eq!((tag, reply.header("vary")), (None, None), "{place}");
                continue;
            }
            assert!(matches!(reply.status, 200 | 201), "{place}");
            let tag = tag.unwrap_or_else(|| panic!("{place} has no tag"));
            assert!(tag.starts_with('"') && tag.len() > 10, "{place}: {tag}");
            let expected = match operation {
                Operation::CheckAuthorization => ("public, max-age=60, s-maxage=60", "Accept"),
                _ => (
                    "private, max-age=60, s-maxage=60",
                    "Accept, Authorization, Cookie, X-GitHub-OTP",
                ),
            };
            assert_eq!(
                (reply.header("cache-control"), reply.header("vary")),
                (Some(expected.0), Some(expected.1)),
                "{place}"
            );
        }
    }
}

#[test]
fn browsers_learn_what_the_api_is_not_for() {
    let headers = [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "deny"),
        ("content-security-policy", "default-src 'none'"),
        (
            "referrer-policy",
            "origin-when-cross-origin, strict-origin-when-cross-origin",
        ),
    ];
    // Recorded as `0` from github.com in 2022.
    let servers = [
        (builder().version(2, 18), "1; mode=block"),
        (builder().version(3, 5), "1; mode=block"),
        (builder().version(3, 6), "0"),
        (builder().github_com(), "0"),
    ];
    for (builder, xss_protection) in servers {
        let ghes = builder.start().unwrap();
        for reply in [
            check(&ghes, "unknown"),
            get(&ghes, "/nothing"),
            send(request(&ghes, "GET", "/authorizations")),
        ] {
            for (name, value) in headers {
                assert_eq!(reply.header(name), Some(value), "{name}");
            }
            assert_eq!(reply.header("x-xss-protection"), Some(xss_protection));
        }
    }
}

#[test]
fn a_token_in_place_of_a_password_gets_its_scopes_named() {
    let ghes = start();
    for (scopes, shown) in [(&["repo", "user"][..], "repo, user"), (&[], "")] {
        let token = ghes.issue_token(APP, USER, scopes).unwrap();
        let call = || request(&ghes, "POST", "/authorizations").json(json!({ "note": "n" }));
        for call in [
            call().bearer_auth(&token),
            call().header("authorization", &format!("token {token}")),
            call().basic_auth(&token, "x-oauth-basic"),
            call().basic_auth(USER, &token),
        ] {
            let reply = send(call);
            assert_eq!(reply.status, 403);
            assert_eq!(reply.header("x-oauth-scopes"), Some(shown));
            assert_eq!(reply.header("x-accepted-oauth-scopes"), Some(""));
            assert_eq!(
                (reply.header("deprecation"), reply.header("sunset")),
                (None, None)
            );
        }
    }
    // The response to a password has the dates, and no scopes.
    let reply = create(&ghes, json!({ "note": "n" }));
    assert_eq!((reply.status, reply.header("x-oauth-scopes")), (201, None));
    assert!(reply.header("deprecation").is_some() && reply.header("sunset").is_some());
}

#[test]
fn a_server_in_private_mode_shows_strangers_nothing() {
    for version in [(2, 18), (3, 3), (3, 22)] {
        let ghes = builder().version(version.0, version.1).private_mode();
        let ghes = ghes.start().unwrap();
        let check = format!("/applications/{APP}/tokens/unknown");
        for path in ["/authorizations", "/nothing", check.as_str()] {
            let reply = send(request(&ghes, "GET", path));
            let expected = "401 Must authenticate to access this API.";
            assert_eq!(reply.refusal(), expected, "{path}");
            let front = reply.documentation();
            assert!(!front.contains('#'), "{front}");
        }
        assert_eq!(get(&ghes, "/authorizations").status, 200);
        let wrong = request(&ghes, "GET", "/authorizations").basic_auth(USER, "wrong");
        assert_eq!(send(wrong).refusal(), "401 Bad credentials");
    }
    let open = start();
    let reply = send(request(&open, "GET", "/authorizations"));
    assert_eq!(reply.refusal(), "401 Requires authentication");
}
