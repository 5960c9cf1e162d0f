//! Which requests a rule applies to.

use crate::client::{NONE, TOKEN, USER, exchange, request, send, start, user};
use crate::faults::{reset, status};
use ghes_oauth_fake::{CannedResponse, Operation};
use std::thread;
use std::time::Duration;

#[test]
fn rules_skip_count_and_end() {
    let ghes = start();
    ghes.on(Operation::CheckToken)
        .skip(1)
        .next(2)
        .respond(CannedResponse::new(503));
    let statuses: Vec<u16> = (0..5).map(|_| status(&ghes)).collect();
    assert_eq!(statuses, [404, 503, 503, 404, 404]);

    ghes.on_every().respond(CannedResponse::new(500));
    assert_eq!((status(&ghes), status(&ghes)), (500, 500));
    ghes.clear_faults();
    assert_eq!(status(&ghes), 404);

    ghes.on_every()
        .for_time(Duration::from_millis(30))
        .maintenance();
    std::thread::sleep(Duration::from_millis(60));
    assert_eq!(status(&ghes), 404);
}

#[test]
fn a_closure_chooses_requests_and_makes_responses() {
    let ghes = std::sync::Arc::new(start());
    let inner = std::sync::Arc::downgrade(&ghes);
    ghes.on_request(|request| request.method() == "PUT")
        .respond(CannedResponse::new(418));
    ghes.on(Operation::CheckToken).respond_with(move |request| {
        assert_eq!(
            request.path_template(),
            Some("/applications/{client_id}/token")
        );
        // The fake can be used from within.
        let seen = inner.upgrade()?.received().len();
        (seen == 1).then(|| CannedResponse::new(500))
    });
    assert_eq!((status(&ghes), status(&ghes)), (500, 404));
    assert_eq!(user(&ghes, "PUT", "/nothing", NONE).status, 418);
    ghes.clear_faults();
    ghes.on_every()
        .next(1)
        .respond_with(|_| panic!("a test's mistake"));
    assert_eq!(
        exchange(reset(&ghes, "unknown")),
        "",
        "a panic costs its connection"
    );
    assert_eq!(status(&ghes), 404);
}

#[test]
fn a_closure_that_returns_nothing_leaves_the_request_to_the_next_rule() {
    let ghes = start();
    ghes.on(Operation::CheckToken)
        .next(2)
        .respond_with(|request| (request.method() == "GET").then(|| CannedResponse::new(500)));
    ghes.on(Operation::CheckToken)
        .next(1)
        .respond(CannedResponse::new(503));
    let statuses: Vec<u16> = (0..3).map(|_| status(&ghes)).collect();
    assert_eq!(statuses, [503, 404, 404]);
}

#[test]
fn a_count_holds_for_requests_that_arrive_at_once() {
    let ghes = start();
    ghes.on(Operation::CheckToken)
        .next(7)
        .respond(CannedResponse::new(503));
    let statuses: Vec<u16> = thread::scope(|scope| {
        let calls: Vec<_> = (0..40).map(|_| scope.spawn(|| status(&ghes))).collect();
        calls.into_iter().map(|call| call.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|&&status| status == 503).count(), 7);
    assert_eq!(statuses.iter().filter(|&&status| status == 404).count(), 33);
}

#[test]
fn a_rule_is_for_requests_that_name_a_token() {
    let ghes = start();
    let [chosen, other] = [&["repo"][..], &["user"]].map(|scopes| {
        let token = ghes.issue_token(crate::client::APP, USER, scopes);
        token.unwrap()
    });
    let wanted = chosen.clone();
    ghes.on_request(move |request| request.names_token(&wanted))
        .respond(CannedResponse::new(503));
    assert_eq!(send(reset(&ghes, &other)).status, 200);
    assert_eq!(send(reset(&ghes, &chosen)).status, 503);
    let by_path = |token: &str| {
        let path = TOKEN.replace("/token", &format!("/tokens/{token}"));
        send(request(&ghes, "GET", &path)).status
    };
    assert_eq!((by_path(&chosen), by_path("unknown")), (503, 404));
    let named: Vec<bool> = ghes
        .received()
        .iter()
        .map(|request| request.names_token(&chosen))
        .collect();
    assert_eq!(named, [false, true, true, false]);
}
