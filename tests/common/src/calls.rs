//! The table of calls: one for each operation, by its id. The only place in the tests that calls all operations.

use crate::outcome::{Outcome, Value};
use crate::{FINGERPRINT, PERSONAL_APP, PERSONAL_APP_SECRET, app_credentials, user_credentials};
use ghes_oauth::{
    AccessToken, AppCredentials, AppPermissions, AuthorizationId, AuthorizationUpdate,
    Authorizations, Call, GrantId, HoldsNewToken, NewAuthorization, OAuthApp, Page,
    PermissionLevel, RetryPolicy, Server, TakesCondition, TokenRestriction, UserCredentials,
};
use std::sync::{Arc, Mutex};

/// Both clients of one server, and the server as github.com, for the operations that only github.com has.
#[derive(Debug)]
pub struct Clients {
    pub app: OAuthApp,
    pub user: Authorizations,
    pub github: Server,
}

impl Clients {
    /// Those with the credentials of the samples.
    pub fn new(server: &Server) -> Self {
        Self {
            app: server.oauth_app(app_credentials()),
            user: server.authorizations(user_credentials()),
            github: as_github(server),
        }
    }
}

fn as_github(server: &Server) -> Server {
    let url = server.base_url().trim_end_matches("/api/v3");
    Server::builder(url)
        .as_github()
        .retry(RetryPolicy::none())
        .build()
        .unwrap_or_else(|_| server.clone())
}

/// The arguments of any call.
#[derive(Clone)]
#[allow(
    missing_debug_implementations,
    reason = "what is delivered is a secret"
)]
pub struct Arguments {
    pub token: AccessToken,
    /// The app that a user's operations name, and whether creating an authorization names it, too.
    pub app: AppCredentials,
    pub create_for_app: bool,
    pub grant: GrantId,
    pub authorization: AuthorizationId,
    pub fingerprint: String,
    pub restriction: TokenRestriction,
    pub update: AuthorizationUpdate,
    pub wish: NewAuthorization,
    /// Options; each is set on the calls that have it.
    pub otp: Option<&'static str>,
    pub page: Option<u32>,
    pub per_page: Option<u32>,
    pub etag: Option<&'static str>,
    /// The tokens that the call's receiver gets.
    pub delivered: Arc<Mutex<Vec<String>>>,
}

impl Default for Arguments {
    /// Those of GitHub's samples.
    fn default() -> Self {
        let permissions = AppPermissions::builder()
            .metadata(PermissionLevel::Read)
            .issues(PermissionLevel::Write)
            .contents(PermissionLevel::Read)
            .build();
        Self {
            token: crate::token(),
            app: AppCredentials::new(PERSONAL_APP, PERSONAL_APP_SECRET).expect("valid credentials"),
            create_for_app: true,
            grant: crate::grant(1),
            authorization: crate::authorization(1),
            fingerprint: FINGERPRINT.to_owned(),
            restriction: TokenRestriction::of_login("octocat").permissions(permissions),
            update: AuthorizationUpdate::new()
                .add_scopes(["public_repo"])
                .remove_scopes(["user"])
                .note("optional note"),
            wish: NewAuthorization::new()
                .scopes(["public_repo"])
                .note("optional note")
                .note_url("http://optional/note/url"),
            otp: None,
            page: None,
            per_page: None,
            etag: None,
            delivered: Arc::default(),
        }
    }
}

