//! Where a request begins and ends: ambiguous framing, pipelining, old and other versions of HTTP.

use crate::client::{APP, PASSWORD, USER, address, basic, exchange_raw, get, start};
use ghes_oauth_fake::FakeGhes;

/// Sends the bytes on one connection and returns everything until the fake closes it.
fn raw(ghes: &FakeGhes, text: &str) -> String {
    let address = address(ghes);
    exchange_raw(address, text.as_bytes())
}

fn head(line: &str) -> String {
    let credentials = basic(USER, PASSWORD);
    format!("{line}\r\nHost: x\r\nUser-Agent: x\r\nAuthorization: {credentials}\r\n")
}

/// Returns the statuses of all responses.
fn statuses(received: &str) -> Vec<&str> {
    let lines = received.split("HTTP/1.").skip(1);
    lines.map(|response| &response[2..5]).collect()
}

#[test]
fn no_request_hides_in_another() {
    let ghes = start();
    let hidden = "GET /api/v3/hidden HTTP/1.1\r\nHost: x\r\nUser-Agent: x\r\n\r\n";
    let framings = [
        format!(
            "Content-Length: {}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{hidden}",
            hidden.len() + 5
        ),
        format!("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n{hidden}"),
        format!(
            "Content-Length: 0\r\nContent-Length: {}\r\n\r\n{hidden}",
            hidden.len()
        ),
        format!("Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n{hidden}"),
        format!("Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n{hidden}"),
        format!("Content-Length: +0\r\n\r\n{hidden}"),
        format!("Content-Length : 0\r\n\r\n{hidden}"),
    ];
    for framing in framings {
        let text = format!("POST /api/v3/seen HTTP/1.1\r\nHost: x\r\nUser-Agent: x\r\n{framing}");
        let received = raw(&ghes, &text);
        let responses = received.matches("HTTP/1.1 ").count();
        assert!(responses <= 1, "{framing:?}: {received}");
        assert!(
            !received.starts_with("HTTP/1.1 2"),
            "{framing:?}: {received}"
        );
    }
}

#[test]
fn two_lengths_a_folded_line_and_a_space_before_the_colon_are_refused() {
    let ghes = start();
    for fields in [
        "Content-Length: 0\r\nContent-Length: 2\r\n\r\n{}",
        "Content-Length: 0, 2\r\n\r\n{}",
        "Content-Length: -1\r\n\r\n",
        "Content-Length: 99999999999999999999\r\n\r\n",
        "X-Folded: a\r\n b\r\n\r\n",
        "X-Spaced : a\r\n\r\n",
        "X-Return: a\rb\r\n\r\n",
        "X-Null: a\0b\r\n\r\n",
        "Transfer-Encoding: gzip\r\n\r\n",
    ] {
        let request = head("POST /api/v3/authorizations HTTP/1.1");
        let received = raw(&ghes, &format!("{request}{fields}"));
        assert_eq!(statuses(&received), ["400"], "{fields:?}: {received}");
    }
    assert_eq!(get(&ghes, "/authorizations").status, 200);
}

/// RFC 9112, section 2.2, lets a server read a line feed alone as the end of a line.
#[test]
fn a_line_feed_alone_ends_a_line_and_hides_no_request() {
    let ghes = start();
    let line = head("GET /api/v3/applications/grants HTTP/1.1");
    let received = raw(
        &ghes,
        &format!("{line}Connection: close\r\n\r\n").replace('\r', ""),
    );
    assert_eq!(statuses(&received), ["200"], "{received}");

    let hidden = "GET /api/v3/hidden HTTP/1.1\r\nHost: x\r\nUser-Agent: x\r\n\r\n";
    let post = "POST /api/v3/seen HTTP/1.1\r\nHost: x\r\nUser-Agent: x\r\n";
    for framing in [
        format!("X-Fed: a\n{hidden}"),
        format!("Transfer-Encoding: chunked\r\n\r\n0\n\n{hidden}"),
        format!("Transfer-Encoding: chunked\r\n\r\n2\n{{}}\r\n0\r\n\r\n{hidden}"),
    ] {
        let received = raw(&ghes, &format!("{post}{framing}"));
        assert!(statuses(&received).len() <= 1, "{framing:?}: {received}");
        assert!(!received.contains("hidden"), "{framing:?}: {received}");
    }
}

