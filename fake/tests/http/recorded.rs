//! What recordings of real servers show, difference by difference.

use crate::client::{APP, PASSWORD, SECRET, USER, app, builder, request, send, start, user};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde_json::{Value, json};

const NONE: Value = Value::Null;

#[test]
fn only_a_single_authorization_or_grant_has_a_date() {
    let ghes = start();
    let token = ghes.issue_token(APP, USER, &["repo"]).unwrap();
    let grant = user(&ghes, "GET", "/applications/grants", NONE).json()[0]["id"].clone();
    let id = user(&ghes, "GET", "/authorizations", NONE).json()[0]["id"].clone();
    for (path, dated) in [
        ("/authorizations".to_owned(), false),
        ("/applications/grants".to_owned(), false),
        (format!("/authorizations/{id}"), true),
        (format!("/applications/grants/{grant}"), true),
    ] {
        let reply = user(&ghes, "GET", &path, NONE);
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
    let reply = app(
        &ghes,
        "GET",
        &format!("/applications/{APP}/tokens/{token}"),
        NONE,
    );
    assert_eq!(
        (reply.header("cache-control"), reply.header("vary")),
        (Some("public, max-age=60, s-maxage=60"), Some("Accept"))
    );
}

#[test]
fn whatever_shows_something_has_a_tag() {
    for version in [(2, 20), (3, 3), (3, 22)] {
        let ghes = builder().version(version.0, version.1).start().unwrap();
        let token = ghes.issue_token(APP, USER, &[]).unwrap();
        let body = json!({ "access_token": token });
        let path = format!("/applications/{APP}/token");
        let put = json!({ "client_secret": SECRET, "fingerprint": "f" });
        let clients = format!("/authorizations/clients/{APP}");
        let replies = [
            (app(&ghes, "POST", &path, body.clone()), 200),
            (app(&ghes, "PATCH", &path, body), 200),
            (
                user(&ghes, "POST", "/authorizations", json!({ "note": "n" })),
                201,
            ),
            (user(&ghes, "PUT", &clients, put.clone()), 201),
            (user(&ghes, "PUT", &clients, put), 200),
            (user(&ghes, "GET", "/authorizations", NONE), 200),
        ];
        for (index, (reply, status)) in replies.into_iter().enumerate() {
            assert_eq!(reply.status, status, "case {index} in {version:?}");
            let tag = reply.header("etag").unwrap();
            assert!(tag.starts_with('"') && tag.len() > 10, "{tag}");
            assert_eq!(
                reply.header("cache-control"),
                Some("private, max-age=60, s-maxage=60")
            );
            assert!(
                reply
                    .header("vary")
                    .unwrap()
                    .starts_with("Accept, Authorization")
            );
        }
    }
}

#[test]
fn browsers_learn_what_the_api_is_not_for() {
    let ghes = start();
    for reply in [
        user(&ghes, "GET", "/authorizations", NONE),
        user(&ghes, "GET", "/nothing", NONE),
    ] {
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(reply.header("x-frame-options"), Some("deny"));
        assert_eq!(
            reply.header("content-security-policy"),
            Some("default-src 'none'")
        );
        assert!(reply.header("x-xss-protection").is_some());
        assert!(reply.header("referrer-policy").is_some());
    }
}

#[test]
fn a_token_in_place_of_a_password_gets_its_scopes_named() {
    let ghes = start();
    let token = ghes.issue_token(APP, USER, &["repo", "user"]).unwrap();
    let call = request(&ghes, "POST", "/authorizations").bearer_auth(&token);
    let reply = send(call.json(json!({ "note": "n" })));
    assert_eq!(reply.status, 403);
    assert_eq!(reply.header("x-oauth-scopes"), Some("repo, user"));
    assert_eq!(reply.header("x-accepted-oauth-scopes"), Some(""));
    assert_eq!(
        (reply.header("deprecation"), reply.header("sunset")),
        (None, None)
    );
}

#[test]
fn a_server_in_private_mode_shows_strangers_nothing() {
    let ghes = builder().private_mode().start().unwrap();
    for path in ["/authorizations", "/nothing", "/applications/x/token"] {
        let reply = send(request(&ghes, "GET", path));
        let expected = "Must authenticate to access this API.".to_owned();
        assert_eq!(reply.refusal(), (401, expected), "{path}");
    }
    assert_eq!(user(&ghes, "GET", "/authorizations", NONE).status, 200);
}

#[test]
fn an_unknown_field_is_refused_by_a_setting() {
    let calls = [
        ("PATCH", json!({ "rm_scopes": ["repo"] })),
        ("PATCH", json!({ "scope": "repo", "note": "m" })),
    ];
    for strict in [true, false] {
        let ghes = builder().strict(strict).start().unwrap();
        let created = user(&ghes, "POST", "/authorizations", json!({ "note": "n" })).json();
        for (method, body) in calls.clone() {
            let reply = user(
                &ghes,
                method,
                &format!("/authorizations/{}", created["id"]),
                body,
            );
            if strict {
                let (status, message) = reply.refusal();
                assert_eq!(status, 422);
                assert!(message.contains("strict = false"), "{message}");
            } else {
                assert_eq!(reply.status, 200, "{}", reply.text);
            }
        }
        let body = json!({ "client_id": APP, "client_secret": SECRET, "scope": [] });
        let put = user(
            &ghes,
            "PUT",
            &format!("/authorizations/clients/{APP}"),
            body,
        );
        assert_eq!(put.status, if strict { 422 } else { 201 });
    }
    let ghes = start();
    let secret = json!({ "gho_0123456789": 1, "note": "n" });
    let reply = user(&ghes, "POST", "/authorizations", secret);
    assert!(!reply.text.contains("gho_"), "{}", reply.text);
}

#[test]
fn a_text_is_as_good_as_a_list_of_scopes() {
    let ghes = start();
    let body = json!({ "note": "n", "scopes": "admin:pre_receive_hook" });
    let reply = user(&ghes, "POST", "/authorizations", body);
    assert_eq!(
        (reply.status, &reply.json()["scopes"]),
        (201, &json!(["admin:pre_receive_hook"]))
    );
}

#[test]
fn the_eleventh_token_of_one_user_app_and_set_of_scopes_evicts_the_oldest() {
    let ghes = builder().user("hubot", "password").start().unwrap();
    let create = |number: usize, scopes: Value| {
        let body = json!({
            "client_id": APP, "client_secret": SECRET, "scopes": scopes,
            "fingerprint": number.to_string(),
        });
        let reply = user(&ghes, "POST", "/authorizations", body);
        assert_eq!(reply.status, 201, "{}", reply.text);
        reply.json()["token"].as_str().unwrap().to_owned()
    };
    let tokens: Vec<String> = (0..10)
        .map(|number| create(number, json!(["repo", "user"])))
        .collect();
    let other_scopes = create(10, json!(["repo"]));
    let other_user = ghes.issue_token(APP, "hubot", &["repo", "user"]).unwrap();
    assert!(tokens.iter().all(|token| ghes.is_live(token)));
    // The order of the scopes does not matter.
    let eleventh = create(11, json!(["user", "repo"]));
    let live: Vec<bool> = tokens.iter().map(|token| ghes.is_live(token)).collect();
    assert_eq!(live, [&[false][..], &[true; 9]].concat());
    assert!(
        [eleventh, other_scopes, other_user]
            .iter()
            .all(|token| ghes.is_live(token))
    );

    for _ in 0..11 {
        ghes.issue_token(APP, "hubot", &["gist"]).unwrap();
    }
    assert_eq!(ghes.live_tokens(APP, "hubot"), 11);
    let unlimited = builder().token_limit(None).start().unwrap();
    for _ in 0..11 {
        unlimited.issue_token(APP, USER, &[]).unwrap();
    }
    assert_eq!(unlimited.live_tokens(APP, USER), 11);
}

#[test]
fn two_authorization_headers_are_none_that_can_be_read() {
    let ghes = start();
    let call = request(&ghes, "GET", "/authorizations").basic_auth(USER, PASSWORD);
    let reply = send(call.bearer_auth("another"));
    assert_eq!(reply.refusal(), (401, "Bad credentials".to_owned()));
}

#[test]
fn unknown_scopes_permissions_and_levels_are_refused_by_a_setting() {
    for strict in [true, false] {
        let ghes = builder().strict(strict).start().unwrap();
        let refused = if strict { 422 } else { 201 };
        let body = json!({ "note": "n", "scopes": ["repo", "everything"] });
        assert_eq!(user(&ghes, "POST", "/authorizations", body).status, refused);

        let token = ghes.issue_token(APP, USER, &["repo"]).unwrap();
        let scope = |permissions: Value| {
            let body = json!({ "access_token": token, "target": USER, "permissions": permissions });
            app(
                &ghes,
                "POST",
                &format!("/applications/{APP}/token/scoped"),
                body,
            )
            .status
        };
        assert_eq!(
            scope(json!({ "issues": "write", "organization_projects": "admin" })),
            200
        );
        for unknown in [
            json!({ "issue": "read" }),
            json!({ "issues": "admin" }),
            json!({ "workflows": "read" }),
        ] {
            let expected = if strict { 422 } else { 200 };
            assert_eq!(scope(unknown.clone()), expected, "{unknown}");
        }
        assert_eq!(
            scope(json!({ "issues": "own" })),
            422,
            "a level nobody knows"
        );
    }
}

#[test]
fn an_empty_target_and_a_number_with_a_sign_name_nothing() {
    let ghes = start();
    let token = ghes.issue_token(APP, USER, &["repo"]).unwrap();
    for body in [
        json!({ "access_token": token, "target": "" }),
        json!({ "access_token": token, "target": "", "target_id": 1 }),
    ] {
        let reply = app(
            &ghes,
            "POST",
            &format!("/applications/{APP}/token/scoped"),
            body,
        );
        assert_eq!(reply.status, 422);
    }
    let id = &user(&ghes, "GET", "/authorizations", NONE).json()[0]["id"];
    for sign in ["+", "%2B", "-"] {
        let path = format!("/authorizations/{sign}{id}");
        assert_eq!(user(&ghes, "GET", &path, NONE).status, 404, "{path}");
    }
}

#[test]
fn credentials_need_no_padding() {
    let ghes = builder().user("a", "bc").start().unwrap();
    let credentials = STANDARD_NO_PAD.encode("a:bc");
    assert_ne!(credentials.len() % 4, 0);
    let call = request(&ghes, "GET", "/authorizations");
    let reply = send(call.header("authorization", &format!("Basic {credentials}")));
    assert_eq!(reply.status, 200);
}

#[test]
fn a_personal_token_needs_a_note() {
    let ghes = start();
    for body in [
        json!({}),
        json!({ "note": "" }),
        json!({ "scopes": ["repo"] }),
    ] {
        let reply = user(&ghes, "POST", "/authorizations", body);
        let problem =
            json!([{ "resource": "OauthAccess", "field": "description", "code": "missing_field" }]);
        assert_eq!((reply.status, &reply.json()["errors"]), (422, &problem));
    }
    let of_app = json!({ "client_id": APP, "client_secret": SECRET });
    assert_eq!(user(&ghes, "POST", "/authorizations", of_app).status, 201);
}
