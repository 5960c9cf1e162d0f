//! Each variant of `Rotation`, `Outcome` and `ErrorKind`, caused by the fake. The guide `docs/testing.md` shows this file in parts.
#![allow(clippy::unwrap_used, reason = "a test fails by it")]
#![allow(deprecated, reason = "some kinds concern deprecated operations alone")]

use ghes_oauth::{
    AccessToken, ApiVersion, AppCredentials, DeprecationPolicy, ErrorKind, GhesVersion,
    NewAuthorization, OAuthApp, Outcome, RetryPolicy, Rotation, Server, ServerBuilder,
    UserCredentials,
};
use ghes_oauth_fake::{Builder, CannedResponse, FakeGhes, Operation, Rule};
use std::time::Duration;

const ID: &str = "Iv1.8a61f9b3a7aba766";

/// A fake with an app, a user and a live token, and the code under test.
struct Scene {
    ghes: FakeGhes,
    app: OAuthApp,
    token: AccessToken,
}

fn scene() -> Scene {
    let builder = FakeGhes::builder().version(3, 16);
    let ghes = builder
        .app(ID, "secret")
        .user("octocat", "password")
        .start()
        .unwrap();
    let server = Server::builder(ghes.url())
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    let app = server.oauth_app(AppCredentials::new(ID, "secret").unwrap());
    let token = AccessToken::new(ghes.issue_token(ID, "octocat", &["repo"]).unwrap());
    Scene { ghes, app, token }
}

#[tokio::test]
async fn rotated() {
    let Scene { ghes, app, token } = scene();
    let Rotation::Rotated(issued) = app.rotate_token(&token).await.unwrap() else {
        panic!("the reset succeeds");
    };
    assert!(ghes.is_live(issued.token.expose_secret()));
    assert!(!ghes.is_live(token.expose_secret()));
}

#[tokio::test]
async fn unchanged() {
    let Scene { ghes, app, token } = scene();
    ghes.on(Operation::ResetToken)
        .next(1)
        .close_before_handling();
    // A real server may work on the reset for ten seconds, the default; the fake is done.
    let rotation = app.rotate_token(&token).server_limit(Duration::ZERO).await;
    assert!(matches!(rotation.unwrap(), Rotation::Unchanged(_)));
    assert!(ghes.is_live(token.expose_secret()));
}

#[tokio::test]
async fn old_token_gone() {
    let Scene { ghes, app, token } = scene();
    ghes.on(Operation::ResetToken)
        .next(1)
        .close_after_handling();
    assert_eq!(
        app.rotate_token(&token).await.unwrap(),
        Rotation::OldTokenGone
    );
    // No second reset was sent.
    ghes.assert_received(&[Operation::ResetToken, Operation::CheckToken]);
}

#[tokio::test]
async fn not_performed() {
    let Scene { ghes, app, token } = scene();
    ghes.on(Operation::ResetToken)
        .secondary_rate_limit(Duration::from_millis(50));
    let error = app.reset_token(&token).await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::NotPerformed);
    assert!(error.is_retryable() && ghes.is_live(token.expose_secret()));
}

#[tokio::test]
async fn unknown() {
    let Scene { ghes, app, token } = scene();
    ghes.on(Operation::ResetToken).close_after_handling();
    let error = app.reset_token(&token).await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert!(!error.is_retryable() && !ghes.is_live(token.expose_secret()));
}

#[tokio::test]
async fn performed() {
    let Scene { ghes, app, token } = scene();
    ghes.on(Operation::ResetToken).truncate_body(900); // after the token
    let error = app.reset_token(&token).await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Performed);
    assert!(ghes.is_live(error.recovered_token().unwrap().expose_secret()));
}

