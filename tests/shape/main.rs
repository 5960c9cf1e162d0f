//! The public API: programs that use it compile and run, and its types can be moved between threads.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]
#![allow(deprecated, reason = "the shape of the deprecated calls counts too")]

mod threads;

use common::{
    CLIENT_ID, CLIENT_SECRET, CannedResponse, FINGERPRINT, LOGIN, OTP, PASSWORD, Recorder, run,
    token,
};
use ghes_oauth::{
    AccessToken, ApiVersion, AppCredentials, ApplicationGrant, Authorization, Call, ClientSecret,
    Conditional, DeprecationPolicy, Error, ErrorKind, GetOrCreate, GhesVersion, IssuedToken,
    NewAuthorization, OAuthApp, OneTimePassword, Operation, Page, Password, Response, RetryPolicy,
    Server, TokenRestriction, UserCredentials,
};
use serde_json::json;
use std::time::Duration;
use threads::sent;

/// The first sample: a token is live, or it is not.
async fn is_live(
    server: Server,
    client_secret: ClientSecret,
    token: AccessToken,
) -> Result<bool, Error> {
    let app = server.oauth_app(AppCredentials::new(CLIENT_ID, client_secret).unwrap());
    match app.check_token(&token).await? {
        Some(authorization) => {
            assert!(
                !format!("{authorization:?}").contains(token.expose_secret()),
                "the token in it prints as redacted"
            );
            Ok(authorization.scopes.is_some())
        }
        None => Ok(false),
    }
}

/// The second sample: options of one call, and a response with its metadata.
async fn list(
    server: Server,
    password: Password,
    otp: OneTimePassword,
) -> Result<Response<Page<Authorization>>, Error> {
    let mine = server.authorizations(UserCredentials::new(LOGIN, password).unwrap());
    mine.list_authorizations()
        .otp(otp)
        .timeout(Duration::from_secs(5))
        .send()
        .await
}

