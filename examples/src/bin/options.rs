//! A client with other options, a response's metadata, and how a response is stored.
//!
//! `cargo run --bin options`
#![allow(
    clippy::print_stdout,
    reason = "an example talks to the person who runs it"
)]

use ghes_oauth::{AccessToken, AppCredentials, Exposed, Redacted, RetryPolicy, Server};
use ghes_oauth_fake::FakeGhes;
use std::error::Error;
use std::time::Duration;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let ghes = FakeGhes::builder()
        .app("Iv1.8a61f9b3a7aba766", "client-secret")
        .user("octocat", "password")
        .rate_limit(5000)
        .start()?;
    let token = AccessToken::new(
        ghes.issue_token("Iv1.8a61f9b3a7aba766", "octocat", &["repo"])
            .ok_or("unknown app or user")?,
    );

    let server = Server::builder(ghes.url())
        .user_agent("token-janitor/1.4")
        .timeout(Duration::from_secs(10)) // of a call, retries included
        .max_in_flight(32)
        .retry(RetryPolicy::default().wait_for_rate_limits(Duration::from_secs(90)))
        .configure(|http| http.pool_idle_timeout(Duration::from_secs(5))) // anything else that reqwest can set
        .build()?;
    let app = server.oauth_app(AppCredentials::new(
        "Iv1.8a61f9b3a7aba766",
        "client-secret",
    )?);

    println!(
        "a {:?} token; its checksum: {:?}",
        token.kind(),
        token.checksum_matches()
    );
    let response = app
        .check_token(&token)
        .timeout(Duration::from_secs(2))
        .send()
        .await?;
    let metadata = response.metadata();
    println!(
        "status {}, by GHES {}",
        metadata.status(),
        metadata
            .ghes_version()
            .map_or("?".to_owned(), |version| version.to_string())
    );
    println!(
        "{:?} requests are left, deprecated: {:?}",
        metadata.rate_limit().and_then(|limit| limit.remaining),
        metadata.deprecation()
    );

    // A type that can hold a token serializes only in one of two wrappers; otherwise the program does not compile.
    let authorization = response
        .into_value()
        .ok_or("not a live token of this app")?;
    println!(
        "for a log: {}",
        serde_json::to_string(&Redacted(&authorization))?
    );
    let stored = serde_json::to_string(&Exposed(&authorization))?;
    println!(
        "with its secrets: {} bytes, for where they are safe",
        stored.len()
    );
    Ok(())
}
