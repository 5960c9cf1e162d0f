//! The deprecated OAuth Authorizations API, which takes a user's credentials.

use crate::api::server::Server;
use crate::call::call::Call;
use crate::call::job::Job;
use crate::call::page::Page;
use crate::error::error::Error;
use crate::generated::types::{ApplicationGrant, Authorization};
use crate::model::operations::availability;
use crate::request::arguments::{AuthorizationUpdate, NewAuthorization};
use crate::request::credentials::{AppCredentials, Authorizer, UserCredentials};
use crate::request::draft::Client;
use crate::request::prepared::Prepared;
use crate::request::validate;
use crate::response::issued_token::IssuedToken;
use crate::response::response::Response;
use crate::secret::newtypes::AccessToken;
use crate::secret::redact::Secrets;
use reqwest::StatusCode;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A user's operations on the grants and authorizations of their own account, by login and password.
///
/// All are deprecated: the [web application flow](https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps#web-application-flow)
/// takes their place. Made by [`Server::authorizations`]; cheap to clone. A user with two-factor authentication needs
/// [`Call::otp`] on each call.
///
/// ```no_run
/// use ghes_oauth::{Server, UserCredentials};
///
/// # #[allow(deprecated)]
/// # async fn example() -> Result<(), ghes_oauth::Error> {
/// let mine = Server::new("https://ghe.example.com")?.authorizations(UserCredentials::new("octocat", "password")?);
/// let page = mine.list_authorizations().per_page(100).otp("123456").await?;
/// for authorization in page.items {
///     println!("{} {:?}", authorization.id, authorization.note);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Authorizations {
    server: Server,
    credentials: UserCredentials,
    authorizer: Arc<Authorizer>,
}

/// A call with a user's credentials.
type UserCall<T> = Call<T, UserCredentials>;

impl Server {
    /// The operations that take a user's credentials: the deprecated OAuth Authorizations API.
    pub fn authorizations(&self, credentials: UserCredentials) -> Authorizations {
        Authorizations::new(self.clone(), credentials)
    }
}

