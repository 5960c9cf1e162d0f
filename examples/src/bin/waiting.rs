//! A check without an async runtime, for a script or a command-line tool.
//!
//! `cargo run --bin waiting`
#![allow(
    clippy::print_stdout,
    reason = "an example talks to the person who runs it"
)]

use ghes_oauth::{AccessToken, AppCredentials, Server};
use ghes_oauth_fake::FakeGhes;
use std::error::Error;
use std::time::Duration;

fn main() -> Result<(), Box<dyn Error>> {
    let ghes = FakeGhes::builder()
        .app("Iv1.8a61f9b3a7aba766", "client-secret")
        .user("octocat", "password")
        .start()?;
    let token = AccessToken::new(
        ghes.issue_token("Iv1.8a61f9b3a7aba766", "octocat", &["repo"])
            .ok_or("unknown app or user")?,
    );
    let app = Server::new(ghes.url())?.oauth_app(AppCredentials::new(
        "Iv1.8a61f9b3a7aba766",
        "client-secret",
    )?);

    let response = app
        .check_token(&token)
        .timeout(Duration::from_secs(2))
        .wait_for_response()?;
    println!(
        "live: {}, by a GHES {:?}",
        response.value().is_some(),
        response
            .metadata()
            .ghes_version()
            .map(|version| version.to_string())
    );
    Ok(())
}
