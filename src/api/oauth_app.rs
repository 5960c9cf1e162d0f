//! The operations that take an OAuth App's credentials.

use crate::api::server::Server;
use crate::api::signed_in::SignedIn;
use crate::call::call::Call;
use crate::call::job::Job;
use crate::error::error::Error;
use crate::generated::operations::{APPS_CHECK_TOKEN, documentation};
use crate::generated::types::{AccessTokenBody, Authorization};
use crate::model::lenient::Lenient;
use crate::request::credentials::AppCredentials;
use crate::request::draft::Client;
use crate::request::prepared::Prepared;
use crate::request::validate;
use crate::response::issued_token::IssuedToken;
use crate::response::raw::RawResponse;
use crate::secret::newtypes::AccessToken;
use crate::secret::redact::Secrets;
use std::fmt;

/// Checks, rotates, narrows and revokes the tokens that users have granted an OAuth App.
///
/// Created by [`Server::oauth_app`]; cheap to clone. A GitHub App's client id and client secret do the same for its user tokens (`ghu_`).
///
/// ```no_run
/// use ghes_oauth::{AccessToken, AppCredentials, Server};
///
/// # async fn example(token: AccessToken) -> Result<(), ghes_oauth::Error> {
/// let credentials = AppCredentials::new("Iv1.8a61f9b3a7aba766", "client-secret")?;
/// let app = Server::new("https://ghe.example.com")?.oauth_app(credentials);
/// app.preflight().await?; // from here on, "not found" means the token
/// match app.check_token(&token).await? {
///     Some(authorization) => println!("{:?}", authorization.scopes),
///     None => println!("not a live token of this app"),
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct OAuthApp(SignedIn<AppCredentials>);

impl Server {
    /// Returns the operations that take an OAuth App's credentials.
    pub fn oauth_app(&self, credentials: AppCredentials) -> OAuthApp {
        let authorizer = credentials.authorize(&self.0.headers);
        OAuthApp(SignedIn::new(self, credentials, authorizer))
    }
}

impl OAuthApp {
    /// Returns the server that is called.
    pub fn server(&self) -> &Server {
        &self.0.server
    }

    /// Returns the app's client id.
    pub fn client_id(&self) -> &str {
        self.0.credentials.client_id()
    }

    /// Checks that the server is GitHub's and accepts the app's credentials. Call it before you trust 404s for many tokens.
    ///
    /// It checks a token that cannot exist twice: with the app's secret, to which the response must be "not found", and with a wrong
    /// secret, to which it must be different. If a server responds alike to both, its "not found" means nothing.
    ///
    /// # Errors
    /// [Unauthorized](crate::ErrorKind::Unauthorized) for wrong credentials, [no such endpoint](crate::ErrorKind::NoSuchEndpoint) for a
    /// wrong base URL, and those of any other call.
    pub fn preflight(&self) -> Job<Result<(), Error>> {
        let app = self.clone();
        Job::new(async move { app.prove().await })
    }

    #[doc = documentation!(apps_check_token)]
    ///
    /// The value is `None` if the token is not a live token of this app, as a personal access token never is ([`AccessToken::kind`]). A wrong
    /// base URL may lead to a 404 as well: call [`preflight`](Self::preflight) before you judge many tokens.
    ///
    /// A back end that signs users out keeps their sessions while the server is down:
    ///
    /// ```no_run
    /// # use ghes_oauth::{AccessToken, OAuthApp};
    /// # async fn example(app: OAuthApp, token: AccessToken) -> u16 {
    /// match app.check_token(&token).await {
    ///     Ok(Some(_)) => 200,
    ///     Ok(None) => 401, // end the session
    ///     Err(error) if error.is_retryable() => 503, // down, unreachable or rate limited: keep the session
    ///     Err(_) => 500, // wrong credentials or base URL: tell the operator
    /// }
    /// # }
    /// ```
    ///
    /// # Errors
    /// [Unauthorized](crate::ErrorKind::Unauthorized) for wrong app credentials, [no such endpoint](crate::ErrorKind::NoSuchEndpoint) for a
    /// 404 that is not GitHub's, [invalid input](crate::ErrorKind::InvalidInput) for a malformed token.
    #[doc(alias = "introspect")]
    pub fn check_token(&self, token: &AccessToken) -> Call<Option<Authorization>> {
        self.with_body(token, |client, id, body| {
            client.apps_check_token(id, body).map(or_none)
        })
    }

    #[doc = documentation!(apps_reset_token)]
    ///
    /// The call is never sent twice, and it continues when its future is dropped: see [`Call::deliver_to`]. After an error whose
    /// [outcome](Error::outcome) is unknown, check the old token to find out whether it is still live, or use
    /// [`rotate_token`](Self::rotate_token), which does that.
    ///
    /// # Errors
    /// [Not found](crate::ErrorKind::NotFound) if the token is not a live token of this app.
    pub fn reset_token(&self, token: &AccessToken) -> Call<IssuedToken> {
        self.with_body(token, |client, id, body| {
            client.apps_reset_token(id, body).map(Prepared::issuing)
        })
    }
}

impl OAuthApp {
    /// Checks a token by the operation that the server has; by the newer one if the server's version is not known.
    pub(super) fn find(&self, token: &AccessToken) -> Call<Option<Authorization>> {
        if self.server().supports(&APPS_CHECK_TOKEN) != Some(false) {
            return self.check_token(token);
        }
        self.call(token, |client, id| {
            let prepared = client.apps_check_authorization(id, token)?;
            Ok(or_none(prepared).without_condition())
        })
    }

    pub(super) fn call<T: Send + 'static, K>(
        &self,
        token: &AccessToken,
        prepare: impl FnOnce(&Client<'_>, &str) -> Result<Prepared<T, K>, Error>,
    ) -> Call<T, AppCredentials, K> {
        self.0.call(Secrets::of(token.expose_secret()), |client| {
            validate::access_token(token)?;
            prepare(client, self.client_id())
        })
    }

    pub(super) fn with_body<T: Send + 'static>(
        &self,
        token: &AccessToken,
        prepare: impl FnOnce(&Client<'_>, &str, &AccessTokenBody) -> Result<Prepared<T>, Error>,
    ) -> Call<T> {
        let body = AccessTokenBody {
            access_token: token.clone(),
        };
        let prepared = validate::access_token(token)
            .and_then(|()| prepare(&self.0.client(), self.client_id(), &body));
        self.0.call_of(Secrets::from(body.access_token), prepared)
    }
}

impl fmt::Debug for OAuthApp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.print("OAuthApp", f)
    }
}

/// Reads `null` and GitHub's 404 for a token as `None`.
pub(super) fn or_none<T: Lenient + 'static, K>(
    prepared: Prepared<impl Sized, K>,
) -> Prepared<Option<T>, K> {
    Prepared::new(prepared.operation, prepared.request, RawResponse::optional)
}
