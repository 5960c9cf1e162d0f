//! Bad moments on request.

use crate::client::{
    APP, Request, SECRET, USER, app, builder, exchange, request, send, start, user,
};
use ghes_oauth_fake::{CannedResponse, FakeGhes, Operation};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const NONE: Value = Value::Null;

fn path() -> String {
    format!("/applications/{APP}/token")
}

/// A reset of the token, which makes its response be looked at byte by byte.
fn reset(ghes: &FakeGhes, token: &str) -> Request {
    request(ghes, "PATCH", &path())
        .basic_auth(APP, SECRET)
        .json(json!({ "access_token": token }))
}

fn check(ghes: &FakeGhes) -> u16 {
    app(ghes, "POST", &path(), json!({ "access_token": "dead" })).status
}

#[test]
fn a_connection_closes_before_or_after_the_operation_is_carried_out() {
    let ghes = start();
    let token = ghes.issue_token(APP, USER, &[]).unwrap();
    ghes.on(Operation::ResetToken)
        .next(1)
        .close_before_handling();
    assert_eq!(exchange(reset(&ghes, &token)), "");
    assert!(ghes.is_live(&token));
    assert_eq!(ghes.times(Operation::ResetToken), 0);

    ghes.on(Operation::ResetToken)
        .next(1)
        .close_after_handling();
    assert_eq!(exchange(reset(&ghes, &token)), "");
    assert!(!ghes.is_live(&token));
    assert_eq!(ghes.times(Operation::ResetToken), 1);
    assert_eq!(
        send(reset(&ghes, &token)).status,
        404,
        "the rule was for one request"
    );
}

#[test]
fn any_response_comes_instead_of_the_operation_s_or_after_it() {
    let ghes = start();
    let token = ghes.issue_token(APP, USER, &[]).unwrap();
    let gateway = || {
        CannedResponse::new(502)
            .header("content-type", "text/html")
            .header("retry-after", "1")
            .header("content-length", "9")
            .body("<h1>Bad gateway</h1>")
    };
    ghes.on(Operation::ResetToken).next(1).respond(gateway());
    let reply = send(reset(&ghes, &token));
    assert_eq!(
        (reply.status, reply.text.as_str()),
        (502, "<h1>Bad gateway</h1>")
    );
    assert_eq!(reply.header("retry-after"), Some("1"));
    assert_eq!(
        reply.header("x-github-request-id"),
        None,
        "it is sent as it is"
    );
    assert!(ghes.is_live(&token));

    ghes.on(Operation::ResetToken)
        .next(1)
        .respond_after_handling(gateway());
    assert_eq!(send(reset(&ghes, &token)).status, 502);
    assert!(!ghes.is_live(&token));
}

#[test]
fn a_body_is_truncated_at_any_byte() {
    let ghes = start();
    let whole = {
        let token = ghes.issue_token(APP, USER, &[]).unwrap();
        send(reset(&ghes, &token)).text
    };
    for bytes in [0, 1, whole.len() / 2, whole.len() - 1] {
        let token = ghes.issue_token(APP, USER, &[]).unwrap();
        ghes.on(Operation::ResetToken).next(1).truncate_body(bytes);
        let received = exchange(reset(&ghes, &token));
        let (head, body) = received.split_once("\r\n\r\n").unwrap();
        assert_eq!(body.len(), bytes, "{received}");
        let announced = head
            .lines()
            .find_map(|line| line.strip_prefix("Content-Length: "));
        assert!(announced.unwrap().parse::<usize>().unwrap() > bytes);
        assert!(!ghes.is_live(&token), "the operation was carried out");
    }
    let token = ghes.issue_token(APP, USER, &[]).unwrap();
    ghes.on(Operation::ResetToken)
        .next(1)
        .truncate_body(1_000_000);
    assert!(send(reset(&ghes, &token)).json()["token"].is_string());
}

#[test]
fn a_body_stalls_and_no_other_connection_does() {
    use std::io::{ErrorKind, Read as _, Write as _};
    let ghes = start();
    ghes.on(Operation::ListAuthorizations).next(1).stall_body(1);
    let address = ghes.web_url().trim_start_matches("http://").to_owned();
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    let credentials = "b2N0b2NhdDpjb3JyZWN0IGhvcnNlOiBiYXR0ZXJ5";
    write!(
        stream,
        "GET /api/v3/authorizations HTTP/1.1\r\nHost: x\r\nUser-Agent: plain\r\nAuthorization: Basic {credentials}\r\n\r\n"
    )
    .unwrap();
    let mut received = String::new();
    while !received.contains("\r\n\r\n[") {
        let mut bytes = [0; 4096];
        let length = stream.read(&mut bytes).unwrap();
        assert!(length > 0, "{received}");
        received.push_str(std::str::from_utf8(&bytes[..length]).unwrap());
    }
    stream
        .set_read_timeout(Some(Duration::from_millis(50)))
        .unwrap();
    let error = stream.read(&mut [0]).unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
        "{error}"
    );
    assert_eq!(user(&ghes, "GET", "/authorizations", NONE).status, 200);
}

