//! The operations on a user's authorizations.

use crate::client::{APP, NONE, SECRET, USER, builder, create, get, start, user};
use ghes_oauth_fake::FakeGhes;
use serde_json::{Value, json};

fn must_create(ghes: &FakeGhes, body: Value) -> Value {
    let reply = create(ghes, body);
    assert_eq!(reply.status, 201, "{}", reply.text);
    reply.json()
}

#[test]
fn a_personal_token_is_shown_once() {
    let ghes = start();
    let reply = create(&ghes, json!({ "scopes": ["repo"], "note": "backup" }));
    let created = reply.json();
    assert_eq!(
        (reply.status, reply.header("location")),
        (201, created["url"].as_str())
    );
    let token = created["token"].as_str().unwrap();
    assert!(token.starts_with("ghp_") && ghes.is_live(token));
    assert_eq!(created["app"]["name"], "backup");
    assert_eq!(created["app"]["client_id"], "00000000000000000000");
    assert!(created.get("user").is_none());

    let got = get(&ghes, &format!("/authorizations/{}", created["id"])).json();
    assert_eq!(got["token"], "");
    assert_eq!(
        (&got["hashed_token"], &got["note"]),
        (&created["hashed_token"], &created["note"])
    );
    let listed = get(&ghes, "/authorizations").json();
    assert_eq!(listed, json!([got]));
    assert_eq!(get(&ghes, "/applications/grants").json(), json!([]));
}

#[test]
fn a_second_note_or_fingerprint_of_the_same_text_is_refused() {
    let ghes = start();
    must_create(&ghes, json!({ "note": "n" }));
    let reply = create(&ghes, json!({ "note": "n" }));
    assert_eq!(reply.refusal(), "422 Validation Failed");
    assert_eq!(
        reply.json()["errors"],
        json!([{ "resource": "OauthAccess", "code": "already_exists", "field": "description" }])
    );

    must_create(&ghes, json!({ "note": "n", "fingerprint": "f" }));
    let reply = create(&ghes, json!({ "note": "m", "fingerprint": "f" }));
    assert_eq!(reply.json()["errors"][0]["field"], "fingerprint");
}

#[test]
fn a_token_of_an_app_needs_the_apps_secret() {
    let ghes = start();
    let created = must_create(
        &ghes,
        json!({ "client_id": APP, "client_secret": SECRET, "scopes": null }),
    );
    assert_eq!(created["app"]["client_id"], APP);
    assert!(created["token"].as_str().unwrap().starts_with("gho_"));
    for wrong in [
        json!({ "client_id": APP }),
        json!({ "client_secret": SECRET }),
        json!({ "client_id": APP, "client_secret": "wrong" }),
        json!({ "client_id": "nobody", "client_secret": SECRET }),
    ] {
        let reply = create(&ghes, wrong.clone());
        assert_eq!(reply.status, 422, "{wrong}");
        assert_eq!(reply.json().get("errors"), None);
    }
    assert_eq!(ghes.live_tokens(APP, USER), 1);
}

#[test]
fn an_empty_id_and_secret_are_those_of_no_app() {
    let ghes = start();
    // The request of github3.py without an app.
    let created = must_create(
        &ghes,
        json!({ "note": "n", "client_id": "", "client_secret": "" }),
    );
    assert_eq!(created["app"]["client_id"], "00000000000000000000");
    assert!(created["token"].as_str().unwrap().starts_with("ghp_"));
    must_create(&ghes, json!({ "note": "m", "client_secret": "" }));
    for wrong in [
        json!({ "client_id": "", "client_secret": SECRET }),
        json!({ "client_id": APP, "client_secret": "" }),
    ] {
        assert_eq!(create(&ghes, wrong.clone()).status, 422, "{wrong}");
    }
}

#[test]
fn a_personal_token_shows_its_note_url_as_its_app_s() {
    let ghes = start();
    let url = |body: Value| must_create(&ghes, body)["app"]["url"].clone();
    assert_eq!(
        url(json!({ "note": "n", "note_url": "http://example.com/n" })),
        "http://example.com/n"
    );
    let page = "https://developer.github.com/v3/oauth_authorizations/";
    assert_eq!(url(json!({ "note": "m", "note_url": "" })), page);
    assert_eq!(url(json!({ "note": "o" })), page);
}