/// Deletes a live token while the rule holds.
async fn kind(rule: impl FnOnce(Rule<'_>)) -> ErrorKind {
    let Scene { ghes, app, token } = scene();
    rule(ghes.on(Operation::DeleteToken));
    let delete = app.delete_token(&token).timeout(Duration::from_secs(1));
    delete.await.unwrap_err().kind()
}

fn json(status: u16, message: &str) -> CannedResponse {
    let response = CannedResponse::new(status).header("content-type", "application/json");
    response
        .header("x-github-request-id", "1")
        .body(format!(r#"{{"message":"{message}"}}"#))
}

fn html(status: u16, text: &str) -> CannedResponse {
    CannedResponse::new(status)
        .header("content-type", "text/html")
        .body(text)
}

#[tokio::test]
async fn kinds_that_a_response_causes() {
    use ErrorKind::*;
    assert_eq!(kind(|rule| rule.close_before_handling()).await, Connection);
    assert_eq!(
        kind(|rule| rule.delay(Duration::from_secs(60))).await,
        Timeout
    );
    assert_eq!(kind(|rule| rule.maintenance()).await, Server);
    assert_eq!(
        kind(|rule| rule.primary_rate_limit(Duration::from_secs(60))).await,
        RateLimited
    );
    assert_eq!(
        kind(|rule| rule.secondary_rate_limit(Duration::from_secs(60))).await,
        SecondaryRateLimited
    );
    assert_eq!(
        kind(|rule| rule.respond(json(401, "Bad credentials"))).await,
        Unauthorized
    );
    assert_eq!(
        kind(|rule| rule.respond(json(403, "Resource protected"))).await,
        Forbidden
    );
    assert_eq!(
        kind(|rule| rule.respond(html(403, "Request forbidden by administrative rules"))).await,
        UserAgentRefused
    );
    assert_eq!(
        kind(|rule| rule.respond(json(404, "Not Found"))).await,
        NotFound
    );
    assert_eq!(
        kind(|rule| rule.respond(html(404, "no such site"))).await,
        NoSuchEndpoint
    );
    assert_eq!(
        kind(|rule| rule.respond(json(422, "Validation Failed"))).await,
        Validation
    );
    assert_eq!(
        kind(|rule| rule
            .respond(CannedResponse::new(302).header("location", "https://sign-in.example/")))
        .await,
        RedirectRefused
    );
    assert_eq!(
        kind(|rule| rule.respond(CannedResponse::new(304))).await,
        NotModified
    );
    assert_eq!(
        kind(|rule| rule.respond(html(200, "Please sign in."))).await,
        Decode
    );
    assert_eq!(
        kind(|rule| rule.respond(CannedResponse::new(418))).await,
        UnexpectedStatus
    );
}

/// Lists the authorizations of a user with these settings of fake and client.
async fn list(
    ghes: Builder,
    client: impl FnOnce(ServerBuilder) -> ServerBuilder,
    password: &str,
) -> ErrorKind {
    let ghes = ghes.start().unwrap();
    let server = client(Server::builder(ghes.url())).build().unwrap();
    let mine = server.authorizations(UserCredentials::new("octocat", password).unwrap());
    let _ = mine.list_authorizations().await;
    mine.create_authorization(None, NewAuthorization::new().note("laptop"))
        .await
        .unwrap_err()
        .kind()
}

#[tokio::test]
async fn kinds_that_settings_cause() {
    use ghes_oauth_fake::OtpDelivery as Delivery;
    let user = || FakeGhes::builder().user("octocat", "password");
    let with_otp =
        || FakeGhes::builder().user_with_otp("octocat", "password", "123456", Delivery::App);
    assert!(matches!(
        list(with_otp(), |client| client, "password").await,
        ErrorKind::OtpRequired(_)
    ));
    assert_eq!(
        list(user().max_logins(1), |client| client, "wrong").await,
        ErrorKind::LoginLockout
    );
    assert_eq!(
        list(
            user().create_authorization_gone(),
            |client| client,
            "password"
        )
        .await,
        ErrorKind::Gone
    );
    let retired = |client: ServerBuilder| client.api_version(ApiVersion::new("2021-01-01"));
    assert_eq!(
        list(user().version(3, 16), retired, "password").await,
        ErrorKind::UnsupportedApiVersion
    );
    let tiny = |client: ServerBuilder| client.max_response_bytes(1);
    assert_eq!(
        list(user(), tiny, "password").await,
        ErrorKind::ResponseTooLarge
    );
    let deny = |client: ServerBuilder| client.deprecation_policy(DeprecationPolicy::Deny);
    assert_eq!(
        list(user(), deny, "password").await,
        ErrorKind::DeniedByPolicy
    );
    let github = |client: ServerBuilder| client.as_github();
    assert_eq!(
        list(user().github_com(), github, "password").await,
        ErrorKind::UnsupportedByServer
    );

    let ghes = with_otp().start().unwrap();
    let server = Server::new(ghes.url()).unwrap();
    let mine = server.authorizations(UserCredentials::new("octocat", "password").unwrap());
    let error = mine.list_authorizations().otp("000000").await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::OtpInvalid(_)));
}

#[tokio::test]
async fn kinds_without_a_request() {
    let Scene { ghes, app, .. } = scene();
    let error = app
        .check_token(&AccessToken::new("Bearer gho_…"))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    let both = Server::builder("https://ghe.example.com").system_proxy();
    let both = both.proxy(ghes_oauth::reqwest::Proxy::all("http://proxy.example.com").unwrap());
    assert_eq!(both.build().unwrap_err().kind(), ErrorKind::Configuration);
    let old = Server::builder(ghes.url())
        .ghes_version(GhesVersion::new(2, 18))
        .build()
        .unwrap();
    let old = old.oauth_app(AppCredentials::new(ID, "secret").unwrap());
    let error = old
        .check_token(&AccessToken::new("gho_x"))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnsupportedByServer);
    assert_eq!(ghes.requests(), 0);
}
