//! The operations of an OAuth App.

use crate::client::{
    APP, NONE, PASSWORD, Reply, SECRET, TOKEN, USER, app, builder, check, get, request, send, start,
};
use ghes_oauth_fake::FakeGhes;
use serde_json::json;

fn scoped() -> String {
    path("token/scoped")
}

fn path(rest: &str) -> String {
    format!("/applications/{APP}/{rest}")
}

fn issue(ghes: &FakeGhes) -> String {
    ghes.issue_token(APP, USER, &["public_repo", "user"])
        .unwrap()
}

fn reset(ghes: &FakeGhes, token: &str) -> Reply {
    app(ghes, "PATCH", TOKEN, json!({ "access_token": token }))
}

#[test]
fn a_check_shows_the_authorization_with_its_token_and_user() {
    let ghes = start();
    let token = issue(&ghes);
    let reply = check(&ghes, &token);
    let shown = reply.json();
    assert_eq!(reply.status, 200);
    assert_eq!(shown["token"], token.as_str());
    assert_eq!(shown["token_last_eight"], token[32..]);
    assert_eq!(shown["hashed_token"].as_str().unwrap().len(), 64);
    assert_eq!(shown["scopes"], json!(["public_repo", "user"]));
    assert_eq!(shown["app"]["client_id"], APP);
    assert_eq!(shown["user"]["login"], USER);
    assert_eq!(
        shown["url"],
        format!("{}/authorizations/{}", ghes.url(), shown["id"])
    );
    assert_eq!(
        (&shown["note"], &shown["note_url"], &shown["fingerprint"]),
        (&NONE, &NONE, &NONE)
    );
    assert!(shown.get("installation").is_none());
    let created_at = shown["created_at"].as_str().unwrap();
    assert!(
        created_at.len() == 20 && created_at.ends_with('Z'),
        "{created_at}"
    );
}

#[test]
fn a_reset_revokes_the_old_token_and_keeps_the_authorization() {
    let ghes = start();
    let old = issue(&ghes);
    let before = check(&ghes, &old).json();
    let after = reset(&ghes, &old).json();
    let new = after["token"].as_str().unwrap();
    assert_ne!(new, old);
    assert_eq!(
        (&after["id"], &after["created_at"]),
        (&before["id"], &before["created_at"])
    );
    assert_ne!(after["updated_at"], before["updated_at"]);
    assert_eq!(
        (check(&ghes, &old).status, check(&ghes, new).status),
        (404, 200)
    );
    assert_eq!(reset(&ghes, &old).status, 404);
}

#[test]
fn a_deleted_token_is_not_live_and_a_second_delete_finds_none() {
    let ghes = start();
    let (token, other) = (issue(&ghes), issue(&ghes));
    let body = json!({ "access_token": token });
    let reply = app(&ghes, "DELETE", TOKEN, body.clone());
    assert_eq!(
        (
            reply.status,
            reply.text.as_str(),
            reply.header("content-type")
        ),
        (204, "", None)
    );
    assert_eq!(app(&ghes, "DELETE", TOKEN, body).status, 404);
    assert_eq!((ghes.is_live(&token), ghes.is_live(&other)), (false, true));
}

#[test]
fn a_deleted_grant_takes_every_token_of_the_user_along() {
    let ghes = builder().user("hubot", "password").start().unwrap();
    let (token, second) = (issue(&ghes), issue(&ghes));
    let hubots = ghes.issue_token(APP, "hubot", &[]).unwrap();
    let body = json!({ "access_token": token });
    assert_eq!(
        app(&ghes, "DELETE", &path("grant"), body.clone()).status,
        204
    );
    assert_eq!(
        [&token, &second, &hubots].map(|token| ghes.is_live(token)),
        [false, false, true]
    );
    assert_eq!(get(&ghes, "/applications/grants").json(), json!([]));
    assert_eq!(app(&ghes, "DELETE", &path("grant"), body).status, 404);
}

