//! The operations that take an OAuth App's credentials.

use crate::api::server::Server;
use crate::call::call::Call;
use crate::error::error::Error;
use crate::generated::types::{AccessTokenBody, Authorization};
use crate::model::lenient::Lenient;
use crate::model::operations::{APPS_CHECK_TOKEN, availability};
use crate::request::arguments::TokenRestriction;
use crate::request::credentials::{AppCredentials, Authorizer};
use crate::request::draft::Client;
use crate::request::prepared::Prepared;
use crate::request::validate;
use crate::response::issued_token::IssuedToken;
use crate::response::raw::RawResponse;
use crate::secret::newtypes::AccessToken;
use crate::secret::redact::Secrets;
use std::sync::Arc;

/// The operations of an OAuth App on the tokens that users have granted it.
///
/// Made by [`Server::oauth_app`]; cheap to clone.
///
/// ```no_run
/// use ghes_oauth::{AccessToken, AppCredentials, Server};
///
/// # async fn example(token: AccessToken) -> Result<(), ghes_oauth::Error> {
/// let app = Server::new("https://ghe.example.com")?.oauth_app(AppCredentials::new("Iv1.8a61f9b3a7aba766", "client-secret")?);
/// app.preflight().await?; // from here on, "not found" means the token
/// match app.check_token(&token).await? {
///     Some(authorization) => println!("{:?}", authorization.scopes),
///     None => println!("not a live token of this app"),
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct OAuthApp {
    server: Server,
    credentials: AppCredentials,
    authorizer: Arc<Authorizer>,
}

impl Server {
    /// The operations that take an OAuth App's credentials.
    pub fn oauth_app(&self, credentials: AppCredentials) -> OAuthApp {
        OAuthApp::new(self.clone(), credentials)
    }
}

impl OAuthApp {
    pub(crate) fn new(server: Server, credentials: AppCredentials) -> Self {
        let authorizer = Arc::new(credentials.authorize());
        Self {
            server,
            credentials,
            authorizer,
        }
    }

    /// The server that is called.
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// The app's client id.
    pub fn client_id(&self) -> &str {
        self.credentials.client_id()
    }

    /// Revokes everything that the owner of a live token has granted to the app: all tokens, and the grant itself.
    ///
    #[doc = availability!(apps_delete_authorization)]
    ///
    /// # Errors
    /// [Not found](crate::ErrorKind::NotFound) for what is not a live token of this app.
    pub fn delete_authorization(&self, token: &AccessToken) -> Call<()> {
        self.with_body(token, |client, id, body| {
            client.apps_delete_authorization(id, body)
        })
    }

    /// Returns what a live token of this app may do; `None` for any other token.
    ///
    /// GitHub responds with 404 to a token that was revoked, has expired or never was one, and to a live token of another app:
    /// `None` does not say which. It responds so to wrong addresses as well, which [`preflight`](Self::preflight) rules out before
    /// many tokens are judged.
    ///
    #[doc = availability!(apps_check_token)]
    ///
    /// # Errors
    /// [Unauthorized](crate::ErrorKind::Unauthorized) for wrong app credentials, [no such endpoint](crate::ErrorKind::NoSuchEndpoint) for a 404
    /// that is not GitHub's, [invalid input](crate::ErrorKind::InvalidInput) for what cannot be a token.
    pub fn check_token(&self, token: &AccessToken) -> Call<Option<Authorization>> {
        self.with_body(token, |client, id, body| {
            client.apps_check_token(id, body).map(dead_as_none)
        })
    }

    /// Replaces a token with a new one. **The old one is revoked at once**, and the response has the only copy of the new one.
    ///
    /// It is sent once, and goes on when its future is dropped: see [`Call::deliver_to`]. After an error whose
    /// [outcome](Error::outcome) is unknown, [`check_token`](Self::check_token) tells whether the old one is still live; waiting for
    /// that is the job of [`rotate_token`](Self::rotate_token).
    ///
    #[doc = availability!(apps_reset_token)]
    ///
    /// # Errors
    /// [Not found](crate::ErrorKind::NotFound) for what is not a live token of this app.
    pub fn reset_token(&self, token: &AccessToken) -> Call<IssuedToken> {
        self.with_body(token, |client, id, body| {
            client.apps_reset_token(id, body).map(Prepared::issuing)
        })
    }

    /// Revokes one token.
    ///
    #[doc = availability!(apps_delete_token)]
    ///
    /// # Errors
    /// [Not found](crate::ErrorKind::NotFound) for what is not a live token of this app.
    pub fn delete_token(&self, token: &AccessToken) -> Call<()> {
        self.with_body(token, |client, id, body| client.apps_delete_token(id, body))
    }

