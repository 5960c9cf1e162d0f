//! The client against the fake: pages, conditions, expired one-time passwords, versions, batches, blocking calls.
#![allow(clippy::unwrap_used, reason = "a panic fails the test")]
#![allow(deprecated, reason = "the deprecated calls are called like the others")]

mod bad_moments;
mod batch;
#[cfg(feature = "blocking")]
mod blocking;
mod conditions;
mod every_version;
mod fake_readme;
mod github_com;
mod gone;
mod pages;
mod rotation;
mod tokens;

use ghes_oauth::{
    AccessToken, AppCredentials, Authorizations, OAuthApp, Server, ServerBuilder, UserCredentials,
};
use ghes_oauth_fake::{Builder, FakeGhes};
use std::time::Duration;

const CLIENT_ID: &str = "Iv1.8a61f9b3a7aba766";
const CLIENT_SECRET: &str = "client-secret";
const LOGIN: &str = "octocat";
const PASSWORD: &str = "password";

/// Runs one test, for a limited time.
fn run(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        tokio::time::timeout(Duration::from_secs(300), test)
            .await
            .expect("the test takes too long")
    });
}

/// Without GitHub's limit of ten tokens, so that a test can have as many as it needs.
fn ghes() -> Builder {
    FakeGhes::builder()
        .token_limit(None)
        .app(CLIENT_ID, CLIENT_SECRET)
        .user(LOGIN, PASSWORD)
}

fn app(ghes: &FakeGhes) -> OAuthApp {
    Server::new(ghes.url())
        .unwrap()
        .oauth_app(app_credentials())
}

fn user(ghes: &FakeGhes) -> Authorizations {
    Server::new(ghes.url())
        .unwrap()
        .authorizations(UserCredentials::new(LOGIN, PASSWORD).unwrap())
}

fn app_credentials() -> AppCredentials {
    AppCredentials::new(CLIENT_ID, CLIENT_SECRET).unwrap()
}

fn live_token(ghes: &FakeGhes) -> AccessToken {
    AccessToken::new(ghes.issue_token(CLIENT_ID, LOGIN, &["repo"]).unwrap())
}

/// A builder of the client for the fake's product, which the address of a fake of github.com does not show.
fn server_for(fake: &FakeGhes) -> ServerBuilder {
    let builder = Server::builder(fake.url());
    if fake.url().ends_with("/api/v3") {
        builder
    } else {
        builder.as_github()
    }
}
