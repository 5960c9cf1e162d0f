//! The ten tokens that one user, app and set of scopes may have.

use crate::client::{APP, Request, SECRET, USER, builder, create, send, user};
use ghes_oauth_fake::NewToken;
use serde_json::{Value, json};
use std::time::{Duration, SystemTime};

#[test]
fn the_eleventh_token_of_one_user_app_and_set_of_scopes_evicts_the_oldest() {
    let ghes = builder().user("hubot", "password").start().unwrap();
    let of_app = |number: usize, scopes: Value| {
        let body = json!({
            "client_id": APP, "client_secret": SECRET, "scopes": scopes,
            "fingerprint": number.to_string(),
        });
        let reply = create(&ghes, body);
        assert_eq!(reply.status, 201, "{}", reply.text);
        reply.json()["token"].as_str().unwrap().to_owned()
    };
    let tokens: Vec<String> = (0..10)
        .map(|number| of_app(number, json!(["repo", "user"])))
        .collect();
    let other_scopes = of_app(10, json!(["repo"]));
    let other_user = ghes.issue_token(APP, "hubot", &["repo", "user"]).unwrap();
    assert!(tokens.iter().all(|token| ghes.is_live(token)));
    // The order of the scopes does not matter.
    let eleventh = of_app(11, json!(["user", "repo"]));
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
fn another_app_has_a_separate_limit_of_ten() {
    let ghes = builder().app("other", "other-secret").start().unwrap();
    let ours: Vec<String> = (0..10)
        .map(|_| ghes.issue_token(APP, USER, &["repo"]).unwrap())
        .collect();
    for _ in 0..10 {
        ghes.issue_token("other", USER, &["repo"]).unwrap();
    }
    for _ in 0..11 {
        let note = format!("note {}", ghes.live().len());
        let body = json!({ "note": note, "scopes": ["repo"] });
        assert_eq!(create(&ghes, body).status, 201);
    }
    assert!(ours.iter().all(|token| ghes.is_live(token)));
    assert_eq!(ghes.live().len(), 31, "personal tokens are of no app");
    ghes.issue_token("other", USER, &["repo"]).unwrap();
    assert_eq!(ghes.live_tokens("other", USER), 10);
}

#[test]
fn every_way_to_a_token_evicts_the_oldest() {
    let ghes = builder().start().unwrap();
    let day = Duration::from_secs(24 * 3600);
    // The oldest is the one that was created first, not the one with the lowest id.
    let tokens: Vec<String> = (0..10)
        .map(|number| {
            let token = NewToken::of_app(APP, USER).scopes(&["repo"]);
            let created_at = SystemTime::now() - day * (number + 1);
            ghes.issue(token.created_at(created_at)).unwrap()
        })
        .collect();
    let live = || tokens.iter().filter(|token| ghes.is_live(token)).count();

    let put = json!({ "client_secret": SECRET, "scopes": ["repo", "repo"], "fingerprint": "f" });
    let path = format!("/authorizations/clients/{APP}");
    assert_eq!(user(&ghes, "PUT", &path, put).status, 201);
    assert!(!ghes.is_live(&tokens[9]) && live() == 9);

    let code = ghes.authorize(APP, USER, &["repo"]).unwrap();
    let fields = format!("client_id={APP}&client_secret={SECRET}&code={code}");
    let exchange = Request::new(ghes.web_url(), "POST", "/login/oauth/access_token")
        .header("user-agent", "plain")
        .body(&fields);
    assert_eq!(send(exchange).status, 200);
    assert!(!ghes.is_live(&tokens[8]) && live() == 8);
}
