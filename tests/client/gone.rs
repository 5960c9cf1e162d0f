//! The two meanings of 410: an API version that was retired, and an endpoint that was removed.

use crate::{LOGIN, PASSWORD, app, app_credentials, ghes, live_token, run, server_for, user};
use ghes_oauth::{
    ApiVersion, Authorizations, ErrorKind, GhesVersion, NewAuthorization, Outcome, UserCredentials,
};
use ghes_oauth_fake::{Builder, FakeGhes};

fn wish() -> NewAuthorization {
    NewAuthorization::new().note("n")
}

fn asking_for(server: &FakeGhes, version: ApiVersion) -> Authorizations {
    let server = server_for(server).api_version(version).build().unwrap();
    server.authorizations(UserCredentials::new(LOGIN, PASSWORD).unwrap())
}

fn newest() -> Builder {
    ghes().version(GhesVersion::NEWEST.major(), GhesVersion::NEWEST.minor())
}

#[test]
fn a_retired_api_version_is_neither_a_token_that_is_not_live_nor_a_removed_endpoint() {
    run(async {
        for builder in [ghes(), newest(), ghes().github_com()] {
            let server = builder
                .retired_api_versions(&["2022-11-28"])
                .start()
                .unwrap();
            let token = live_token(&server);
            let app = server_for(&server)
                .build()
                .unwrap()
                .oauth_app(app_credentials());
            let error = app.check_token(&token).await.unwrap_err();
            assert!(
                (error.kind() == ErrorKind::UnsupportedApiVersion)
                    && error.kind() != ErrorKind::Gone,
                "{error}"
            );
            assert_eq!(error.status().map(|status| status.as_u16()), Some(410));
            assert!(app.preflight().await.unwrap_err().kind() == ErrorKind::UnsupportedApiVersion);
            let (_, result) = app.delete_tokens([token.clone()]).next().await.unwrap();
            assert_eq!(result.unwrap_err().kind(), ErrorKind::UnsupportedApiVersion);
            assert!(server.is_live(token.expose_secret()));

            let later = server_for(&server)
                .api_version(ApiVersion::v2026_03_10())
                .build()
                .unwrap();
            assert!(
                later
                    .oauth_app(app_credentials())
                    .check_token(&token)
                    .await
                    .unwrap()
                    .is_some()
            );
        }
    });
}

#[test]
fn a_410_for_creating_explains_itself() {
    run(async {
        let ghes = newest()
            .retired_api_versions(&["2022-11-28"])
            .create_authorization_gone();
        let ghes = ghes.start().unwrap();
        let retired = asking_for(&ghes, ApiVersion::v2022_11_28())
            .create_authorization(None, wish())
            .await
            .unwrap_err();
        assert!(
            (retired.kind() == ErrorKind::UnsupportedApiVersion)
                && retired.kind() != ErrorKind::Gone,
            "{retired}"
        );
        for version in [ApiVersion::v2026_03_10(), ApiVersion::unspecified()] {
            let gone = asking_for(&ghes, version)
                .create_authorization(None, wish())
                .await
                .unwrap_err();
            assert!(
                (gone.kind() == ErrorKind::Gone)
                    && gone.kind() != ErrorKind::UnsupportedApiVersion
                    && gone.outcome() != Outcome::Unknown,
                "{gone}"
            );
        }
    });
}

#[test]
fn only_creating_is_gone() {
    run(async {
        let ghes = ghes().create_authorization_gone().start().unwrap();
        let mine = user(&ghes);
        assert!(
            mine.create_authorization(None, wish())
                .await
                .unwrap_err()
                .kind()
                == ErrorKind::Gone
        );
        assert!(mine.list_authorizations().await.unwrap().items.is_empty());
        let made = mine
            .get_or_create_authorization_for_app(&app_credentials(), wish())
            .await
            .unwrap();
        assert!(
            app(&ghes)
                .check_token(made.created_token().unwrap())
                .await
                .unwrap()
                .is_some()
        );
    });
}
