//! Code that the tests share: a server that records requests, and the table of calls.
#![allow(
    missing_docs,
    missing_debug_implementations,
    reason = "for the tests of this repository alone"
)]

mod calls;
mod log;
mod outcome;
mod recorder;

pub use calls::{Arguments, Clients, call};
pub use log::{Entry, Log};
pub use outcome::{Outcome, Seen, Success, texts};
pub use recorder::{CannedResponse, Recorder, Request};

use ghes_oauth::{
    AccessToken, AppCredentials, AuthorizationId, Error, GrantId, Operation, UserCredentials,
};
use serde_json::Value;
use std::time::Duration;

/// The OAuth App of GitHub's samples.
pub const CLIENT_ID: &str = "Iv1.8a61f9b3a7aba766";
pub const CLIENT_SECRET: &str = "s3cret-of-the-test-app";
/// The token that GitHub's samples send.
pub const TOKEN: &str = "e72e16c7e42f292c6912e7710c838347ae178b4a";
/// The app that GitHub's samples of the Authorizations API name in paths and bodies.
pub const PERSONAL_APP: &str = "abcde12345fghij67890";
pub const PERSONAL_APP_SECRET: &str = "3ef4ad510c59ad37bac6bb4f80047fb3aee3cc7f";
pub const LOGIN: &str = "octocat";
pub const PASSWORD: &str = "correct horse: battery";
pub const OTP: &str = "135790";
pub const FINGERPRINT: &str = "jklmnop12345678";

/// Longer than any test here takes, on any machine.
const LONGEST: Duration = Duration::from_secs(300);

/// Runs one test, for a limited time.
pub fn run(test: impl Future<Output = ()>) {
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

pub fn app_credentials() -> AppCredentials {
    AppCredentials::new(CLIENT_ID, CLIENT_SECRET).expect("valid credentials")
}

pub fn user_credentials() -> UserCredentials {
    UserCredentials::new(LOGIN, PASSWORD).expect("valid credentials")
}

pub fn grant(number: i64) -> GrantId {
    GrantId::new(number).expect("a number above zero")
}

pub fn authorization(number: i64) -> AuthorizationId {
    AuthorizationId::new(number).expect("a number above zero")
}

pub fn token() -> AccessToken {
    AccessToken::new(TOKEN)
}

pub fn operation(id: &str) -> &'static Operation {
    Operation::all()
        .iter()
        .find(|operation| operation.id() == id)
        .unwrap_or_else(|| panic!("there is no operation {id}"))
}

pub fn deprecated() -> impl Iterator<Item = &'static Operation> {
    Operation::all()
        .iter()
        .copied()
        .filter(|operation| operation.deprecation().is_some())
}

/// Calls the operation with this id, as GitHub's sample of it does.
pub async fn sample(clients: &Clients, id: &str) -> Result<Success, Error> {
    call(clients, id, Arguments::default()).await.result
}

/// GitHub's response to a token that it does not find.
pub fn not_found() -> CannedResponse {
    let url = "https://docs.github.com/rest/apps/oauth-applications";
    CannedResponse::json(
        404,
        &serde_json::json!({ "message": "Not Found", "documentation_url": url }),
    )
    .header("x-github-request-id", "C0DE:1F2E:3D4C5B:6A7988:655F1D2C")
}

/// GitHub's response to unknown credentials.
pub fn bad_credentials() -> CannedResponse {
    CannedResponse::json(401, &serde_json::json!({ "message": "Bad credentials" }))
}

/// `value` without its `null` fields, and without the empty `token` by which a server hides it.
pub fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields
                .iter()
                .filter(|(name, value)| !(value.is_null() || *name == "token" && *value == ""));
            kept.map(|(name, value)| (name.clone(), without_nulls(value)))
                .collect()
        }
        Value::Array(items) => items.iter().map(without_nulls).collect(),
        other => other.clone(),
    }
}