#[test]
fn the_token_in_the_path_does_the_same() {
    let ghes = start();
    let token = issue(&ghes);
    let tokens = |token: &str| path(&format!("tokens/{token}"));
    assert_eq!(
        app(&ghes, "GET", &tokens(&token), NONE).json()["token"],
        token.as_str()
    );
    let new = app(&ghes, "POST", &tokens(&token), NONE).json()["token"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(
        app(&ghes, "GET", &tokens(&token), NONE).refusal(),
        "404 Not Found"
    );
    assert_eq!(app(&ghes, "DELETE", &tokens(&new), NONE).status, 204);
    assert_eq!(app(&ghes, "DELETE", &tokens(&new), NONE).status, 404);
    let (token, second) = (issue(&ghes), issue(&ghes));
    assert_eq!(
        app(&ghes, "DELETE", &path(&format!("grants/{token}")), NONE).status,
        204
    );
    assert!(!ghes.is_live(&second));
}

#[test]
fn a_scoped_token_is_a_new_one_beside_the_old() {
    let ghes = start();
    let token = issue(&ghes);
    let permissions = json!({ "metadata": "read", "issues": "write" });
    let body = json!({ "access_token": token, "target": USER, "repositories": ["sandbox"], "permissions": permissions });
    let shown = app(&ghes, "POST", &scoped(), body).json();
    let narrow = shown["token"].as_str().unwrap();
    assert!(narrow.starts_with("ghu_"), "{narrow}");
    assert_eq!(shown["scopes"], json!([]));
    assert_eq!(shown["installation"]["permissions"], permissions);
    assert_eq!(shown["installation"]["repository_selection"], "selected");
    assert_eq!(shown["installation"]["account"]["login"], USER);
    assert_eq!(
        (check(&ghes, &token).status, check(&ghes, narrow).status),
        (200, 200)
    );
    let again = json!({ "access_token": narrow, "target": USER });
    assert_eq!(app(&ghes, "POST", &scoped(), again).status, 422);
    let everything = json!({ "access_token": token, "target_id": 7 });
    let all = app(&ghes, "POST", &scoped(), everything).json();
    assert_eq!(
        (
            &all["installation"]["repository_selection"],
            &all["installation"]["account"]["id"]
        ),
        (&json!("all"), &json!(7))
    );
}

#[test]
fn a_scoped_token_needs_one_account_and_one_list_at_most() {
    let ghes = start();
    let token = issue(&ghes);
    for wrong in [
        json!({}),
        json!({ "target": USER, "target_id": 1 }),
        json!({ "target_id": -1 }),
        json!({ "target": USER, "target_id": -1 }),
        json!({ "target": USER, "repositories": ["a"], "repository_ids": [1] }),
        json!({ "target": USER, "repositories": [] }),
        json!({ "target": USER, "permissions": { "issues": "own" } }),
        json!({ "target": USER, "permissions": ["issues"] }),
    ] {
        let mut body = wrong.clone();
        body["access_token"] = json!(token);
        let reply = app(&ghes, "POST", &scoped(), body);
        assert_eq!(reply.refusal(), "422 Validation Failed", "{wrong}");
    }
    assert_eq!(ghes.live_tokens(APP, USER), 1);
    let unknown = json!({ "access_token": "unknown", "target": USER });
    assert_eq!(app(&ghes, "POST", &scoped(), unknown).status, 404);
}

#[test]
fn an_app_without_good_credentials_gets_nowhere() {
    let ghes = builder().app("other", "other-secret").start().unwrap();
    let token = issue(&ghes);
    let call = || request(&ghes, "POST", TOKEN).json(json!({ "access_token": token }));
    let refusals = [
        (call(), 404, "Not Found"),
        (call().basic_auth(APP, "wrong"), 401, "Bad credentials"),
        (call().basic_auth("nobody", SECRET), 401, "Bad credentials"),
        (call().basic_auth(USER, PASSWORD), 401, "Bad credentials"),
        (call().basic_auth("other", "other-secret"), 404, "Not Found"),
        (
            call().header("authorization", "Basic %%%"),
            401,
            "Bad credentials",
        ),
        (call().bearer_auth(&token), 404, "Not Found"),
        (call().bearer_auth("unknown"), 401, "Bad credentials"),
        (
            request(&ghes, "POST", &scoped()),
            401,
            "Requires authentication",
        ),
    ];
    for (index, (call, status, message)) in refusals.into_iter().enumerate() {
        assert_eq!(
            send(call).refusal(),
            format!("{status} {message}"),
            "case {index}"
        );
    }
    // The other app's own token, and then its own path: neither gives access to our tokens.
    let own = ghes.issue_token("other", USER, &[]).unwrap();
    let ours = request(&ghes, "POST", TOKEN).basic_auth("other", "other-secret");
    assert_eq!(send(ours.json(json!({ "access_token": own }))).status, 404);
    let theirs =
        request(&ghes, "POST", "/applications/other/token").basic_auth("other", "other-secret");
    assert_eq!(
        send(theirs.json(json!({ "access_token": token }))).status,
        404
    );
}

#[test]
fn a_body_that_the_spec_does_not_allow_is_refused() {
    let ghes = start();
    let send_raw = |body: &'static str| {
        send(
            request(&ghes, "POST", TOKEN)
                .basic_auth(APP, SECRET)
                .body(body),
        )
    };
    assert_eq!(send_raw("").refusal(), "400 Problems parsing JSON");
    assert_eq!(send_raw("{").refusal(), "400 Problems parsing JSON");
    assert_eq!(send_raw("[]").refusal(), "400 Body should be a JSON object");
    let problem =
        |code: &str| json!([{ "resource": "OauthAccess", "field": "access_token", "code": code }]);
    assert_eq!(send_raw("{}").json()["errors"], problem("missing_field"));
    assert_eq!(
        send_raw(r#"{"access_token": 1}"#).json()["errors"],
        problem("invalid")
    );
    let refusal = send_raw(r#"{"access_token": "t", "client_id": "c"}"#).refusal();
    assert!(
        refusal.starts_with("422") && refusal.contains("\"client_id\" is not a permitted key"),
        "{refusal}"
    );
}
