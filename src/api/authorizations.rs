//! The deprecated OAuth Authorizations API, which takes a user's credentials.

use crate::api::server::Server;
use crate::api::signed_in::SignedIn;
use crate::call::call::Call;
use crate::call::page::Page;
use crate::error::error::Error;
use crate::generated::operations::documentation;
use crate::generated::types::{ApplicationGrant, Authorization};
use crate::model::id::{AuthorizationId, GrantId};
use crate::request::arguments::{AuthorizationUpdate, NewAuthorization};
use crate::request::condition::{NoCondition, TakesCondition};
use crate::request::credentials::{AppCredentials, UserCredentials};
use crate::request::draft::Client;
use crate::request::prepared::Prepared;
use crate::response::get_or_create::GetOrCreate;
use crate::response::issued_token::IssuedToken;
use crate::response::response::Response;
use crate::secret::redact::Secrets;
use std::fmt;

/// Lists, creates, changes and deletes the grants and authorizations of a user, with the user's login and password.
///
/// Every operation here is deprecated in favor of the [web application
/// flow](https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps#web-application-flow).
///
/// Created by [`Server::authorizations`]; cheap to clone. A user with two-factor authentication needs a one-time password for each call:
/// [`Call::otp`] or [`UserCredentials::otp_from`].
///
/// ```no_run
/// use ghes_oauth::{Server, UserCredentials};
///
/// # #[allow(deprecated)]
/// # async fn example() -> Result<(), ghes_oauth::Error> {
/// let credentials = UserCredentials::new("octocat", "password")?;
/// let mine = Server::new("https://ghe.example.com")?.authorizations(credentials);
/// let page = mine.list_authorizations().per_page(100).otp("123456").await?;
/// for authorization in page.items {
///     println!("{} {:?}", authorization.id, authorization.note);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Authorizations(SignedIn<UserCredentials>);

/// A call with a user's credentials.
type UserCall<T, K = NoCondition> = Call<T, UserCredentials, K>;

/// A GET call with a user's credentials.
type UserGet<T> = UserCall<T, TakesCondition>;

impl Server {
    /// Returns the operations that take a user's credentials: the deprecated OAuth Authorizations API.
    pub fn authorizations(&self, credentials: UserCredentials) -> Authorizations {
        let authorizer = credentials.authorize(&self.0.headers);
        Authorizations(SignedIn::new(self, credentials, authorizer))
    }
}

impl Authorizations {
    /// Returns the server that is called.
    pub fn server(&self) -> &Server {
        &self.0.server
    }

    /// Returns the user's login.
    pub fn login(&self) -> &str {
        self.0.credentials.login()
    }

