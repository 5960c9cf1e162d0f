//! The compiler warns about each deprecated method and no other, with the note of the spec.
//!
//! An expectation without its warning does not compile here, nor does a warning without its expectation.
#![deny(deprecated, unfulfilled_lint_expectations)]
#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use common::{app_credentials, token, user_credentials};
use ghes_oauth::{
    AuthorizationUpdate, CredentialKind, NewAuthorization, Operation, Server, TokenRestriction,
};

/// The operations that are not deprecated, in the order of the spec.
#[test]
fn six_calls_have_no_warning() {
    let server = Server::builder("http://127.0.0.1:1").build().unwrap();
    let (app, token) = (server.oauth_app(app_credentials()), &token());
    let calls = [
        format!("{:?}", app.delete_authorization(token)),
        format!("{:?}", app.check_token(token)),
        format!("{:?}", app.reset_token(token)),
        format!("{:?}", app.delete_token(token)),
        format!(
            "{:?}",
            app.scope_token(token, TokenRestriction::of_login("octocat"))
        ),
        format!("{:?}", server.revoke_credentials([token])),
    ];
    assert_names(&calls, false);
}

#[test]
fn fourteen_calls_have_one() {
    let server = Server::builder("http://127.0.0.1:1").build().unwrap();
    let (app, token) = (server.oauth_app(app_credentials()), &token());
    let user = server.authorizations(user_credentials());
    let (personal, wish) = (&app_credentials(), NewAuthorization::new);
    macro_rules! warned {
        ($($call:expr;)*) => { [$({
            #[expect(deprecated)]
            let call = $call;
            format!("{call:?}")
        }),*] };
    }
    let calls = warned! {
        app.revoke_grant_for_application(token);
        app.check_authorization(token);
        app.reset_authorization(token);
        app.revoke_authorization_for_application(token);
        user.list_grants();
        user.get_grant(common::grant(1));
        user.delete_grant(common::grant(1));
        user.list_authorizations();
        user.create_authorization(None, wish());
        user.get_or_create_authorization_for_app(personal, wish());
        user.get_or_create_authorization_for_app_and_fingerprint(personal, "f", wish());
        user.get_authorization(common::authorization(1));
        user.update_authorization(common::authorization(1), AuthorizationUpdate::new());
        user.delete_authorization(common::authorization(1));
    };
    assert_names(&calls, true);
}

/// The calls are those of all operations that are deprecated, or that are not, in the order of the spec.
fn assert_names(calls: &[String], deprecated: bool) {
    let operations: Vec<_> = Operation::all()
        .iter()
        .filter(|operation| operation.deprecation().is_some() == deprecated)
        .collect();
    assert_eq!(calls.len(), operations.len());
    for (call, operation) in calls.iter().zip(operations) {
        assert!(
            call.contains(operation.id()),
            "{} in {call}",
            operation.id()
        );
    }
}

#[test]
fn the_compiler_shows_the_note_of_the_spec() {
    let sources = [
        include_str!("../src/api/leaked.rs"),
        concat!(
            include_str!("../src/api/oauth_app.rs"),
            include_str!("../src/api/revocation.rs"),
            include_str!("../src/api/path_tokens.rs")
        ),
        include_str!("../src/api/authorizations.rs"),
    ];
    for operation in Operation::all() {
        let source = match operation.credentials() {
            CredentialKind::None => sources[0],
            CredentialKind::App => sources[1],
            _ => sources[2],
        };
        // The name ends where its arguments or its lifetimes begin.
        let method = |end| format!("pub fn {}{end}", operation.name());
        let (before, _) = source
            .split_once(&method("("))
            .or_else(|| source.split_once(&method("<")))
            .unwrap();
        // From the end of the method before it.
        let attributes = before.rsplit("}\n").next().unwrap();
        let note = attributes
            .split_once("#[deprecated(")
            .map(|(_, attribute)| attribute.split('"').nth(1).unwrap());
        let deprecation = operation.deprecation();
        assert_eq!(
            note,
            deprecation.as_ref().map(|deprecation| deprecation.note()),
            "{}",
            operation.id()
        );
    }
}
