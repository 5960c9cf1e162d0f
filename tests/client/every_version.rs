//! Every known GHES version, and github.com: the operations that work, those that the client refuses, and those that the server refuses.

use crate::{app_credentials, ghes, live_token, run};
use common::{Arguments, Clients};
use ghes_oauth::{
    AuthorizationUpdate, Error, ErrorKind, GhesVersion, NewAuthorization, Operation, RetryPolicy,
    Server, TokenRestriction, UserCredentials,
};
use ghes_oauth_fake::FakeGhes;

#[test]
fn each_version_serves_the_operations_in_the_table() {
    run(async {
        for version in GhesVersion::known() {
            let ghes = ghes()
                .version(version.major(), version.minor())
                .start()
                .unwrap();
            let versioned = Server::builder(ghes.url())
                .ghes_version(version)
                .build()
                .unwrap();
            for operation in Operation::all() {
                let before = ghes.requests();
                let result = call(&ghes, &versioned, operation).await;
                if operation.is_in(version) {
                    result.unwrap_or_else(|error| panic!("{version} {operation:?}: {error}"));
                } else {
                    let error = result.expect_err("the version does not have it");
                    assert!(
                        (error.kind() == ErrorKind::UnsupportedByServer)
                            && error.to_string().contains(operation.id()),
                        "{version}: {error}"
                    );
                    assert_eq!(ghes.requests(), before, "{version} {operation:?} was sent");
                }
            }
        }
    });
}

#[test]
fn a_server_without_a_version_learns_it_from_the_first_response() {
    run(async {
        for version in GhesVersion::known() {
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
                assert!(
                    (error.kind() == ErrorKind::UnsupportedByServer),
                    "{version} {operation:?}: {error}"
                );
                assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
                assert_eq!(server.supports(operation), Some(false));
                let before = ghes.requests();
                let again = call(&ghes, &server, operation)
                    .await
                    .expect_err("now it is known");
                assert!(
                    (again.kind() == ErrorKind::UnsupportedByServer) && again.status().is_none(),
                    "{again}"
                );
                assert_eq!(ghes.requests(), before);
            }
        }
    });
}

/// Calls an operation with arguments that exist.
async fn call(ghes: &FakeGhes, server: &Server, operation: &Operation) -> Result<(), Error> {
    let clients = Clients {
        app: server.oauth_app(app_credentials()),
        user: server.authorizations(UserCredentials::new(crate::LOGIN, crate::PASSWORD).unwrap()),
        github: server.clone(),
    };
    let mut with = Arguments {
        token: live_token(ghes),
        app: app_credentials(),
        create_for_app: false,
        restriction: TokenRestriction::of_login(crate::LOGIN),
        update: AuthorizationUpdate::new().note("changed"),
        wish: NewAuthorization::new().note(operation.id()),
        ..Arguments::default()
    };
    if operation.path().contains("{grant_id}") {
        with.grant = clients.user.list_grants().await?.items[0].id;
    }
    if operation.path().contains("{authorization_id}") {
        with.authorization = clients.user.list_authorizations().await?.items[0].id;
    }
    let success = common::call(&clients, operation.id(), with).await.result?;
    assert_ne!(success.value.variant, "None", "the token is live");
    Ok(())
}