impl Authorizations {
    pub(crate) fn new(server: Server, credentials: UserCredentials) -> Self {
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

    /// The user's login.
    pub fn login(&self) -> &str {
        self.credentials.login()
    }

    /// Lists the apps that the user has granted access: one entry per app, however many tokens it has.
    ///
    #[doc = availability!(oauth_authorizations_list_grants)]
    ///
    /// # Errors
    /// As every call with a user's credentials: [unauthorized](crate::ErrorKind::Unauthorized) for a wrong login or password,
    /// [one-time password required](crate::ErrorKind::OtpRequired) for two-factor authentication without a code.
    #[deprecated(
        note = "GHES 2.18 and later only; move to the web application flow; users review authorized apps in their settings"
    )]
    pub fn list_grants(&self) -> UserCall<Page<ApplicationGrant>> {
        self.call(Secrets::default(), |client| {
            client
                .oauth_authorizations_list_grants(None, None, None)
                .map(page)
        })
    }

    /// Gets one grant by its id.
    ///
    #[doc = availability!(oauth_authorizations_get_grant)]
    ///
    /// # Errors
    /// [Not found](crate::ErrorKind::NotFound) if the user has nothing with this id, [invalid input](crate::ErrorKind::InvalidInput) for one below 1.
    #[deprecated(
        note = "GHES 2.18 and later only; move to the web application flow; users review authorized apps in their settings"
    )]
    pub fn get_grant(&self, grant_id: i64) -> UserCall<ApplicationGrant> {
        self.by_id("grant id", grant_id, |client| {
            client.oauth_authorizations_get_grant(grant_id)
        })
    }

    /// Takes an app's access away: the grant and all tokens of the app for this user.
    ///
    #[doc = availability!(oauth_authorizations_delete_grant)]
    ///
    /// # Errors
    /// [Not found](crate::ErrorKind::NotFound) if the user has nothing with this id, [invalid input](crate::ErrorKind::InvalidInput) for one below 1.
    #[deprecated(
        note = "GHES 2.18 and later only; move to the web application flow; an app ends its grant with `OAuthApp::delete_authorization`"
    )]
    pub fn delete_grant(&self, grant_id: i64) -> UserCall<()> {
        self.by_id("grant id", grant_id, |client| {
            client.oauth_authorizations_delete_grant(grant_id)
        })
    }

    /// Lists the user's authorizations, one per token; the tokens themselves are not revealed.
    ///
    #[doc = availability!(oauth_authorizations_list_authorizations)]
    ///
    /// # Errors
    /// As for [`list_grants`](Self::list_grants).
    #[deprecated(
        note = "GHES 2.18 and later only; move to the web application flow; an app examines a token with `OAuthApp::check_token`"
    )]
    pub fn list_authorizations(&self) -> UserCall<Page<Authorization>> {
        self.call(Secrets::default(), |client| {
            client
                .oauth_authorizations_list_authorizations(None, None, None)
                .map(page)
        })
    }

    /// Makes a token: a personal one, or one of an app whose credentials are given.
    ///
    /// The response has the only copy of the token; it is sent once, see [`Call::deliver_to`].
    ///
    #[doc = availability!(oauth_authorizations_create_authorization)]
    ///
    /// # Errors
    /// [Validation](crate::ErrorKind::Validation) for a personal token whose note another one has,
    /// [invalid input](crate::ErrorKind::InvalidInput) for what cannot be an app's credentials.
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
        self.call(secret, |client| {
            client
                .oauth_authorizations_create_authorization(&wish.create_body(app))
                .map(Prepared::issuing)
        })
    }

    /// Gets the user's authorization of an app, or creates it.
    ///
    /// It is sent once, see [`Call::deliver_to`].
    ///
    #[doc = availability!(oauth_authorizations_get_or_create_authorization_for_app)]
    ///
    /// # Errors
    /// [Invalid input](crate::ErrorKind::InvalidInput) for what cannot be an app's credentials, [validation](crate::ErrorKind::Validation) for
    /// app credentials that the server does not accept.
    #[deprecated(note = "GHES 2.18 and later only; obtain tokens through the web application flow")]
    pub fn get_or_create_authorization_for_app(
        &self,
        app: &AppCredentials,
        wish: NewAuthorization,
    ) -> UserCall<GetOrCreate> {
        self.call(Secrets::of(app.client_secret().expose_secret()), |client| {
            let body = wish.get_or_create_body(app.client_secret());
            client
                .oauth_authorizations_get_or_create_authorization_for_app(app.client_id(), &body)
                .map(get_or_create)
        })
    }

    /// Gets the user's authorization of an app with a fingerprint, or creates it.
    ///
    /// It is sent once, see [`Call::deliver_to`].
    ///
    #[doc = availability!(oauth_authorizations_get_or_create_authorization_for_app_and_fingerprint)]
    ///
    /// # Errors
    /// [Invalid input](crate::ErrorKind::InvalidInput) for a fingerprint that a URL cannot carry (empty, `.`, `..`, or with a backslash), and
    /// for one set on `wish` as well; otherwise as for
    /// [`get_or_create_authorization_for_app`](Self::get_or_create_authorization_for_app).
    #[deprecated(note = "GHES 2.18 and later only; obtain tokens through the web application flow")]
    pub fn get_or_create_authorization_for_app_and_fingerprint(
        &self,
        app: &AppCredentials,
        fingerprint: &str,
        wish: NewAuthorization,
    ) -> UserCall<GetOrCreate> {
        self.call(Secrets::of(app.client_secret().expose_secret()), |client| {
            let body = wish.for_fingerprint_body(app.client_secret())?;
            client
                .oauth_authorizations_get_or_create_authorization_for_app_and_fingerprint(
                    app.client_id(),
                    fingerprint,
                    &body,
                )
                .map(get_or_create)
        })
    }

    /// Gets one authorization by its id; its token is not revealed.
    ///
    #[doc = availability!(oauth_authorizations_get_authorization)]
    ///
    /// # Errors
    /// [Not found](crate::ErrorKind::NotFound) if the user has nothing with this id, [invalid input](crate::ErrorKind::InvalidInput) for one below 1.
    #[deprecated(
        note = "GHES 2.18 and later only; move to the web application flow; an app examines a token with `OAuthApp::check_token`"
    )]
    pub fn get_authorization(&self, authorization_id: i64) -> UserCall<Authorization> {
        self.by_id("authorization id", authorization_id, |client| {
            client.oauth_authorizations_get_authorization(authorization_id)
        })
    }

    /// Changes scopes, note or fingerprint of an authorization; its token stays the same and is not revealed.
    ///
    /// It is sent once, as a repeat could undo a later change.
    ///
    #[doc = availability!(oauth_authorizations_update_authorization)]
    ///
    /// # Errors
    /// [Invalid input](crate::ErrorKind::InvalidInput) where scopes are replaced and added or removed at once, and for an id below 1;
    /// [not found](crate::ErrorKind::NotFound) if the user has nothing with this id; [validation](crate::ErrorKind::Validation) for content that
    /// GitHub refuses, such as the note of another personal token.
    #[deprecated(
        note = "GHES 2.18 and later only; move to the web application flow, which asks the user for the wanted scopes anew"
    )]
    pub fn update_authorization(
        &self,
        authorization_id: i64,
        update: AuthorizationUpdate,
    ) -> UserCall<Authorization> {
        self.by_id("authorization id", authorization_id, |client| {
            client.oauth_authorizations_update_authorization(authorization_id, &update.body()?)
        })
    }

    /// Deletes an authorization and revokes its token.
    ///
    #[doc = availability!(oauth_authorizations_delete_authorization)]
    ///
    /// # Errors
    /// [Not found](crate::ErrorKind::NotFound) if the user has nothing with this id, [invalid input](crate::ErrorKind::InvalidInput) for one below 1.
    #[deprecated(
        note = "GHES 2.18 and later only; move to the web application flow; an app revokes a token with `OAuthApp::delete_token`"
    )]
    pub fn delete_authorization(&self, authorization_id: i64) -> UserCall<()> {
        self.by_id("authorization id", authorization_id, |client| {
            client.oauth_authorizations_delete_authorization(authorization_id)
        })
    }

    /// Finds the authorization of a token, by the hash that GitHub keeps of it; `None` if the user has none.
    ///
    /// It reads the user's authorizations page by page, which takes several requests.
    ///
    /// # Errors
    /// [Invalid input](crate::ErrorKind::InvalidInput) for what cannot be a token, [decode](crate::ErrorKind::Decode) where the
    /// server lists authorizations without `hashed_token`, so that it cannot be known whether the user has one, and whatever
    /// [`list_authorizations`](Self::list_authorizations) can meet.
    #[allow(deprecated, reason = "the list is the only way to find it")]
    pub fn find_authorization(
        &self,
        token: &AccessToken,
    ) -> Job<Result<Option<Authorization>, Error>> {
        let (mine, token) = (self.clone(), token.clone());
        Job::new(async move { mine.find(&token).await })
    }

    #[allow(deprecated, reason = "the caller is deprecated as well")]
    async fn find(&self, token: &AccessToken) -> Result<Option<Authorization>, Error> {
        validate::access_token(token)?;
        let hash = token.hashed();
        let mut items = self.list_authorizations().items();
        while let Some(authorization) = items.next().await {
            let authorization = authorization?;
            if authorization
                .hashed_token
                .as_ref()
                .is_some_and(|known| known.eq_ignore_ascii_case(&hash))
            {
                return Ok(Some(authorization));
            }
        }
        Ok(None)
    }

    fn by_id<T: Send + 'static>(
        &self,
        field: &'static str,
        id: i64,
        prepare: impl FnOnce(&Client<'_>) -> Result<Prepared<T>, Error>,
    ) -> UserCall<T> {
        self.call(Secrets::default(), |client| {
            validate::id(field, id)?;
            prepare(client)
        })
    }

    fn call<T: Send + 'static>(
        &self,
        secrets: Secrets,
        prepare: impl FnOnce(&Client<'_>) -> Result<Prepared<T>, Error>,
    ) -> UserCall<T> {
        Call::new(
            &self.server.0,
            &self.authorizer,
            secrets,
            prepare(&Client::new(self.server.0.url())),
        )
    }
}

