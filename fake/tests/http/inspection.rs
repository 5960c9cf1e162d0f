//! Inspection.

use crate::client::{APP, PASSWORD, SECRET, USER, check, get, request, send, start, user};
use ghes_oauth_fake::{NewToken, Operation, Received};
use serde_json::json;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, UNIX_EPOCH};

#[test]
fn requests_are_kept_without_their_secrets() {
    let ghes = start();
    let token = ghes.issue_token(APP, USER, &[]).unwrap();
    let by_path = request(
        &ghes,
        "GET",
        &format!("/applications/{APP}/tokens/{token}?secret=plan7ed"),
    );
    let by_path = by_path
        .basic_auth(APP, SECRET)
        .header("x-github-otp", "plan7ed")
        .header("x-anything", "plan7ed");
    assert_eq!(send(by_path).status, 200);
    user(
        &ghes,
        "POST",
        "/nothing/plan7ed",
        json!({ "plan7ed": "plan7ed" }),
    );

    let received = ghes.received();
    assert_eq!(received[0].method(), "GET");
    assert_eq!(received[0].operation(), Some(Operation::CheckAuthorization));
    assert_eq!(
        received[0].header("Authorization"),
        Some("Basic [REDACTED]")
    );
    assert_eq!(received[0].header("x-github-otp"), Some("[REDACTED]"));
    assert_eq!(received[0].header("user-agent"), Some("plain"));
    assert_eq!(received[0].headers().count(), 7);
    assert_eq!(received[1].path_template(), None);
    let shown: Vec<String> = received.iter().map(Received::to_string).collect();
    assert_eq!(
        shown,
        [
            "GET /applications/{client_id}/tokens/{access_token}",
            "POST (not an operation)"
        ]
    );
    let debug = format!("{received:?} {ghes:?} {:?}", ghes.on_every());
    for secret in [&token, SECRET, PASSWORD, "plan7ed"] {
        assert!(!debug.contains(secret), "{debug}");
    }
}

#[test]
fn the_recorded_part_of_a_request_is_bounded() {
    let ghes = start();
    let mut call = request(&ghes, "GET", "/nothing").header("accept", &"x".repeat(10_000));
    for number in 0..60 {
        call = call.header(&format!("x-{number}"), "1");
    }
    send(call);
    let received = ghes.received();
    assert_eq!(received[0].headers().count(), 32);
    assert_eq!(received[0].header("accept").map(str::len), Some(128));
}

#[test]
fn operations_are_counted_where_they_were_performed() {
    let ghes = start();
    let token = ghes.issue_token(APP, USER, &[]).unwrap();
    for token in [&token, "unknown"] {
        check(&ghes, token);
    }
    assert_eq!((ghes.times(Operation::CheckToken), ghes.requests()), (1, 2));
    ghes.clear_received();
    assert_eq!(
        (ghes.times(Operation::CheckToken), ghes.received().len()),
        (0, 0)
    );
}

#[test]
fn live_tokens_are_listed_without_the_tokens() {
    let ghes = start();
    let created_at = UNIX_EPOCH + Duration::from_secs(1_400_000_000);
    let token = NewToken::of_app(APP, USER)
        .scopes(&["repo"])
        .fingerprint("f");
    let token = ghes.issue(token.created_at(created_at)).unwrap();
    let personal = ghes.issue(NewToken::personal(USER, "backup")).unwrap();
    let live = ghes.live();
    assert_eq!(live.len(), 2);
    assert_eq!(live[0].client_id.as_deref(), Some(APP));
    assert_eq!(
        (live[0].scopes.as_slice(), live[0].created_at),
        (&["repo".to_owned()][..], created_at)
    );
    assert_eq!(live[0].token_last_eight, token[32..]);
    assert_eq!(
        (live[1].client_id.as_ref(), live[1].note.as_deref()),
        (None, Some("backup"))
    );
    let shown = get(&ghes, &format!("/authorizations/{}", live[0].id)).json();
    assert_eq!(shown["created_at"], "2014-05-13T16:53:20Z");
    assert_eq!(shown["hashed_token"], live[0].hashed_token);
    ghes.revoke_token(&personal);
    assert_eq!(ghes.live().len(), 1);
}

#[test]
fn an_assertion_prints_what_differs() {
    let ghes = start();
    check(&ghes, "unknown");
    get(&ghes, "/nothing");
    let expected = [Operation::CheckToken, Operation::ResetToken];
    let panic = catch_unwind(AssertUnwindSafe(|| ghes.assert_received(&expected))).unwrap_err();
    let message = panic.downcast_ref::<String>().unwrap();
    let difference = "  POST /applications/{client_id}/token\n\
                      - PATCH /applications/{client_id}/token\n\
                      + GET (not an operation)\n";
    assert!(message.ends_with(difference), "{message}");

    ghes.clear_received();
    get(&ghes, "/authorizations");
    ghes.assert_received(&[Operation::ListAuthorizations]);
}
