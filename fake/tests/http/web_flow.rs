//! The web application flow, as an app goes through it in its tests.

use crate::client::{APP, Reply, Request, SECRET, USER, builder, send, start};
use ghes_oauth_fake::FakeGhes;
use serde_json::{Value, json};
use std::time::Duration;

fn web(ghes: &FakeGhes, method: &str, target: &str) -> Request {
    Request::new(ghes.web_url(), method, target).header("user-agent", "plain")
}

fn exchange(ghes: &FakeGhes, fields: Value) -> Value {
    let call = web(ghes, "POST", "/login/oauth/access_token")
        .header("accept", "application/json")
        .header("content-type", "application/json");
    let reply = send(call.json(fields));
    assert_eq!(reply.status, 200);
    reply.json()
}

fn code_of(reply: &Reply) -> String {
    let location = reply.header("location").unwrap();
    let (_, code) = location.split_once("code=").unwrap();
    code.split('&').next().unwrap().to_owned()
}

#[test]
fn a_user_is_sent_back_with_a_code_that_becomes_a_token() {
    for builder in [builder(), builder().github_com()] {
        let ghes = builder.start().unwrap();
        let target = format!(
            "/login/oauth/authorize?client_id={APP}&scope=repo%20user&state=a%26b&redirect_uri=http%3A%2F%2F127.0.0.1%3A9%2Fback%3Fx%3D1"
        );
        let reply = send(web(&ghes, "GET", &target));
        assert_eq!(reply.status, 302);
        let location = reply.header("location").unwrap();
        assert!(
            location.starts_with("http://127.0.0.1:9/back?x=1&code="),
            "{location}"
        );
        assert!(location.ends_with("&state=a%26b"), "{location}");

        let code = code_of(&reply);
        let fields = json!({ "client_id": APP, "client_secret": SECRET, "code": code });
        let token = exchange(&ghes, fields.clone());
        assert_eq!(
            (&token["scope"], &token["token_type"]),
            (&json!("repo,user"), &json!("bearer"))
        );
        assert!(ghes.is_live(token["access_token"].as_str().unwrap()));
        assert_eq!(
            exchange(&ghes, fields)["error"],
            "bad_verification_code",
            "a code is good once"
        );
    }
}

#[test]
fn a_form_gets_a_form() {
    let ghes = start();
    let code = ghes.authorize(APP, USER, &["gist"]).unwrap();
    let call = web(&ghes, "POST", "/login/oauth/access_token").body(&format!(
        "client_id={APP}&client_secret={SECRET}&code={code}"
    ));
    let reply = send(call.header("content-type", "application/x-www-form-urlencoded"));
    assert_eq!(
        reply.header("content-type"),
        Some("application/x-www-form-urlencoded; charset=utf-8")
    );
    assert!(
        reply.text.starts_with("access_token=gho%5F") && reply.text.contains("scope=gist"),
        "{}",
        reply.text
    );
}

#[test]
fn errors_of_an_exchange_have_status_200() {
    let ghes = builder().app("other", "other-secret").start().unwrap();
    let code = || ghes.authorize(APP, USER, &[]).unwrap();
    let error = |fields: Value| exchange(&ghes, fields)["error"].clone();
    assert_eq!(
        error(json!({ "client_id": APP, "client_secret": "wrong", "code": code() })),
        "incorrect_client_credentials"
    );
    assert_eq!(
        error(json!({ "client_id": "other", "client_secret": "other-secret", "code": code() })),
        "bad_verification_code"
    );
    let target = format!("/login/oauth/authorize?client_id={APP}&redirect_uri=http://127.0.0.1:9/");
    let bound = code_of(&send(web(&ghes, "GET", &target)));
    let fields = json!({ "client_id": APP, "client_secret": SECRET, "code": bound, "redirect_uri": "http://127.0.0.1:8/" });
    assert_eq!(error(fields), "redirect_uri_mismatch");
    let late = code();
    ghes.advance(Duration::from_secs(601));
    assert_eq!(
        error(json!({ "client_id": APP, "client_secret": SECRET, "code": late })),
        "bad_verification_code"
    );
    assert_eq!(ghes.live_tokens(APP, USER), 0);
    assert_eq!(ghes.authorize("nobody", USER, &[]), None);
}

#[test]
fn a_browser_needs_an_app_and_a_user() {
    let ghes = builder().user("hubot", "password").start().unwrap();
    let status = |query: &str| {
        send(web(
            &ghes,
            "GET",
            &format!("/login/oauth/authorize?{query}"),
        ))
        .status
    };
    assert_eq!(status("client_id=nobody"), 404);
    assert_eq!(
        status(&format!("client_id={APP}")),
        400,
        "there are two users"
    );
    assert_eq!(status(&format!("client_id={APP}&login=hubot")), 302);
    assert_eq!(
        send(web(&ghes, "GET", "/login/oauth/access_token")).status,
        404
    );
}