#[test]
fn rules_skip_count_and_end() {
    let ghes = start();
    ghes.on(Operation::CheckToken)
        .skip(1)
        .next(2)
        .respond(CannedResponse::new(503));
    let statuses: Vec<u16> = (0..5).map(|_| check(&ghes)).collect();
    assert_eq!(statuses, [404, 503, 503, 404, 404]);

    ghes.on_every().respond(CannedResponse::new(500));
    assert_eq!((check(&ghes), check(&ghes)), (500, 500));
    ghes.clear_faults();
    assert_eq!(check(&ghes), 404);

    ghes.on_every()
        .for_time(Duration::from_millis(30))
        .maintenance();
    std::thread::sleep(Duration::from_millis(60));
    assert_eq!(check(&ghes), 404);
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
    assert_eq!((check(&ghes), check(&ghes)), (500, 404));
    assert_eq!(user(&ghes, "PUT", "/nothing", NONE).status, 418);
    ghes.clear_faults();
    ghes.on_every()
        .next(1)
        .respond_with(|_| panic!("a test's mistake"));
    assert_eq!(
        exchange(reset(&ghes, "dead")),
        "",
        "a panic costs its connection"
    );
    assert_eq!(check(&ghes), 404);
}

#[test]
fn a_delay_does_not_end_with_the_client() {
    let ghes = start();
    let token = ghes.issue_token(APP, USER, &[]).unwrap();
    ghes.on(Operation::ResetToken)
        .next(1)
        .delay(Duration::from_millis(100));
    let started = Instant::now();
    assert_eq!(send(reset(&ghes, &token)).status, 200);
    assert!(started.elapsed() >= Duration::from_millis(100));

    // A client that gives up: the reset is carried out all the same.
    let token = ghes.issue_token(APP, USER, &[]).unwrap();
    ghes.on(Operation::ResetToken)
        .next(1)
        .delay(Duration::from_millis(50));
    use std::io::Write as _;
    let address = ghes.web_url().trim_start_matches("http://").to_owned();
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    let body = json!({ "access_token": token }).to_string();
    let credentials = {
        use base64::Engine as _;
        base64::engine::general_purpose::STANDARD.encode(format!("{APP}:{SECRET}"))
    };
    write!(
        stream,
        "PATCH /api/v3{} HTTP/1.1\r\nHost: x\r\nUser-Agent: plain\r\nAuthorization: Basic {credentials}\r\nContent-Length: {}\r\n\r\n{body}",
        path(),
        body.len()
    )
    .unwrap();
    wait_until(|| ghes.received().len() == 2);
    drop(stream);
    wait_until(|| !ghes.is_live(&token));
}

fn wait_until(condition: impl Fn() -> bool) {
    let started = Instant::now();
    while !condition() {
        assert!(
            started.elapsed() < Duration::from_secs(60),
            "it never comes true"
        );
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn rate_limits_last_for_milliseconds() {
    let ghes = start();
    ghes.on_every()
        .secondary_rate_limit(Duration::from_millis(1));
    let reply = app(&ghes, "POST", &path(), json!({ "access_token": "dead" }));
    assert_eq!(
        (reply.status, reply.header("retry-after").is_some()),
        (403, true)
    );
    assert!(reply.refusal().1.contains("secondary rate limit"));
    std::thread::sleep(Duration::from_millis(5));
    assert_eq!(check(&ghes), 404, "whoever waits is served");

    ghes.on_every()
        .next(1)
        .primary_rate_limit(Duration::from_secs(90));
    let reply = app(&ghes, "POST", &path(), json!({ "access_token": "dead" }));
    assert_eq!(
        (reply.status, reply.header("x-ratelimit-remaining")),
        (403, Some("0"))
    );
    let reset: u64 = reply.header("x-ratelimit-reset").unwrap().parse().unwrap();
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap();
    assert!((60..=91).contains(&(reset - now.as_secs())));
    assert_eq!(check(&ghes), 404);

    let ghes = builder()
        .rate_limit(1)
        .rate_limit_window(Duration::from_millis(1))
        .start()
        .unwrap();
    assert_eq!(check(&ghes), 404);
    std::thread::sleep(Duration::from_millis(5));
    assert_eq!(check(&ghes), 404, "another window");
    ghes.set_rate_limit(1, Duration::from_secs(60));
    assert_eq!((check(&ghes), check(&ghes)), (404, 403));
}

#[test]
fn a_server_is_maintained_and_comes_back_as_another_version() {
    let ghes = builder().version(3, 3).start().unwrap();
    let token = ghes.issue_token(APP, USER, &[]).unwrap();
    let by_path = format!("/applications/{APP}/tokens/{token}");
    assert_eq!(app(&ghes, "GET", &by_path, NONE).status, 200);
    ghes.on_every().maintenance();
    let page = app(&ghes, "GET", &by_path, NONE);
    assert_eq!(
        (page.status, page.header("content-type")),
        (503, Some("text/html; charset=utf-8"))
    );
    ghes.upgrade(3, 14);
    ghes.clear_faults();
    let gone = app(&ghes, "GET", &by_path, NONE);
    assert_eq!(
        (gone.status, gone.header("x-github-enterprise-version")),
        (404, Some("3.14.0"))
    );
    let reply = app(&ghes, "POST", &path(), json!({ "access_token": token }));
    assert_eq!(reply.status, 200, "the tokens are still there");
    assert_eq!(
        reply.header("x-github-api-version-selected"),
        Some("2022-11-28")
    );
}
