//! With the lint denied each of the fourteen is an error that names what to use instead.
#![deny(deprecated)]
#![allow(unused_must_use)]

use ghes_oauth::{
    AccessToken, AppCredentials, AuthorizationUpdate, Authorizations, NewAuthorization, OAuthApp,
};

fn of_the_app(app: OAuthApp, token: AccessToken) {
    app.revoke_grant_for_application(&token);
    app.check_authorization(&token);
    app.reset_authorization(&token);
    app.revoke_authorization_for_application(&token);
}

fn of_the_user(mine: Authorizations, app: AppCredentials) {
    mine.list_grants();
    mine.get_grant(1);
    mine.delete_grant(1);
    mine.list_authorizations();
    mine.create_authorization(None, NewAuthorization::new());
    mine.get_or_create_authorization_for_app(&app, NewAuthorization::new());
    mine.get_or_create_authorization_for_app_and_fingerprint(&app, "f", NewAuthorization::new());
    mine.get_authorization(1);
    mine.update_authorization(1, AuthorizationUpdate::new());
    mine.delete_authorization(1);
}

fn main() {}