    /// Makes a narrower token from another one: fewer repositories, fewer permissions. The other one lives on.
    ///
    /// It takes the user token of a GitHub App, and is sent once, as [`reset_token`](Self::reset_token) is.
    ///
    #[doc = availability!(apps_scope_token)]
    ///
    /// # Errors
    /// [Not found](crate::ErrorKind::NotFound) for what is not a live token of this app, [invalid input](crate::ErrorKind::InvalidInput) for an empty login, an id below 1,
    /// an empty list of repositories or an empty name in it, [validation](crate::ErrorKind::Validation) for a scope that the token does not
    /// have.
    pub fn scope_token(&self, token: &AccessToken, scope: TokenRestriction) -> Call<IssuedToken> {
        self.call(token, |client, id| {
            client
                .apps_scope_token(id, &scope.body(token)?)
                .map(Prepared::issuing)
        })
    }

    /// Revokes everything that the owner of a live token has granted to the app, with the token in the URL.
    ///
    #[doc = availability!(apps_revoke_grant_for_application)]
    ///
    /// # Errors
    /// [Not found](crate::ErrorKind::NotFound) for what is not a live token of this app.
    #[deprecated(
        note = "GHES 2.18 to 3.3 only; use `delete_authorization`, which keeps the token out of the URL"
    )]
    pub fn revoke_grant_for_application(&self, token: &AccessToken) -> Call<()> {
        self.call(token, |client, id| {
            client.apps_revoke_grant_for_application(id, token)
        })
    }

    /// Returns what a live token of this app may do, with the token in the URL; `None` for any other token.
    ///
    #[doc = availability!(apps_check_authorization)]
    ///
    /// # Errors
    /// As for [`check_token`](Self::check_token).
    #[deprecated(
        note = "GHES 2.18 to 3.3 only; use `check_token`, which keeps the token out of the URL"
    )]
    pub fn check_authorization(&self, token: &AccessToken) -> Call<Option<Authorization>> {
        self.call(token, |client, id| {
            client.apps_check_authorization(id, token).map(dead_as_none)
        })
    }

    /// Replaces a token with a new one, with the old one in the URL. **The old one is revoked at once.**
    ///
    /// It is sent once, as [`reset_token`](Self::reset_token) is.
    ///
    #[doc = availability!(apps_reset_authorization)]
    ///
    /// # Errors
    /// [Not found](crate::ErrorKind::NotFound) for what is not a live token of this app.
    #[deprecated(
        note = "GHES 2.18 to 3.3 only; use `reset_token`, which keeps the token out of the URL"
    )]
    pub fn reset_authorization(&self, token: &AccessToken) -> Call<IssuedToken> {
        self.call(token, |client, id| {
            client
                .apps_reset_authorization(id, token)
                .map(Prepared::issuing)
        })
    }

    /// Revokes one token, with the token in the URL.
    ///
    #[doc = availability!(apps_revoke_authorization_for_application)]
    ///
    /// # Errors
    /// [Not found](crate::ErrorKind::NotFound) for what is not a live token of this app.
    #[deprecated(
        note = "GHES 2.18 to 3.3 only; use `delete_token`, which keeps the token out of the URL"
    )]
    pub fn revoke_authorization_for_application(&self, token: &AccessToken) -> Call<()> {
        self.call(token, |client, id| {
            client.apps_revoke_authorization_for_application(id, token)
        })
    }
}

impl OAuthApp {
    pub(super) fn find(&self, token: &AccessToken) -> Call<Option<Authorization>> {
        self.call(token, |client, id| self.examine(client, id, token))
    }

    /// Asks for a token by the operation that the server has; by the newer one where that is not known.
    fn examine(
        &self,
        client: &Client<'_>,
        id: &str,
        token: &AccessToken,
    ) -> Result<Prepared<Option<Authorization>>, Error> {
        if self.server.supports(&APPS_CHECK_TOKEN) == Some(false) {
            return client.apps_check_authorization(id, token).map(dead_as_none);
        }
        client
            .apps_check_token(
                id,
                &AccessTokenBody {
                    access_token: token.clone(),
                },
            )
            .map(dead_as_none)
    }

    fn call<T: Send + 'static>(
        &self,
        token: &AccessToken,
        prepare: impl FnOnce(&Client<'_>, &str) -> Result<Prepared<T>, Error>,
    ) -> Call<T> {
        let prepared = validate::access_token(token)
            .and_then(|()| prepare(&Client::new(self.server.0.url()), self.client_id()));
        Call::new(
            &self.server.0,
            &self.authorizer,
            Secrets::of(token.expose_secret()),
            prepared,
        )
    }

    fn with_body<T: Send + 'static>(
        &self,
        token: &AccessToken,
        prepare: impl FnOnce(&Client<'_>, &str, &AccessTokenBody) -> Result<Prepared<T>, Error>,
    ) -> Call<T> {
        self.call(token, |client, id| {
            prepare(
                client,
                id,
                &AccessTokenBody {
                    access_token: token.clone(),
                },
            )
        })
    }
}

impl std::fmt::Debug for OAuthApp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OAuthApp")
            .field("server", &self.server)
            .field("credentials", &self.credentials)
            .finish()
    }
}

/// Reads GitHub's 404 for a token, and an answer of `null`, as no authorization.
fn dead_as_none<T: Lenient + 'static>(prepared: Prepared<impl Sized>) -> Prepared<Option<T>> {
    Prepared::new(prepared.operation, prepared.request, RawResponse::optional)
}
