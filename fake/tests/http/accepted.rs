//! Values that the fake accepts, refuses or ignores, as real servers do.

use crate::client::{
    APP, NONE, PASSWORD, SECRET, TOKEN, USER, app, builder, create, get, request, send, start, user,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde_json::{Value, json};

#[test]
fn an_unknown_field_is_refused_by_a_setting() {
    let calls = [
        ("PATCH", json!({ "rm_scopes": ["repo"] })),
        ("PATCH", json!({ "scope": "repo", "note": "m" })),
    ];
    for strict in [true, false] {
        let ghes = builder().strict(strict).start().unwrap();
        let created = create(&ghes, json!({ "note": "n" })).json();
        for (method, body) in calls.clone() {
            let reply = user(
                &ghes,
                method,
                &format!("/authorizations/{}", created["id"]),
                body,
            );
            if strict {
                assert_eq!(reply.status, 422);
                assert!(reply.text.contains("strict = false"), "{}", reply.text);
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
    let reply = create(&ghes, secret);
    assert!(!reply.text.contains("gho_"), "{}", reply.text);
}

#[test]
fn a_text_is_as_good_as_a_list_of_scopes() {
    let ghes = start();
    let body = json!({ "note": "n", "scopes": "admin:pre_receive_hook" });
    let reply = create(&ghes, body);
    assert_eq!(
        (reply.status, &reply.json()["scopes"]),
        (201, &json!(["admin:pre_receive_hook"]))
    );
}

#[test]
fn two_authorization_headers_are_bad_credentials() {
    let ghes = start();
    let token = ghes.issue_token(APP, USER, &[]).unwrap();
    let list = || request(&ghes, "GET", "/authorizations").basic_auth(USER, PASSWORD);
    let check = request(&ghes, "POST", TOKEN);
    let nowhere = request(&ghes, "GET", "/nothing").basic_auth(USER, PASSWORD);
    for two in [
        list().bearer_auth("another"),
        list().basic_auth(USER, PASSWORD),
        list().header("Authorization", ""),
        check
            .basic_auth(APP, SECRET)
            .basic_auth(APP, SECRET)
            .json(json!({ "access_token": token })),
        nowhere.basic_auth(USER, PASSWORD),
    ] {
        assert_eq!(send(two).refusal(), "401 Bad credentials");
    }
    assert_eq!(send(list()).status, 200);
}

#[test]
fn unknown_scopes_permissions_and_levels_are_refused_by_a_setting() {
    for strict in [true, false] {
        let ghes = builder().strict(strict).start().unwrap();
        let refused = if strict { 422 } else { 201 };
        let body = json!({ "note": "n", "scopes": ["repo", "everything"] });
        assert_eq!(create(&ghes, body).status, refused);

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
    let id = &get(&ghes, "/authorizations").json()[0]["id"];
    for sign in ["+", "%2B", "-"] {
        let path = format!("/authorizations/{sign}{id}");
        assert_eq!(get(&ghes, &path).status, 404, "{path}");
    }
}

#[test]
fn an_id_has_one_spelling() {
    let ghes = start();
    ghes.issue_token(APP, USER, &["repo"]).unwrap();
    for list in ["/authorizations", "/applications/grants"] {
        let id = get(&ghes, list).json()[0]["id"].clone();
        let fullwidth = format!("%EF%BC%9{id}");
        for other in [
            format!("+{id}"),
            format!("%2B{id}"),
            format!("%20{id}"),
            format!("{id}%20"),
            format!("{id}%0A"),
            format!("0{id}"),
            format!("{id}.0"),
            format!("{id}e0"),
            format!("0x{id}"),
            format!("{id},{id}"),
            fullwidth,
        ] {
            for method in ["GET", "DELETE"] {
                let reply = user(&ghes, method, &format!("{list}/{other}"), NONE);
                assert_eq!(reply.status, 404, "{method} {list}/{other}");
            }
        }
        assert_eq!(get(&ghes, &format!("{list}/{id}")).status, 200);
    }
}

#[test]
fn credentials_need_no_padding() {
    for password in ["b", "bc", "bcd", "\u{fc}\u{20ac}"] {
        let ghes = builder().user("a", password).start().unwrap();
        let credentials = STANDARD_NO_PAD.encode(format!("a:{password}"));
        let call = request(&ghes, "GET", "/authorizations");
        let call = call.header("authorization", &format!("Basic {credentials}"));
        assert_eq!(send(call).status, 200, "{password:?}");
        assert_eq!(
            send(request(&ghes, "GET", "/authorizations").basic_auth("a", password)).status,
            200
        );
    }
}

#[test]
fn a_personal_token_needs_a_note() {
    let ghes = start();
    for body in [
        json!({}),
        json!({ "note": "" }),
        json!({ "scopes": ["repo"] }),
        json!({ "fingerprint": "f", "note_url": "http://example.com" }),
        json!({ "client_id": "", "client_secret": "" }),
    ] {
        let reply = create(&ghes, body);
        let problem =
            json!([{ "resource": "OauthAccess", "field": "description", "code": "missing_field" }]);
        assert_eq!((reply.status, &reply.json()["errors"]), (422, &problem));
    }
    let of_app = json!({ "client_id": APP, "client_secret": SECRET });
    assert_eq!(create(&ghes, of_app).status, 201);
}
