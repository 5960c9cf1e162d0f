//! Reports of leaked tokens, without credentials.

use crate::client::{APP, Request, SECRET, USER, builder, request, send, start};
use ghes_oauth_fake::{FakeGhes, NewToken, Operation};
use serde_json::{Value, json};
use std::time::Duration;

fn report(github: &FakeGhes, tokens: Value) -> Request {
    request(github, "POST", "/credentials/revoke").json(json!({ "credentials": tokens }))
}

#[test]
fn tokens_of_any_owner_are_revoked_and_no_others() {
    let github = builder().github_com().start().unwrap();
    let of_app = github.issue_token(APP, USER, &[]).unwrap();
    let personal = github.issue(NewToken::personal(USER, "n")).unwrap();
    let other = github.issue_token(APP, USER, &["repo"]).unwrap();
    let reply = send(report(&github, json!([of_app, personal, "gho_unknown"])));
    assert_eq!(reply.status, 202);
    let live = [&of_app, &personal, &other].map(|token| github.is_live(token));
    assert_eq!(live, [false, false, true]);
    assert_eq!(github.times(Operation::RevokeCredentials), 1);
}

#[test]
fn requests_with_credentials_and_too_many_requests_are_refused() {
    let github = builder().github_com().start().unwrap();
    let token = github.issue_token(APP, USER, &[]).unwrap();
    let signed = report(&github, json!([token])).basic_auth(APP, SECRET);
    assert_eq!(send(signed).status, 403);
    let many = |count: usize| json!(vec!["gho_unknown"; count]);
    for (tokens, status) in [
        (json!([]), 422),
        (json!("gho_text"), 422),
        (many(1_001), 422),
        (many(1_000), 202),
    ] {
        assert_eq!(send(report(&github, tokens)).status, status);
    }
    assert!(github.is_live(&token));
    assert_eq!(
        send(report(&start(), json!([token]))).status,
        404,
        "no GHES has it"
    );
}

#[test]
fn sixty_reports_an_hour_have_their_own_limit() {
    let github = builder().github_com().rate_limit(1).start().unwrap();
    for _ in 0..60 {
        assert_eq!(send(report(&github, json!(["gho_unknown"]))).status, 202);
    }
    let refused = send(report(&github, json!(["gho_unknown"])));
    assert_eq!(
        (refused.status, refused.header("x-ratelimit-limit")),
        (403, Some("60"))
    );
    github.advance(Duration::from_secs(3_600));
    assert_eq!(send(report(&github, json!(["gho_unknown"]))).status, 202);
}
