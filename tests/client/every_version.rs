//! Every GHES version from 2.18 to 3.22, and github.com: what works, what is refused before sending, what the server refuses.

use crate::{app_credentials, ghes, live_token, run};
use ghes_oauth::{
    AuthorizationUpdate, Error, GhesVersion, NewAuthorization, Operation, RetryPolicy, Scope,
    Server, UserCredentials,
};
use ghes_oauth_fake::FakeGhes;

fn versions() -> impl Iterator<Item = GhesVersion> {
    let second = (18..=22).map(|minor| GhesVersion::new(2, minor));
    second.chain((0..=22).map(|minor| GhesVersion::new(3, minor)))
}

#[test]
fn each_version_serves_what_the_table_says() {
    run(async {
        for version in versions() {
            let ghes = ghes()
                .version(version.major(), version.minor())
                .start()
                .unwrap();
            let told = Server::builder(ghes.url())
                .ghes_version(version)
                .build()
                .unwrap();
            for operation in Operation::all() {
                let before = ghes.requests();
                let result = call(&ghes, &told, operation).await;
                if operation.is_in(version) {
                    result.unwrap_or_else(|error| panic!("{version} {operation:?}: {error}"));
                } else {
                    let error = result.expect_err("the version does not have it");
                    assert!(
                        error.is_not_available() && error.to_string().contains(operation.id()),
                        "{version}: {error}"
                    );
                    assert_eq!(ghes.requests(), before, "{version} {operation:?} was sent");
                }
            }
        }
    });
}

#[test]
fn a_server_that_was_not_told_learns_its_version_from_the_first_answer() {
    run(async {
        for version in versions() {
            let ghes = ghes()
                .version(version.major(), version.minor())
                .start()
                .unwrap();
            for operation in Operation::all()
                .iter()
                .filter(|operation| !operation.is_in(version))
            {
                let server = Server::builder(ghes.url())
                    .retry(RetryPolicy::none())
                    .build()
                    .unwrap();
                assert_eq!(server.supports(operation), None);
                let error = call(&ghes, &server, operation)
                    .await
                    .expect_err("the version does not have it");
                assert!(error.is_not_available(), "{version} {operation:?}: {error}");
                assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
                assert_eq!(server.supports(operation), Some(false));
                let before = ghes.requests();
                let again = call(&ghes, &server, operation)
                    .await
                    .expect_err("now it is known");
                assert!(
                    again.is_not_available() && again.status().is_none(),
                    "{again}"
                );
                assert_eq!(ghes.requests(), before);
            }
        }
    });
}

/// Calls an operation with arguments that exist.
async fn call(ghes: &FakeGhes, server: &Server, operation: &Operation) -> Result<(), Error> {
    let app = server.oauth_app(app_credentials());
    let mine = server.authorizations(UserCredentials::new(crate::LOGIN, crate::PASSWORD));
    let token = &live_token(ghes);
    let wish = || NewAuthorization::new().note(operation.id());
    match operation.id() {
        "apps/delete-authorization" => app.delete_authorization(token).await,
        "apps/check-token" => app
            .check_token(token)
            .await
            .map(|found| assert!(found.is_some())),
        "apps/reset-token" => app.reset_token(token).await.map(drop),
        "apps/delete-token" => app.delete_token(token).await,
        "apps/scope-token" => app
            .scope_token(token, Scope::of_login(crate::LOGIN))
            .await
            .map(drop),
        "apps/revoke-grant-for-application" => app.revoke_grant_for_application(token).await,
        "apps/check-authorization" => app
            .check_authorization(token)
            .await
            .map(|found| assert!(found.is_some())),
        "apps/reset-authorization" => app.reset_authorization(token).await.map(drop),
        "apps/revoke-authorization-for-application" => {
            app.revoke_authorization_for_application(token).await
        }
        "oauth-authorizations/list-grants" => mine.list_grants().await.map(drop),
        "oauth-authorizations/get-grant" => {
            mine.get_grant(first_grant(&mine).await).await.map(drop)
        }
        "oauth-authorizations/delete-grant" => mine.delete_grant(first_grant(&mine).await).await,
        "oauth-authorizations/list-authorizations" => mine.list_authorizations().await.map(drop),
        "oauth-authorizations/create-authorization" => {
            mine.create_authorization(None, wish()).await.map(drop)
        }
        "oauth-authorizations/get-or-create-authorization-for-app" => mine
            .get_or_create_authorization_for_app(&app_credentials(), wish())
            .await
            .map(drop),
        "oauth-authorizations/get-or-create-authorization-for-app-and-fingerprint" => mine
            .get_or_create_authorization_for_app_and_fingerprint(&app_credentials(), "f", wish())
            .await
            .map(drop),
        id => {
            let authorization = mine.list_authorizations().await?.items[0].id;
            match id {
                "oauth-authorizations/get-authorization" => {
                    mine.get_authorization(authorization).await.map(drop)
                }
                "oauth-authorizations/update-authorization" => mine
                    .update_authorization(authorization, AuthorizationUpdate::new().note("changed"))
                    .await
                    .map(drop),
                "oauth-authorizations/delete-authorization" => {
                    mine.delete_authorization(authorization).await
                }
                other => panic!("{other} has no call here"),
            }
        }
    }
}

async fn first_grant(mine: &ghes_oauth::Authorizations) -> i64 {
    mine.list_grants().await.unwrap().items[0].id
}
