//! Each operation is on the client that has its credentials, and on no other.

use ghes_oauth::{AccessToken, AppCredentials, Authorizations, OAuthApp, Server, UserCredentials};

fn user_calls_take_no_app(app: OAuthApp) {
    app.list_grants();
}

fn app_calls_take_no_user(mine: Authorizations, token: AccessToken) {
    mine.check_token(&token);
    mine.reset_token(&token);
    mine.preflight();
}

fn app_calls_take_no_one_time_password(app: OAuthApp, token: AccessToken) {
    app.delete_token(&token).otp("123456");
}

fn credentials_are_not_exchanged(server: Server, app: AppCredentials, user: UserCredentials) {
    server.authorizations(app);
    server.oauth_app(user);
}

fn main() {}
