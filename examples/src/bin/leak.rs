//! Answering a leak: thousands of suspicious tokens checked and revoked, none of them printed.
//!
//! `cargo run --bin leak`
#![allow(
    clippy::print_stdout,
    reason = "an example talks to the person who runs it"
)]

use ghes_oauth::{AccessToken, AppCredentials, Revocation, Server};
use ghes_oauth_fake::FakeGhes;
use std::error::Error;
use std::num::NonZeroUsize;

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

    // First of all: are address and credentials right? Otherwise every token would look dead.
    app.preflight().await?;
    let at_once = NonZeroUsize::new(8).ok_or("eight is not zero")?;
    let results = app.delete_tokens(suspicious, at_once).await;
    let count = |wanted| {
        results
            .iter()
            .filter(|result| matches!(result, Ok(found) if *found == wanted))
            .count()
    };
    println!(
        "{} revoked, {} dead before",
        count(Revocation::Revoked),
        count(Revocation::NotLive)
    );
    for (index, error) in results
        .iter()
        .enumerate()
        .filter_map(|(index, result)| Some((index, result.as_ref().err()?)))
    {
        println!("token {index}: {error}");
    }
    Ok(())
}
