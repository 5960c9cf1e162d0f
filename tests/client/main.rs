//! The client against the stand-in: pages, conditions, codes that expire, versions, many tokens, waiting without a runtime.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(deprecated, reason = "the deprecated calls are called like the others")]

#[cfg(feature = "blocking")]
mod blocking;
mod conditions;
mod every_version;
mod github_com;
mod gone;
mod pages;
mod tokens;

use ghes_oauth::stand_in::{Builder, StandIn};
use ghes_oauth::{AccessToken, AppCredentials, Authorizations, OAuthApp, Server, UserCredentials};
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

fn ghes() -> Builder {
    StandIn::builder()
        .app(CLIENT_ID, CLIENT_SECRET)
        .user(LOGIN, PASSWORD)
}

fn app(ghes: &StandIn) -> OAuthApp {
    Server::enterprise(ghes.url())
        .unwrap()
        .oauth_app(app_credentials())
}

fn user(ghes: &StandIn) -> Authorizations {
    Server::enterprise(ghes.url())
        .unwrap()
        .authorizations(UserCredentials::new(LOGIN, PASSWORD))
}

fn app_credentials() -> AppCredentials {
    AppCredentials::new(CLIENT_ID, CLIENT_SECRET)
}

fn live_token(ghes: &StandIn) -> AccessToken {
    AccessToken::new(ghes.issue_token(CLIENT_ID, LOGIN, &["repo"]).unwrap())
}
