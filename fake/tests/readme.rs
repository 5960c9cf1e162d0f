//! The test that the README shows.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ghes_oauth_fake::{FakeGhes, Operation};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

#[test]
fn a_lost_response_is_noticed() {
    let ghes = FakeGhes::builder()
        .version(3, 16)
        .app("Iv1.8a61f9b3a7aba766", "client-secret")
        .user("octocat", "password")
        .start()
        .expect("a port of 127.0.0.1 is free");
    let token = ghes
        .issue_token("Iv1.8a61f9b3a7aba766", "octocat", &["repo"])
        .expect("app and user are known");

    // GitHub resets the token, and the connection closes before the response.
    ghes.on(Operation::ResetToken)
        .next(1)
        .close_after_handling();
    rotate(ghes.url(), &token); // the code under test

    assert!(!ghes.is_live(&token));
    // No second reset was sent.
    ghes.assert_received(&[Operation::ResetToken, Operation::CheckToken]);
}

/// A program that resets a token and, where it gets no response, asks whether the old one is still live.
fn rotate(api: &str, token: &str) {
    if send(api, "PATCH", token).is_empty() {
        assert!(send(api, "POST", token).starts_with("HTTP/1.1 404"));
    }
}

fn send(api: &str, method: &str, token: &str) -> String {
    let (address, base) = api
        .trim_start_matches("http://")
        .split_once('/')
        .expect("a GHES has its API below its address");
    let credentials = STANDARD.encode("Iv1.8a61f9b3a7aba766:client-secret");
    let body = format!("{{\"access_token\":\"{token}\"}}");
    let mut stream = TcpStream::connect(address).expect("it listens");
    write!(
        stream,
        "{method} /{base}/applications/Iv1.8a61f9b3a7aba766/token HTTP/1.1\r\nHost: {address}\r\nUser-Agent: readme\r\n\
         Connection: close\r\nAuthorization: Basic {credentials}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .expect("it reads");
    let mut response = String::new();
    drop(stream.read_to_string(&mut response));
    response
}

#[test]
fn the_readme_shows_this_test() {
    let readme = include_str!("../README.md");
    let (_, rest) = readme.split_once("#[test]\n").expect("it shows a test");
    let (shown, _) = rest.split_once("```").expect("the test ends");
    assert!(include_str!("readme.rs").contains(shown), "{shown}");
}
