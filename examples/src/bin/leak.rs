//! Responds to a leak: checks and revokes thousands of suspicious tokens, and prints none of them.
//!
//! `cargo run --bin leak`
#![allow(
    clippy::print_stdout,
    reason = "an example talks to the person who runs it"
)]

use ghes_oauth::{AccessToken, AppCredentials, Revocation, Server};
use ghes_oauth_fake::FakeGhes;
use std::error::Error;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let ghes = FakeGhes::builder()
        .token_limit(None)
        .app("Iv1.8a61f9b3a7aba766", "client-secret")
        .user("octocat", "password")
        .start()?;
    let app = Server::new(ghes.url())?.oauth_app(AppCredentials::new(
        "Iv1.8a61f9b3a7aba766",
        "client-secret",
    )?);
    let live =
        (0..1000).filter_map(|_| ghes.issue_token("Iv1.8a61f9b3a7aba766", "octocat", &["repo"]));
    let suspicious: Vec<AccessToken> = live
        .chain(["gho_expired".to_owned(), "not a token\n".to_owned()])
        .map(AccessToken::new)
        .collect();

    // With a wrong address or wrong credentials no response would mean anything.
    app.preflight().await?;
    let (mut revoked, mut not_live) = (0, 0);
    let mut results = app.delete_tokens(suspicious).concurrency(8);
    while let Some((index, result)) = results.next().await {
        match result {
            Ok(Revocation::Revoked) => revoked += 1,
            Ok(Revocation::NotLive | Revocation::NotLiveAfterRetry) => not_live += 1,
            Ok(other) => println!("token {index}: {other:?}"),
            Err(error) => println!("token {index}: {error}"),
        }
    }
    println!("{revoked} revoked, {not_live} were not live tokens of this app");
    Ok(())
}
