//! The client against a fake of github.com: its base URL, its operations.

use crate::{LOGIN, PASSWORD, app_credentials, ghes, live_token, run};
use ghes_oauth::{
    AccessToken, ErrorKind, NewAuthorization, OAuthApp, Revocation, Server, UserCredentials,
};
use ghes_oauth_fake::FakeGhes;

fn github() -> FakeGhes {
    ghes().github_com().start().unwrap()
}

fn app(github: &FakeGhes) -> OAuthApp {
    Server::builder(github.url())
        .as_github()
        .build()
        .unwrap()
        .oauth_app(app_credentials())
}

#[test]
fn a_token_is_checked_reset_and_deleted() {
    run(async {
        let github = github();
        let app = app(&github);
        assert_eq!(app.server().base_url(), github.url());
        app.preflight().await.unwrap();

        let token = live_token(&github);
        assert!(app.check_token(&token).await.unwrap().is_some());
        let fresh = app.reset_token(&token).await.unwrap().token;
        assert!(github.is_live(fresh.expose_secret()) && !github.is_live(token.expose_secret()));
        assert!(app.check_token(&token).await.unwrap().is_none());
        app.delete_token(&fresh).await.unwrap();
        assert!(!github.is_live(fresh.expose_secret()));

        let tokens = [live_token(&github), AccessToken::new("gho_notlive")];
        let mut results = app.delete_tokens(tokens).concurrency(1);
        for expected in [Revocation::Revoked, Revocation::NotLive] {
            assert_eq!(results.next().await.unwrap().1.unwrap(), expected);
        }
        assert!(results.next().await.is_none());
        assert_eq!(app.server().ghes_version(), None);
    });
}

#[test]
fn operations_of_ghes_are_refused_before_they_are_sent() {
    run(async {
        let github = github();
        let mine = Server::builder(github.url())
            .as_github()
            .build()
            .unwrap()
            .authorizations(UserCredentials::new(LOGIN, PASSWORD).unwrap());
        let refusals = [
            mine.list_authorizations().await.map(drop).unwrap_err(),
            mine.create_authorization(None, NewAuthorization::new().note("n"))
                .await
                .map(drop)
                .unwrap_err(),
            app(&github)
                .check_authorization(&live_token(&github))
                .await
                .map(drop)
                .unwrap_err(),
        ];
        for error in refusals {
            assert!(
                (error.kind() == ErrorKind::UnsupportedByServer)
                    && error.to_string().contains("github.com"),
                "{error}"
            );
        }
        assert_eq!(github.requests(), 0);
    });
}

#[test]
fn taken_for_a_ghes_it_reports_no_token_as_not_live() {
    run(async {
        let github = github();
        let token = live_token(&github);
        let app = Server::new(github.url())
            .unwrap()
            .oauth_app(app_credentials());
        assert!(app.preflight().await.unwrap_err().kind() == ErrorKind::NoSuchEndpoint);
        assert!(app.check_token(&token).await.unwrap_err().kind() == ErrorKind::NoSuchEndpoint);
        let (_, result) = app.delete_tokens([token.clone()]).next().await.unwrap();
        assert_eq!(result.unwrap_err().kind(), ErrorKind::NoSuchEndpoint);
        assert!(github.is_live(token.expose_secret()));
    });
}
