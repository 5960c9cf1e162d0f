//! What the test crates share: a server that keeps what arrives, and one call for each operation.

#![allow(
    dead_code,
    unused_imports,
    reason = "each test crate uses a part of this"
)]

mod operations;
mod recorder;

pub(crate) use operations::{Clients, Outcome, call};
pub(crate) use recorder::{Answer, Recorder, Request};

use ghes_oauth::{AccessToken, AppCredentials, Operation, UserCredentials};
use serde_json::Value;
use std::time::Duration;

/// The OAuth App of GitHub's samples.
pub(crate) const CLIENT_ID: &str = "Iv1.8a61f9b3a7aba766";
pub(crate) const CLIENT_SECRET: &str = "s3cret-of-the-test-app";
/// The token that GitHub's samples send.
pub(crate) const TOKEN: &str = "e72e16c7e42f292c6912e7710c838347ae178b4a";
/// The app that GitHub's samples of the Authorizations API name in paths and bodies.
pub(crate) const PERSONAL_APP: &str = "abcde12345fghij67890";
pub(crate) const PERSONAL_APP_SECRET: &str = "3ef4ad510c59ad37bac6bb4f80047fb3aee3cc7f";
pub(crate) const LOGIN: &str = "octocat";
pub(crate) const PASSWORD: &str = "correct horse: battery";
pub(crate) const OTP: &str = "135790";
pub(crate) const FINGERPRINT: &str = "jklmnop12345678";

/// Longer than any test here takes, on any machine.
const LONGEST: Duration = Duration::from_secs(300);

/// Runs one test, for a limited time.
pub(crate) fn run(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        tokio::time::timeout(LONGEST, test)
            .await
            .expect("the test takes too long")
    });
}

pub(crate) fn app_credentials() -> AppCredentials {
    AppCredentials::new(CLIENT_ID, CLIENT_SECRET)
}

pub(crate) fn user_credentials() -> UserCredentials {
    UserCredentials::new(LOGIN, PASSWORD)
}

pub(crate) fn token() -> AccessToken {
    AccessToken::new(TOKEN)
}

pub(crate) fn operation(id: &str) -> &'static Operation {
    Operation::all()
        .iter()
        .find(|operation| operation.id() == id)
        .unwrap_or_else(|| panic!("there is no operation {id}"))
}

pub(crate) fn deprecated() -> impl Iterator<Item = &'static Operation> {
    Operation::all()
        .iter()
        .copied()
        .filter(|operation| operation.deprecation().is_some())
}

/// GitHub's answer to what it does not find.
pub(crate) fn not_found() -> Answer {
    let url = "https://docs.github.com/rest";
    Answer::json(
        404,
        &serde_json::json!({ "message": "Not Found", "documentation_url": url }),
    )
}

/// GitHub's answer to credentials that it does not know.
pub(crate) fn bad_credentials() -> Answer {
    Answer::json(401, &serde_json::json!({ "message": "Bad credentials" }))
}

/// `value` without its `null` members, and without the empty `token` by which a server hides it.
pub(crate) fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let kept = members
                .iter()
                .filter(|(name, value)| !(value.is_null() || *name == "token" && *value == ""));
            kept.map(|(name, value)| (name.clone(), without_nulls(value)))
                .collect()
        }
        Value::Array(items) => items.iter().map(without_nulls).collect(),
        other => other.clone(),
    }
}