#[test]
fn the_samples_run() {
    run(async {
        let live = Recorder::responding(CannedResponse::json(
            200,
            &json!({ "id": 1, "token": common::TOKEN, "scopes": ["repo"] }),
        ))
        .await;
        assert!(
            is_live(live.server(), ClientSecret::new(CLIENT_SECRET), token())
                .await
                .unwrap()
        );

        let not_live = Recorder::responding(common::not_found()).await;
        assert!(
            !is_live(not_live.server(), ClientSecret::new(CLIENT_SECRET), token())
                .await
                .unwrap()
        );

        let list_of_two = CannedResponse::json(
            200,
            &json!([{ "id": 1, "token": "" }, { "id": 2, "token": "" }]),
        )
        .header(
            "x-github-request-id",
            "0d5a4b3c-1111-2222-3333-444455556666",
        )
        .header("link", r#"</api/v3/authorizations?page=2>; rel="next""#);
        let recorder = Recorder::responding(list_of_two).await;
        let response = list(
            recorder.server(),
            Password::new(PASSWORD),
            OneTimePassword::new(OTP),
        )
        .await
        .unwrap();
        assert_eq!(response.metadata().status(), 200);
        assert_eq!(
            response.metadata().request_id(),
            Some("0d5a4b3c-1111-2222-3333-444455556666")
        );
        assert_eq!(response.value().items.len(), 2);
        assert_eq!(response.into_value().next, Some(2));
        assert_eq!(recorder.only().header("x-github-otp"), Some(OTP));
    });
}

#[test]
fn the_samples_run_against_the_fake() {
    let ghes = ghes_oauth_fake::FakeGhes::builder()
        .app(CLIENT_ID, CLIENT_SECRET)
        .user_with_otp(LOGIN, PASSWORD, OTP, ghes_oauth_fake::OtpDelivery::App)
        .start()
        .unwrap();
    let issued = AccessToken::new(ghes.issue_token(CLIENT_ID, LOGIN, &["repo"]).unwrap());
    run(async {
        let server = Server::new(ghes.url()).unwrap();
        assert!(
            is_live(
                server.clone(),
                ClientSecret::new(CLIENT_SECRET),
                issued.clone()
            )
            .await
            .unwrap()
        );
        assert_eq!(
            list(server.clone(), Password::new(PASSWORD), OTP.into())
                .await
                .unwrap()
                .value()
                .items
                .len(),
            1
        );
        server
            .oauth_app(common::app_credentials())
            .delete_token(&issued)
            .await
            .unwrap();
        assert!(
            !is_live(server, ClientSecret::new(CLIENT_SECRET), issued)
                .await
                .unwrap()
        );
    });
}

#[test]
fn a_server_is_found_from_every_address_and_takes_options() {
    assert_eq!(
        Server::new("https://ghe.example.com").unwrap().base_url(),
        "https://ghe.example.com/api/v3"
    );
    assert_eq!(
        Server::new("https://octo.ghe.com").unwrap().base_url(),
        "https://api.octo.ghe.com"
    );
    assert_eq!(
        Server::github().unwrap().base_url(),
        "https://api.github.com"
    );
    let server = Server::builder("https://ghe.example.com:8443/git/")
        .ghes_version(GhesVersion::new(3, 3))
        .api_version(ApiVersion::unspecified())
        .user_agent("token-janitor/1.4")
        .timeout(Duration::from_secs(10))
        .connect_timeout(Duration::from_secs(1))
        .max_in_flight(8)
        .max_response_bytes(1024)
        .retry(RetryPolicy::none())
        .deprecation_policy(DeprecationPolicy::Deny)
        .build()
        .unwrap();
    assert_eq!(server.base_url(), "https://ghe.example.com:8443/git/api/v3");
}

/// The value of a call that is awaited, which is the type that its method promises.
async fn value<T: 'static, C: 'static, K: 'static>(call: Call<T, C, K>) -> T
where
    Call<T, C, K>: IntoFuture<Output = Result<T, Error>>,
{
    call.await.unwrap()
}

#[test]
fn every_method_gives_its_type() {
    run(async {
        let recorder = Recorder::plain().await;
        let common::Clients { app, user, github } = recorder.clients();
        let (token, personal) = (&token(), &common::app_credentials());
        value::<(), _, _>(app.delete_authorization(token)).await;
        value::<Option<Authorization>, _, _>(app.check_token(token)).await;
        value::<IssuedToken, _, _>(app.reset_token(token)).await;
        value::<(), _, _>(app.delete_token(token)).await;
        value::<IssuedToken, _, _>(app.scope_token(token, TokenRestriction::of_id(1))).await;
        value::<(), _, _>(app.revoke_grant_for_application(token)).await;
        value::<Option<Authorization>, _, _>(app.check_authorization(token)).await;
        value::<IssuedToken, _, _>(app.reset_authorization(token)).await;
        value::<(), _, _>(app.revoke_authorization_for_application(token)).await;
        value::<(), _, _>(github.revoke_credentials([token])).await;
        value::<Page<ApplicationGrant>, _, _>(user.list_grants()).await;
        value::<ApplicationGrant, _, _>(user.get_grant(common::grant(1))).await;
        value::<(), _, _>(user.delete_grant(common::grant(1))).await;
        value::<Page<Authorization>, _, _>(user.list_authorizations()).await;
        value::<IssuedToken, _, _>(user.create_authorization(None, NewAuthorization::default()))
            .await;
        value::<GetOrCreate, _, _>(
            user.get_or_create_authorization_for_app(personal, NewAuthorization::new()),
        )
        .await;
        let wish = NewAuthorization::new();
        value::<GetOrCreate, _, _>(user.get_or_create_authorization_for_app_and_fingerprint(
            personal,
            FINGERPRINT,
            wish,
        ))
        .await;
        value::<Authorization, _, _>(user.get_authorization(common::authorization(1))).await;
        value::<Authorization, _, _>(
            user.update_authorization(common::authorization(1), Default::default()),
        )
        .await;
        value::<(), _, _>(user.delete_authorization(common::authorization(1))).await;
        value::<Conditional<Authorization>, _, _>(
            user.get_authorization(common::authorization(1))
                .if_none_match("\"e\""),
        )
        .await;
        assert_eq!(recorder.requests().len(), Operation::all().len() + 1);
    });
}

#[test]
fn a_call_names_its_operation_and_prints_no_secret() {
    run(async {
        let recorder = Recorder::plain().await;
        let common::Clients { app, user, .. } = recorder.clients();
        let call = app.check_token(&token());
        assert_eq!(call.operation().unwrap().id(), "apps/check-token");
        let printed = format!(
            "{call:?} {app:?} {user:?} {:?}",
            user.get_grant(common::grant(1)).otp(OTP)
        );
        assert!(
            printed.contains("check-token") && printed.contains(LOGIN),
            "{printed}"
        );
        for secret in [common::TOKEN, CLIENT_SECRET, PASSWORD, OTP] {
            assert!(!printed.contains(secret), "{printed}");
        }
        assert!(
            recorder.requests().is_empty(),
            "a call that is not awaited is not sent"
        );
    });
}

#[test]
fn an_error_is_one_for_every_error_type() {
    fn is_error<T: std::error::Error + Send + Sync + 'static>() {}
    is_error::<Error>();

    async fn through_a_question_mark(
        app: OAuthApp,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        app.delete_token(&AccessToken::new("")).await?;
        Ok(())
    }
    run(async {
        let recorder = Recorder::plain().await;
        let error = through_a_question_mark(recorder.clients().app)
            .await
            .unwrap_err();
        let error = error.downcast::<Error>().unwrap();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(error.to_string().contains("access token"), "{error}");
        assert!(recorder.requests().is_empty());
    });
}

/// A caller's own function around a call.
async fn composed(app: OAuthApp) -> Result<bool, Error> {
    Ok(app.check_token(&token()).await?.is_some())
}

#[test]
fn calls_compose() {
    run(async {
        let recorder = Recorder::plain().await;
        assert!(sent(composed(recorder.clients().app)).await.unwrap());
    });
}
