//! All of a user's authorizations, page by page, with one-time passwords, and without fetching an unchanged page again.
//!
//! `cargo run --bin pages`
#![allow(
    clippy::print_stdout,
    reason = "an example talks to the person who runs it"
)]
#![allow(
    deprecated,
    reason = "the list has no successor; ghes_oauth::guide says what takes the API's place"
)]

use ghes_oauth::{AccessToken, Conditional, OneTimePassword, Server, UserCredentials};
use ghes_oauth_fake::{FakeGhes, OtpDelivery};
use std::error::Error;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let builder = FakeGhes::builder()
        .token_limit(None)
        .app("Iv1.8a61f9b3a7aba766", "client-secret");
    let ghes = builder
        .user_with_otp("octocat", "password", "123456", OtpDelivery::App)
        .start()?;
    let tokens: Vec<String> = (0..250)
        .filter_map(|_| ghes.issue_token("Iv1.8a61f9b3a7aba766", "octocat", &["repo"]))
        .collect();

    // An authenticator app, or a prompt: it is asked for each page.
    let credentials = UserCredentials::new("octocat", "password")?
        .otp_from(async |_| Ok(OneTimePassword::new("123456")));
    let mine = Server::new(ghes.url())?.authorizations(credentials);

    let mut items = mine.list_authorizations().items();
    let mut count = 0;
    while let Some(authorization) = items.next().await {
        authorization?;
        count += 1;
    }
    println!("{count} authorizations");

    let first = mine.list_authorizations().per_page(1).send().await?;
    let tag = first.metadata().etag().ok_or("no entity tag")?;
    match mine
        .list_authorizations()
        .per_page(1)
        .if_none_match(tag)
        .await?
    {
        Conditional::Modified(page) => println!("the list has changed: {:?}", page.next),
        Conditional::NotModified => println!("the list is unchanged"),
    }

    let token = AccessToken::new(tokens.last().ok_or("no token")?.as_str());
    let found = mine
        .find_authorization(&token)
        .await?
        .map(|authorization| authorization.id.get());
    println!(
        "a {:?} token that ends in {} belongs to authorization {found:?}",
        token.kind(),
        token.last_eight()
    );
    Ok(())
}
