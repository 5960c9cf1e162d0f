//! Fault injection.

use crate::client::{APP, Request, SECRET, TOKEN, check, request};
use ghes_oauth_fake::FakeGhes;
use serde_json::json;
use std::time::{Duration, Instant};

mod moments;
mod operations;
mod rules;
mod server;
mod together;

/// A reset of the token, whose response a test reads byte by byte.
fn reset(ghes: &FakeGhes, token: &str) -> Request {
    request(ghes, "PATCH", TOKEN)
        .basic_auth(APP, SECRET)
        .json(json!({ "access_token": token }))
}

/// The status of a check, of an unknown token.
fn status(ghes: &FakeGhes) -> u16 {
    check(ghes, "unknown").status
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