impl std::fmt::Debug for Authorizations {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Authorizations")
            .field("server", &self.server)
            .field("credentials", &self.credentials)
            .finish()
    }
}

/// What a get-or-create call found or made.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum GetOrCreate {
    /// Created now (201), with the new token, which no later response shows.
    Created(IssuedToken),
    /// It existed already (200). GitHub does not reveal its token; where a server does, it is in `token`.
    Existing(Authorization),
}

impl GetOrCreate {
    /// Returns the authorization, new or not.
    pub fn authorization(&self) -> &Authorization {
        match self {
            Self::Created(issued) => &issued.authorization,
            Self::Existing(authorization) => authorization,
        }
    }

    /// Returns the token, if the response has one, whatever its status: GitHub reveals only the token that it has just made.
    pub fn created_token(&self) -> Option<&AccessToken> {
        match self {
            Self::Created(issued) => Some(&issued.token),
            Self::Existing(authorization) => authorization.token.as_ref(),
        }
    }
}

fn get_or_create(prepared: Prepared<Authorization>) -> Prepared<GetOrCreate> {
    let operation = prepared.operation;
    prepared.reading(move |answer, decode| {
        let secrets = answer.secrets.clone();
        let response = decode(answer)?;
        if response.metadata().status() == StatusCode::CREATED {
            let (issued, metadata) =
                IssuedToken::from_response(response, operation, &secrets)?.into_parts();
            return Ok(Response::new(GetOrCreate::Created(issued), metadata));
        }
        let (authorization, metadata) = response.into_parts();
        Ok(Response::new(
            GetOrCreate::Existing(authorization),
            metadata,
        ))
    })
}

fn page<T: 'static>(prepared: Prepared<Vec<T>>) -> Prepared<Page<T>> {
    let url = prepared.request.url.clone();
    prepared.reading(move |answer, decode| {
        let (items, metadata) = decode(answer)?.into_parts();
        Ok(Response::new(Page::new(items, &metadata, &url), metadata))
    })
}
