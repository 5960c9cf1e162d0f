//! Fault injection.

use crate::client::{APP, Request, SECRET, app, request};
use ghes_oauth_fake::FakeGhes;
use serde_json::json;
use std::time::{Duration, Instant};

mod moments;
mod operations;
mod rules;
mod server;
mod together;

fn path() -> String {
    format!("/applications/{APP}/token")
}

/// A reset of the token, whose response a test reads byte by byte.
fn reset(ghes: &FakeGhes, token: &str) -> Request {
    request(ghes, "PATCH", &path())
        .basic_auth(APP, SECRET)
        .json(json!({ "access_token": token }))
}

fn check(ghes: &FakeGhes) -> u16 {
    app(ghes, "POST", &path(), json!({ "access_token": "unknown" })).status
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