#[test]
fn a_chunked_body_is_read_with_any_extensions_and_trailers() {
    let ghes = start();
    let request = head("POST /api/v3/authorizations HTTP/1.1");
    let begin = format!("{request}Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (body, status) in [
        ("c\r\n{\"note\":\"a\"}\r\n0\r\n\r\n", "201"),
        (
            "C;name=value;other\r\n{\"note\":\"b\"}\r\n0;x\r\n\r\n",
            "201",
        ),
        ("c\r\n{\"note\":\"c\"}\r\n0\r\nX-Trailer: 1\r\n\r\n", "201"),
    ] {
        let received = raw(&ghes, &format!("{begin}{body}"));
        assert_eq!(statuses(&received), [status], "{body:?}: {received}");
    }
    let extension = "x".repeat(1024 * 1024);
    for body in [
        format!("2;{extension}\r\n{{}}\r\n0\r\n\r\n"),
        "fffffffffffffffff\r\n{}".to_owned(),
        "-2\r\n{}\r\n0\r\n\r\n".to_owned(),
        "2\r\n{}0\r\n\r\n".to_owned(),
    ] {
        let received = raw(&ghes, &format!("{begin}{body}"));
        assert!(!received.contains("HTTP/1.1 2"), "{received}");
    }
    assert_eq!(ghes.live().len(), 3);
}

#[test]
fn credentials_in_a_trailer_are_ignored() {
    let ghes = start();
    let credentials = basic(USER, PASSWORD);
    let received = raw(
        &ghes,
        &format!(
            "GET /api/v3/authorizations HTTP/1.1\r\nHost: x\r\nUser-Agent: x\r\nConnection: close\r\n\
             Transfer-Encoding: chunked\r\n\r\n0\r\nAuthorization: {credentials}\r\n\r\n"
        ),
    );
    assert_eq!(statuses(&received), ["401"], "{received}");
}

#[test]
fn pipelined_requests_get_their_responses_in_order() {
    let ghes = start();
    let nothing = "GET /api/v3/nothing HTTP/1.1\r\nHost: x\r\nUser-Agent: x\r\n\r\n";
    let list = head("GET /api/v3/authorizations HTTP/1.1");
    let received = raw(
        &ghes,
        &format!("{list}\r\n{nothing}{list}\r\n{nothing}{list}Connection: close\r\n\r\n{nothing}"),
    );
    assert_eq!(statuses(&received), ["200", "404", "200", "404", "200"]);
}

#[test]
fn http_1_0_needs_no_host_and_keeps_no_connection() {
    let ghes = start();
    let credentials = basic(USER, PASSWORD);
    let fields = format!("User-Agent: x\r\nAuthorization: {credentials}\r\n");
    let received = raw(
        &ghes,
        &format!("GET /api/v3/authorizations HTTP/1.0\r\n{fields}\r\n"),
    );
    assert_eq!(statuses(&received), ["200"]);
    assert!(!received.contains("Transfer-Encoding"), "{received}");
    assert!(received.ends_with("[]"), "{received}");
}

#[test]
fn a_client_that_waits_for_100_gets_it() {
    let ghes = start();
    let request = head("POST /api/v3/authorizations HTTP/1.1");
    let body = "{\"note\":\"n\"}";
    let received = raw(
        &ghes,
        &format!(
            "{request}Expect: 100-continue\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        ),
    );
    assert_eq!(statuses(&received), ["100", "201"], "{received}");
}

#[test]
fn a_head_has_the_length_of_the_get_and_no_body() {
    let ghes = start();
    ghes.issue_token(APP, USER, &[]).unwrap();
    let request = head("HEAD /api/v3/authorizations HTTP/1.1");
    let received = raw(&ghes, &format!("{request}Connection: close\r\n\r\n"));
    let (fields, body) = received.split_once("\r\n\r\n").unwrap();
    assert_eq!((statuses(&received), body), (vec!["200"], ""));
    let length = get(&ghes, "/authorizations").text.len();
    assert!(
        fields.contains(&format!("Content-Length: {length}")),
        "{fields}"
    );
}

#[test]
fn http_2_is_not_spoken_and_not_mistaken_for_http_1() {
    let ghes = start();
    let preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u{4}\0\0\0\0\0";
    let received = raw(&ghes, preface);
    assert!(
        received.is_empty() || statuses(&received) == ["400"],
        "{received}"
    );
    // A client that offers HTTP/2 gets its response in HTTP/1.1.
    let request = head("GET /api/v3/authorizations HTTP/1.1");
    let received = raw(
        &ghes,
        &format!(
            "{request}Connection: close, Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n"
        ),
    );
    assert_eq!(statuses(&received), ["200"], "{received}");
}

#[test]
fn other_forms_of_a_target_are_paths_or_nothing() {
    let ghes = start();
    for (line, status) in [
        ("GET http://other/api/v3/authorizations HTTP/1.1", "200"),
        ("GET http://other HTTP/1.1", "404"),
        ("OPTIONS * HTTP/1.1", "404"),
        ("CONNECT other:443 HTTP/1.1", "404"),
        ("TRACE /api/v3/authorizations HTTP/1.1", "404"),
        ("gEt /api/v3/authorizations HTTP/1.1", "404"),
    ] {
        let received = raw(&ghes, &format!("{}Connection: close\r\n\r\n", head(line)));
        assert_eq!(statuses(&received), [status], "{line}: {received}");
    }
}
