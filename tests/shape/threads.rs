//! The types that can be moved between threads.

use common::{CannedResponse, Recorder, token};
use ghes_oauth::{
    AccessToken, AppCredentials, ApplicationGrant, Authorization, Authorizations, Call,
    ClientSecret, Error, Metadata, NewAuthorization, OAuthApp, OneTimePassword, Page, Password,
    Response, Server, TakesCondition, TokenRestriction, UserCredentials,
};
use serde_json::json;
use std::time::Duration;

fn shared<T: Send + Sync + 'static>() {}
pub(crate) fn sent<T: Send + 'static>(value: T) -> T {
    value
}

#[test]
fn everything_goes_from_thread_to_thread() {
    shared::<Server>();
    shared::<OAuthApp>();
    shared::<Authorizations>();
    shared::<Call<Option<Authorization>>>();
    shared::<Call<Page<Authorization>, UserCredentials, TakesCondition>>();
    shared::<Error>();
    shared::<Response<Authorization>>();
    shared::<Metadata>();
    shared::<Page<ApplicationGrant>>();
    shared::<(AccessToken, ClientSecret, Password, OneTimePassword)>();
    shared::<(
        AppCredentials,
        UserCredentials,
        TokenRestriction,
        NewAuthorization,
    )>();
}

/// The files list each type's `Send` and `Sync`, with a `!` before those that it does not implement.
#[test]
fn no_public_type_is_tied_to_a_thread() {
    let mut tied = Vec::new();
    for api in [
        include_str!("../api/ghes-oauth.txt"),
        include_str!("../api/ghes-oauth-fake.txt"),
        include_str!("../api/ghes-oauth-codegen.txt"),
    ] {
        assert!(api.contains("core::marker::Send for ") && api.contains("core::marker::Sync for "));
        tied.extend(api.lines().filter(|line| {
            line.contains("!core::marker::Send") || line.contains("!core::marker::Sync")
        }));
    }
    // A stream and a future, which are polled by `&mut`.
    let expected = [
        "impl<T> !core::marker::Sync for ghes_oauth::Items<T>",
        "impl<T> !core::marker::Sync for ghes_oauth::Job<T>",
    ];
    assert_eq!(tied, expected);
}

#[test]
fn futures_outlive_what_they_were_made_from_and_run_on_any_thread() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let limit = Duration::from_secs(60);
    runtime.block_on(async {
        let recorder = Recorder::responding(CannedResponse::json(
            200,
            &json!({ "id": 7, "token": "gho_16C7e42F292c6912E7710c838347Ae178B4a" }),
        ))
        .await;
        let (awaited, sending) = {
            let app = recorder.clients().app;
            let token = token();
            (
                sent(app.check_token(&token).into_future()),
                sent(app.reset_token(&token).send()),
            )
        };
        let awaited = tokio::spawn(tokio::time::timeout(limit, awaited))
            .await
            .unwrap()
            .unwrap()
            .unwrap();
        let sending = tokio::spawn(tokio::time::timeout(limit, sending))
            .await
            .unwrap()
            .unwrap()
            .unwrap();
        assert_eq!(
            (awaited.unwrap().id, sending.into_value().authorization.id),
            (common::authorization(7), common::authorization(7))
        );
    });
}