#[test]
fn get_or_create_creates_once_for_each_fingerprint() {
    let ghes = start();
    let body = json!({ "client_secret": SECRET, "scopes": ["repo"], "note": "n" });
    let put = |rest: &str, body: Value| {
        user(
            &ghes,
            "PUT",
            &format!("/authorizations/clients/{APP}{rest}"),
            body,
        )
    };

    let created = put("", body.clone());
    assert_eq!(
        (created.status, created.header("location").is_some()),
        (201, true)
    );
    let existing = put("", json!({ "client_secret": SECRET, "scopes": ["user"] }));
    assert_eq!((existing.status, existing.header("location")), (200, None));
    let (created, existing) = (created.json(), existing.json());
    assert_eq!(
        (&existing["id"], &existing["token"], &existing["scopes"]),
        (&created["id"], &json!(""), &json!(["repo"]))
    );

    // In the path or in the body, a fingerprint is the same; unicode and slashes survive it.
    let other = put("/a%2Fb%3F%20%C3%BC", body.clone());
    assert_eq!(
        (other.status, &other.json()["fingerprint"]),
        (201, &json!("a/b? ü"))
    );
    let mut in_body = body.clone();
    in_body["fingerprint"] = json!("a/b? ü");
    assert_eq!(put("", in_body.clone()).status, 200);

    assert_eq!(
        put("/f", in_body).status,
        422,
        "the path has the fingerprint already"
    );
    assert_eq!(put("", json!({ "client_secret": "wrong" })).status, 422);
    assert_eq!(
        put("", json!({})).json()["errors"][0]["code"],
        "missing_field"
    );
    assert_eq!(
        user(&ghes, "PUT", "/authorizations/clients/nobody", body).status,
        422
    );
}

#[test]
fn an_update_changes_what_it_names() {
    let ghes = start();
    let created = must_create(&ghes, json!({ "scopes": ["repo", "user"], "note": "n" }));
    let patch = |body: Value| {
        user(
            &ghes,
            "PATCH",
            &format!("/authorizations/{}", created["id"]),
            body,
        )
    };

    let updated = patch(json!({ "add_scopes": ["gist", "repo"], "remove_scopes": ["user"], "note_url": "http://n" })).json();
    assert_eq!(updated["scopes"], json!(["repo", "gist"]));
    assert_eq!(
        (&updated["note"], &updated["note_url"], &updated["token"]),
        (&json!("n"), &json!("http://n"), &json!(""))
    );
    assert_ne!(updated["updated_at"], created["updated_at"]);
    assert_eq!(patch(json!({ "scopes": [] })).json()["scopes"], json!([]));
    assert_eq!(
        patch(json!({ "note": "n" })).status,
        200,
        "its own note is no duplicate"
    );
    must_create(&ghes, json!({ "note": "taken" }));
    assert_eq!(patch(json!({ "note": "taken" })).status, 422);
    let both = patch(json!({ "scopes": ["repo"], "add_scopes": ["user"] }));
    assert_eq!(both.json()["errors"][0]["field"], "scopes");
    assert!(ghes.is_live(created["token"].as_str().unwrap()));
}

#[test]
fn a_post_to_an_authorization_is_an_update() {
    let ghes = start();
    let created = must_create(&ghes, json!({ "scopes": ["repo"], "note": "n" }));
    let path = format!("/authorizations/{}", created["id"]);
    let updated = user(&ghes, "POST", &path, json!({ "add_scopes": ["user"] }));
    assert_eq!(
        (updated.status, &updated.json()["scopes"]),
        (200, &json!(["repo", "user"]))
    );
    assert_eq!(get(&ghes, &path).json()["scopes"], json!(["repo", "user"]));
    assert_eq!(
        user(&ghes, "POST", "/authorizations/0", json!({})).status,
        404
    );
    assert_eq!(
        user(&ghes, "POST", "/applications/grants/1", json!({})).status,
        404,
        "there is nothing to update"
    );
}

#[test]
fn a_deleted_authorization_is_gone_with_its_token() {
    let ghes = start();
    let created = must_create(&ghes, json!({ "note": "n" }));
    let path = format!("/authorizations/{}", created["id"]);
    assert_eq!(user(&ghes, "DELETE", &path, NONE).status, 204);
    assert!(!ghes.is_live(created["token"].as_str().unwrap()));
    for method in ["DELETE", "GET"] {
        assert_eq!(user(&ghes, method, &path, NONE).status, 404);
    }
}

#[test]
fn an_invalid_or_another_users_id_is_not_found() {
    let ghes = builder().user("hubot", "password").start().unwrap();
    ghes.issue_token(APP, "hubot", &[]).unwrap();
    for id in ["0", "-1", "x", "1.0", "1", "2", "99999999999999999999"] {
        assert_eq!(
            get(&ghes, &format!("/authorizations/{id}")).status,
            404,
            "{id}"
        );
        assert_eq!(
            get(&ghes, &format!("/applications/grants/{id}")).status,
            404,
            "{id}"
        );
    }
    assert_eq!(ghes.live_tokens(APP, "hubot"), 1);
}