    #[doc = documentation!(oauth_authorizations_list_grants)]
    ///
    /// # Errors
    /// Those of every call with a user's credentials: [unauthorized](crate::ErrorKind::Unauthorized) for a wrong login or password,
    /// [one-time password required](crate::ErrorKind::OtpRequired) if the user has two-factor authentication and the call has no one-time
    /// password.
    #[deprecated(
        note = "GHES 2.18 and later only; move to the web application flow; users review authorized apps in their settings"
    )]
    pub fn list_grants(&self) -> UserGet<Page<ApplicationGrant>> {
        self.call(|client| client.oauth_authorizations_list_grants().map(page))
    }

    #[doc = documentation!(oauth_authorizations_get_grant)]
    ///
    /// # Errors
    /// [Not found](crate::ErrorKind::NotFound) if the user has nothing with this id.
    #[deprecated(
        note = "GHES 2.18 and later only; move to the web application flow; users review authorized apps in their settings"
    )]
    pub fn get_grant(&self, grant_id: GrantId) -> UserGet<ApplicationGrant> {
        self.call(|client| client.oauth_authorizations_get_grant(&grant_id))
    }

    #[doc = documentation!(oauth_authorizations_delete_grant)]
    ///
    /// # Errors
    /// [Not found](crate::ErrorKind::NotFound) if the user has nothing with this id.
    #[deprecated(
        note = "GHES 2.18 and later only; move to the web application flow; an app ends its grant with `OAuthApp::delete_authorization`"
    )]
    pub fn delete_grant(&self, grant_id: GrantId) -> UserCall<()> {
        self.call(|client| client.oauth_authorizations_delete_grant(&grant_id))
    }

    #[doc = documentation!(oauth_authorizations_list_authorizations)]
    ///
    /// # Errors
    /// As for [`list_grants`](Self::list_grants).
    #[deprecated(
        note = "GHES 2.18 and later only; move to the web application flow; an app examines a token with `OAuthApp::check_token`"
    )]
    pub fn list_authorizations(&self) -> UserGet<Page<Authorization>> {
        self.call(|client| client.oauth_authorizations_list_authorizations().map(page))
    }

    #[doc = documentation!(oauth_authorizations_create_authorization)]
    ///
    /// The call is never sent twice; see [`Call::deliver_to`].
    ///
    /// # Errors
    /// [Validation](crate::ErrorKind::Validation) if another personal token has the same note, [invalid
    /// input](crate::ErrorKind::InvalidInput) for malformed app credentials.
    #[deprecated(
        note = "GHES 2.18 and later only; obtain tokens through the web application flow, or personal ones in the user's settings"
    )]
    pub fn create_authorization(
        &self,
        app: Option<&AppCredentials>,
        wish: NewAuthorization,
    ) -> UserCall<IssuedToken> {
        let secret = app.map_or_else(Secrets::default, |app| {
            Secrets::of(app.client_secret().expose_secret())
        });
        self.0.call(secret, |client| {
            client
                .oauth_authorizations_create_authorization(&wish.create_body(app))
                .map(Prepared::issuing)
        })
    }

    #[doc = documentation!(oauth_authorizations_get_or_create_authorization_for_app)]
    ///
    /// The call is never sent twice; see [`Call::deliver_to`].
    ///
    /// # Errors
    /// [Invalid input](crate::ErrorKind::InvalidInput) for malformed app credentials, [validation](crate::ErrorKind::Validation) for app
    /// credentials that the server does not accept.
    #[deprecated(note = "GHES 2.18 and later only; obtain tokens through the web application flow")]
    pub fn get_or_create_authorization_for_app(
        &self,
        app: &AppCredentials,
        wish: NewAuthorization,
    ) -> UserCall<GetOrCreate> {
        self.0
            .call(Secrets::of(app.client_secret().expose_secret()), |client| {
                let body = wish.get_or_create_body(app.client_secret());
                client
                    .oauth_authorizations_get_or_create_authorization_for_app(
                        app.client_id(),
                        &body,
                    )
                    .map(Prepared::getting_or_creating)
            })
    }

    #[doc = documentation!(oauth_authorizations_get_or_create_authorization_for_app_and_fingerprint)]
    ///
    /// The call is never sent twice; see [`Call::deliver_to`].
    ///
    /// # Errors
    /// [Invalid input](crate::ErrorKind::InvalidInput) for a fingerprint that a URL cannot carry (empty, `.`, `..`, or with a backslash),
    /// or if `wish` has a fingerprint, too; otherwise those of
    /// [`get_or_create_authorization_for_app`](Self::get_or_create_authorization_for_app).
    #[deprecated(note = "GHES 2.18 and later only; obtain tokens through the web application flow")]
    pub fn get_or_create_authorization_for_app_and_fingerprint(
        &self,
        app: &AppCredentials,
        fingerprint: &str,
        wish: NewAuthorization,
    ) -> UserCall<GetOrCreate> {
        self.0
            .call(Secrets::of(app.client_secret().expose_secret()), |client| {
                let body = wish.for_fingerprint_body(app.client_secret())?;
                client
                    .oauth_authorizations_get_or_create_authorization_for_app_and_fingerprint(
                        app.client_id(),
                        fingerprint,
                        &body,
                    )
                    .map(Prepared::getting_or_creating)
            })
    }

    #[doc = documentation!(oauth_authorizations_get_authorization)]
    ///
    /// # Errors
    /// [Not found](crate::ErrorKind::NotFound) if the user has nothing with this id.
    #[deprecated(
        note = "GHES 2.18 and later only; move to the web application flow; an app examines a token with `OAuthApp::check_token`"
    )]
    pub fn get_authorization(&self, authorization_id: AuthorizationId) -> UserGet<Authorization> {
        self.call(|client| client.oauth_authorizations_get_authorization(&authorization_id))
    }

    #[doc = documentation!(oauth_authorizations_update_authorization)]
    ///
    /// The call is never sent twice, because a retry could undo a later change.
    ///
    /// # Errors
    /// [Invalid input](crate::ErrorKind::InvalidInput) if scopes are both replaced and added or removed; [not
    /// found](crate::ErrorKind::NotFound) if the user has no authorization with this id; [validation](crate::ErrorKind::Validation) for
    /// values that GitHub refuses, such as the note of another personal token.
    #[deprecated(
        note = "GHES 2.18 and later only; move to the web application flow, which asks the user for the wanted scopes anew"
    )]
    pub fn update_authorization(
        &self,
        authorization_id: AuthorizationId,
        update: AuthorizationUpdate,
    ) -> UserCall<Authorization> {
        self.call(|client| {
            client.oauth_authorizations_update_authorization(&authorization_id, &update.body()?)
        })
    }

    #[doc = documentation!(oauth_authorizations_delete_authorization)]
    ///
    /// # Errors
    /// [Not found](crate::ErrorKind::NotFound) if the user has nothing with this id.
    #[deprecated(
        note = "GHES 2.18 and later only; move to the web application flow; an app revokes a token with `OAuthApp::delete_token`"
    )]
    pub fn delete_authorization(&self, authorization_id: AuthorizationId) -> UserCall<()> {
        self.call(|client| client.oauth_authorizations_delete_authorization(&authorization_id))
    }
}

impl Authorizations {
    /// Creates a call whose request contains no secret besides the credentials.
    fn call<T: Send + 'static, K>(
        &self,
        prepare: impl FnOnce(&Client<'_>) -> Result<Prepared<T, K>, Error>,
    ) -> UserCall<T, K> {
        self.0.call(Secrets::default(), prepare)
    }
}

impl fmt::Debug for Authorizations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.print("Authorizations", f)
    }
}

fn page<T: 'static, K>(prepared: Prepared<Vec<T>, K>) -> Prepared<Page<T>, K> {
    let url = prepared.request.url.clone();
    prepared.reading(move |response, decode| {
        let (items, metadata) = decode(response)?.into_parts();
        Ok(Response::new(Page::new(items, &metadata, &url), metadata))
    })
}
