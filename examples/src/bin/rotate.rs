//! Replaces a token without losing the new one, if the network fails or this program's future is dropped.
//!
//! `cargo run --bin rotate`
#![allow(
    clippy::print_stdout,
    reason = "an example talks to the person who runs it"
)]

use ghes_oauth::{AccessToken, AppCredentials, Outcome, Server};
use ghes_oauth_fake::FakeGhes;
use std::error::Error;
use std::time::Duration;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let ghes = FakeGhes::builder()
        .app("Iv1.8a61f9b3a7aba766", "client-secret")
        .user("octocat", "password")
        .start()?;
    let old = AccessToken::new(
        ghes.issue_token("Iv1.8a61f9b3a7aba766", "octocat", &["repo"])
            .ok_or("unknown app or user")?,
    );
    let app = Server::new(ghes.url())?.oauth_app(AppCredentials::new(
        "Iv1.8a61f9b3a7aba766",
        "client-secret",
    )?);

    // The vault gets the new token first, even if the caller has given up.
    let (to_vault, vault) = tokio::sync::oneshot::channel();
    let reset = app
        .reset_token(&old)
        .deliver_to(move |token| drop(to_vault.send(token)));
    match tokio::time::timeout(Duration::from_nanos(1), reset.into_future()).await {
        Ok(Ok(issued)) => println!("in time: authorization {}", issued.authorization.id),
        // Truncated after the token: the vault has it.
        Ok(Err(error)) if error.recovered_token().is_some() => println!("{error}"),
        Ok(Err(error)) if error.outcome() == Outcome::Unknown => {
            return match app.check_token(&old).await? {
                Some(_) => Err("nothing happened so far: reset again later".into()),
                None => Err("the new token is lost: the user must authorize the app again".into()),
            };
        }
        Ok(Err(error)) => return Err(error.into()),
        Err(_) => println!("gave up waiting; the reset continues"),
    }
    let fresh = vault.await?;
    println!(
        "the vault has {fresh:?}, which is {}",
        if app.check_token(&fresh).await?.is_some() {
            "live"
        } else {
            "not live"
        }
    );
    Ok(())
}
