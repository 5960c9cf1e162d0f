//! Faults of one request.

use crate::client::{
    APP, PASSWORD, SECRET, TOKEN, USER, address, basic, exchange, get, send, start,
};
use crate::faults::{reset, wait_until};
use ghes_oauth_fake::{CannedResponse, Operation};
use serde_json::json;
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

#[test]
fn a_connection_closes_before_or_after_the_operation_is_performed() {
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
        assert!(!ghes.is_live(&token), "the operation was performed");
    }
    let token = ghes.issue_token(APP, USER, &[]).unwrap();
    ghes.on(Operation::ResetToken)
        .next(1)
        .truncate_body(1_000_000);
    assert!(send(reset(&ghes, &token)).json()["token"].is_string());
}

#[test]
fn a_body_stalls_and_no_other_connection_does() {
    let ghes = start();
    ghes.on(Operation::ListAuthorizations).next(1).stall_body(1);
    let mut stream = TcpStream::connect(address(&ghes)).unwrap();
    let credentials = basic(USER, PASSWORD);
    write!(
        stream,
        "GET /api/v3/authorizations HTTP/1.1\r\nHost: x\r\nUser-Agent: plain\r\nAuthorization: {credentials}\r\n\r\n"
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
    assert_eq!(get(&ghes, "/authorizations").status, 200);
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

    // The client gives up: the reset is still performed.
    let token = ghes.issue_token(APP, USER, &[]).unwrap();
    ghes.on(Operation::ResetToken)
        .next(1)
        .delay(Duration::from_millis(50));
    let mut stream = TcpStream::connect(address(&ghes)).unwrap();
    let body = json!({ "access_token": token }).to_string();
    let credentials = basic(APP, SECRET);
    write!(
        stream,
        "PATCH /api/v3{TOKEN} HTTP/1.1\r\nHost: x\r\nUser-Agent: plain\r\nAuthorization: {credentials}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    wait_until(|| ghes.received().len() == 2);
    drop(stream);
    wait_until(|| !ghes.is_live(&token));
}