/// Calls the operation with this id.
#[allow(
    deprecated,
    reason = "the deprecated ones are operations like the others"
)]
pub async fn call(clients: &Clients, id: &str, with: Arguments) -> Outcome {
    let Clients { app, user, github } = clients;
    let (token, personal) = (&with.token.clone(), &with.app.clone());
    let (grant, authorization) = (with.grant, with.authorization);
    let (restriction, update, wish) = (
        with.restriction.clone(),
        with.update.clone(),
        with.wish.clone(),
    );
    let fingerprint = with.fingerprint.clone();
    match id {
        "apps/delete-authorization" => with.send(app.delete_authorization(token)).await,
        "apps/check-token" => with.send(app.check_token(token)).await,
        "apps/reset-token" => with.issue(app.reset_token(token)).await,
        "apps/delete-token" => with.send(app.delete_token(token)).await,
        "apps/scope-token" => with.issue(app.scope_token(token, restriction)).await,
        "apps/revoke-grant-for-application" => {
            with.send(app.revoke_grant_for_application(token)).await
        }
        "apps/check-authorization" => with.get(app.check_authorization(token)).await,
        "apps/reset-authorization" => with.issue(app.reset_authorization(token)).await,
        "apps/revoke-authorization-for-application" => {
            with.send(app.revoke_authorization_for_application(token))
                .await
        }
        "credentials/revoke" => with.send(github.revoke_credentials([token])).await,
        "oauth-authorizations/list-grants" => with.list(user.list_grants()).await,
        "oauth-authorizations/get-grant" => with.get(with.otp(user.get_grant(grant))).await,
        "oauth-authorizations/delete-grant" => with.send(with.otp(user.delete_grant(grant))).await,
        "oauth-authorizations/list-authorizations" => with.list(user.list_authorizations()).await,
        "oauth-authorizations/create-authorization" => {
            let app = with.create_for_app.then_some(personal);
            let call = user.create_authorization(app, wish);
            with.issue(with.otp(call)).await
        }
        "oauth-authorizations/get-or-create-authorization-for-app" => {
            let call = user.get_or_create_authorization_for_app(personal, wish);
            with.issue(with.otp(call)).await
        }
        "oauth-authorizations/get-or-create-authorization-for-app-and-fingerprint" => {
            let call = user.get_or_create_authorization_for_app_and_fingerprint(
                personal,
                &fingerprint,
                wish,
            );
            with.issue(with.otp(call)).await
        }
        "oauth-authorizations/get-authorization" => {
            with.get(with.otp(user.get_authorization(authorization)))
                .await
        }
        "oauth-authorizations/update-authorization" => {
            let call = user.update_authorization(authorization, update);
            with.send(with.otp(call)).await
        }
        "oauth-authorizations/delete-authorization" => {
            with.send(with.otp(user.delete_authorization(authorization)))
                .await
        }
        other => panic!("no call is known for the operation {other}: add one here"),
    }
}

impl Arguments {
    async fn list<T>(&self, mut call: Call<Page<T>, UserCredentials, TakesCondition>) -> Outcome
    where
        Page<T>: Value,
        T: Send + 'static,
    {
        if let Some(items) = self.per_page {
            call = call.per_page(items);
        }
        if let Some(number) = self.page {
            call = call.page(number);
        }
        self.get(self.otp(call)).await
    }

    fn otp<T, K>(&self, call: Call<T, UserCredentials, K>) -> Call<T, UserCredentials, K> {
        match self.otp {
            Some(otp) => call.otp(otp),
            None => call,
        }
    }

    async fn issue<T: Value + HoldsNewToken, C>(&self, call: Call<T, C>) -> Outcome {
        let receiver = self.delivered.clone();
        let call = call.deliver_to(move |token| {
            let token = token.expose_secret().to_owned();
            receiver.lock().expect("no receiver panics").push(token);
        });
        self.send(call).await
    }

    async fn get<T: Value, C>(&self, call: Call<T, C, TakesCondition>) -> Outcome {
        match self.etag {
            Some(etag) => self.send(call.if_none_match(etag)).await,
            None => self.send(call).await,
        }
    }

    async fn send<T: Value, C, K>(&self, call: Call<T, C, K>) -> Outcome {
        let (token, app) = (&self.token, &self.app);
        let outcome = Outcome::of(call).await;
        outcome.with(&(token, app, &self.restriction, &self.update, &self.wish))
    }
}
