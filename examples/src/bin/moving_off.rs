//! Finds out which operations a server has, and the replacements of deprecated ones.
//!
//! `cargo run --bin moving_off`
#![allow(
    clippy::print_stdout,
    reason = "an example talks to the person who runs it"
)]
#![allow(deprecated, reason = "it shows what becomes of deprecated calls")]

use ghes_oauth::{AccessToken, AppCredentials, DeprecationPolicy, GhesVersion, Operation, Server};
use ghes_oauth_fake::FakeGhes;
use std::error::Error;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let ghes = FakeGhes::builder()
        .version(3, 14)
        .app("Iv1.8a61f9b3a7aba766", "client-secret")
        .user("octocat", "password")
        .start()?;
    let token = AccessToken::new(
        ghes.issue_token("Iv1.8a61f9b3a7aba766", "octocat", &["repo"])
            .ok_or("unknown app or user")?,
    );
    let credentials = AppCredentials::new("Iv1.8a61f9b3a7aba766", "client-secret")?;

    let server = Server::builder(ghes.url())
        .ghes_version(GhesVersion::new(3, 14))
        .build()?;
    for operation in Operation::all()
        .iter()
        .filter(|operation| operation.deprecation().is_some())
    {
        let there = server.supports(operation) == Some(true);
        let instead = operation
            .deprecation()
            .and_then(|deprecation| deprecation.replaced_by())
            .map_or("the web flow", Operation::name);
        println!(
            "{:55} {:8} → {instead}",
            operation.name(),
            if there { "there" } else { "gone" }
        );
    }

    // Refused before anything is sent; the error names the replacement.
    if let Err(error) = server
        .oauth_app(credentials.clone())
        .check_authorization(&token)
        .await
    {
        println!("\n{error}");
    }
    let strict = Server::builder(ghes.url())
        .deprecation_policy(DeprecationPolicy::Deny)
        .build()?;
    if let Err(error) = strict
        .oauth_app(credentials)
        .check_authorization(&token)
        .await
    {
        println!("{error}");
    }
    Ok(())
}
