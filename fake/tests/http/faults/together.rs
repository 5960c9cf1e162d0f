//! Several faults at once, and faults of responses without a body.

use crate::client::{
    APP, NONE, PASSWORD, USER, builder, create, exchange, get, request, send, start, user,
};
use crate::faults::{reset, status};
use ghes_oauth_fake::{CannedResponse, FakeGhes, Operation};
use serde_json::json;
use std::time::{Duration, Instant};

const DELAY: Duration = Duration::from_millis(40);

#[test]
fn a_delay_comes_before_every_other_rule() {
    let ghes = start();
    let token = ghes.issue_token(APP, USER, &[]).unwrap();
    let timed = |is_live: bool| {
        let started = Instant::now();
        assert_eq!(exchange(reset(&ghes, &token)), "");
        assert!(started.elapsed() >= 2 * DELAY, "the delays add up");
        assert_eq!(ghes.is_live(&token), is_live);
    };
    for _ in 0..2 {
        ghes.on(Operation::ResetToken).next(2).delay(DELAY);
    }
    ghes.on(Operation::ResetToken)
        .next(1)
        .close_before_handling();
    ghes.on(Operation::ResetToken)
        .next(1)
        .close_after_handling();
    timed(true);
    timed(false);
}

#[test]
fn faults_of_one_operation_come_one_after_another() {
    let ghes = start();
    ghes.on(Operation::CheckToken)
        .next(2)
        .respond(CannedResponse::new(502));
    ghes.on(Operation::CheckToken).next(1).maintenance();
    ghes.on_every()
        .next(1)
        .secondary_rate_limit(Duration::from_millis(1));
    let statuses: Vec<u16> = (0..5).map(|_| status(&ghes)).collect();
    assert_eq!(statuses, [502, 502, 503, 403, 404]);
}

#[test]
fn a_response_without_a_body_is_neither_truncated_nor_stalled() {
    let ghes = start();
    ghes.issue_token(APP, USER, &[]).unwrap();
    let tag = get(&ghes, "/authorizations");
    let tag = tag.header("etag").unwrap();
    let conditional = || {
        let call = request(&ghes, "GET", "/authorizations").basic_auth(USER, PASSWORD);
        send(call.header("if-none-match", tag)).status
    };
    for rule in [FakeGhes::on_every, FakeGhes::on_every] {
        rule(&ghes).next(1).truncate_body(0);
        assert_eq!(conditional(), 304);
        rule(&ghes).next(1).stall_body(0);
        assert_eq!(conditional(), 304);
    }
    ghes.on_every().next(1).truncate_body(1);
    let head = user(&ghes, "HEAD", "/authorizations", NONE);
    assert_eq!((head.status, head.text.as_str()), (200, ""));
}

#[test]
fn a_conditional_request_may_meet_any_fault() {
    let ghes = start();
    let tag = get(&ghes, "/authorizations");
    let tag = tag.header("etag").unwrap();
    let conditional = || {
        request(&ghes, "GET", "/authorizations")
            .basic_auth(USER, PASSWORD)
            .header("if-none-match", tag)
    };
    ghes.on_every().next(1).close_after_handling();
    assert_eq!(exchange(conditional()), "");
    ghes.on_every().next(1).maintenance();
    assert_eq!(send(conditional()).status, 503);
    ghes.on_every()
        .next(1)
        .respond_after_handling(CannedResponse::new(200).body("[]"));
    assert_eq!(send(conditional()).text, "[]");
    // The changed resource is sent, and truncated.
    create(&ghes, json!({ "note": "n" }));
    ghes.on_every().next(1).truncate_body(1);
    let received = exchange(conditional());
    assert!(received.starts_with("HTTP/1.1 200"), "{received}");
    assert!(received.ends_with("\r\n\r\n["), "{received}");
}

#[test]
fn a_chunked_body_is_truncated_within_a_chunk() {
    let ghes = builder().chunked().start().unwrap();
    let token = ghes.issue_token(APP, USER, &[]).unwrap();
    ghes.on(Operation::ResetToken).next(1).truncate_body(20);
    let received = exchange(reset(&ghes, &token));
    let (head, body) = received.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("Transfer-Encoding: chunked"), "{head}");
    let (_, chunk) = body.split_once("\r\n").unwrap();
    assert_eq!(chunk.trim_end().len(), 20, "{body:?}");
    assert!(!body.ends_with("0\r\n\r\n"), "{body:?}");
}
