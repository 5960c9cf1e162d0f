//! The optional arguments of a request.

mod debug;

use crate::error::error::Error;
use crate::generated::types;
use crate::generated::types::AppPermissions;
use crate::request::credentials::AppCredentials;
use crate::request::validate::{self, EMPTY, refuse_if};
use crate::secret::newtypes::{AccessToken, ClientSecret};

/// The user or organization that owns the repositories of a scoped token.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Account {
    /// By login.
    Login(String),
    /// By id.
    Id(i64),
}

/// The repositories that a scoped token may access. An empty list is refused, because GitHub would read it as all repositories.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Repositories {
    /// By name, without the owner.
    Names(Vec<String>),
    /// By id.
    Ids(Vec<i64>),
}

/// Limits what a scoped token may access.
///
/// ```
/// use ghes_oauth::{AppPermissions, PermissionLevel, TokenRestriction};
///
/// let permissions = AppPermissions::builder().issues(PermissionLevel::Write).build();
/// let restriction = TokenRestriction::of_login("octocat")
///     .repository_names(["hello-world"])
///     .permissions(permissions);
/// # let _ = restriction;
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "it does nothing until a call is given it"]
pub struct TokenRestriction {
    account: Account,
    repositories: Option<Repositories>,
    permissions: Option<AppPermissions>,
}

impl TokenRestriction {
    /// Starts with everything that the token can access and this account owns.
    pub fn new(account: Account) -> Self {
        Self {
            account,
            repositories: None,
            permissions: None,
        }
    }

    /// Starts with everything that the token can access and the user or organization with this login owns.
    pub fn of_login(login: impl Into<String>) -> Self {
        Self::new(Account::Login(login.into()))
    }

    /// Starts with everything that the token can access and the user or organization with this id owns.
    pub fn of_id(id: i64) -> Self {
        Self::new(Account::Id(id))
    }

    /// Limits it to these repositories.
    pub fn repositories(mut self, repositories: Repositories) -> Self {
        self.repositories = Some(repositories);
        self
    }

    /// Limits it to the repositories with these names.
    pub fn repository_names<S: Into<String>>(self, names: impl IntoIterator<Item = S>) -> Self {
        self.repositories(Repositories::Names(
            names.into_iter().map(Into::into).collect(),
        ))
    }

    /// Limits it to the repositories with these ids.
    pub fn repository_ids(self, ids: impl IntoIterator<Item = i64>) -> Self {
        self.repositories(Repositories::Ids(ids.into_iter().collect()))
    }

    /// Limits it to these permissions.
    pub fn permissions(mut self, permissions: AppPermissions) -> Self {
        self.permissions = Some(permissions);
        self
    }

    pub(crate) fn body(self, token: &AccessToken) -> Result<types::ScopeTokenBody, Error> {
        let (target, target_id) = match self.account {
            Account::Login(login) => {
                refuse_if("account", &[(login.is_empty(), EMPTY)])?;
                (Some(login), None)
            }
            Account::Id(id) => {
                validate::id("account id", id)?;
                (None, Some(id))
            }
        };
        let (repositories, repository_ids) = match self.repositories {
            None => (None, None),
            Some(Repositories::Names(names)) => {
                validate::not_empty("repositories", &names)?;
                let has_empty = names.iter().any(String::is_empty);
                refuse_if("repositories", &[(has_empty, "a name must not be empty")])?;
                (Some(names), None)
            }
            Some(Repositories::Ids(ids)) => {
                validate::not_empty("repository ids", &ids)?;
                ids.iter()
                    .try_for_each(|id| validate::id("repository ids", *id))?;
                (None, Some(ids))
            }
        };
        if let Some(permissions) = &self.permissions {
            validate::permissions(permissions)?;
        }
        Ok(types::ScopeTokenBody {
            access_token: token.clone(),
            target,
            target_id,
            repositories,
            repository_ids,
            permissions: self.permissions.map(Box::new),
        })
    }
}

/// The options of a new authorization; each may be left out.
///
/// ```
/// use ghes_oauth::NewAuthorization;
///
/// let wish = NewAuthorization::new().scopes(["public_repo"]).note("nightly build");
/// # let _ = wish;
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash)]
#[must_use = "it does nothing until a call is given it"]
pub struct NewAuthorization {
    scopes: Option<Vec<String>>,
    note: Option<String>,
    note_url: Option<String>,
    fingerprint: Option<String>,
}

impl NewAuthorization {
    /// Starts with GitHub's defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the scopes; without scopes the token reads public data only.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// Sets the note: what the token is for. GitHub refuses a second personal token with the same note.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// Sets the URL of a page about what the token is for.
    pub fn note_url(mut self, url: impl AsRef<str>) -> Self {
        self.note_url = Some(url.as_ref().to_owned());
        self
    }

    /// Sets the fingerprint, which distinguishes this authorization from others of the same app and user.
    pub fn fingerprint(mut self, fingerprint: impl Into<String>) -> Self {
        self.fingerprint = Some(fingerprint.into());
        self
    }

    pub(crate) fn create_body(
        self,
        app: Option<&AppCredentials>,
    ) -> types::CreateAuthorizationBody {
        types::CreateAuthorizationBody {
            scopes: self.scopes,
            note: self.note,
            note_url: self.note_url,
            fingerprint: self.fingerprint,
            client_id: app.map(|app| app.client_id().to_owned()),
            client_secret: app.map(|app| app.client_secret().clone()),
        }
    }

    pub(crate) fn get_or_create_body(
        self,
        client_secret: &ClientSecret,
    ) -> types::GetOrCreateAuthorizationBody {
        types::GetOrCreateAuthorizationBody {
            client_secret: client_secret.clone(),
            scopes: self.scopes,
            note: self.note,
            note_url: self.note_url,
            fingerprint: self.fingerprint,
        }
    }

    pub(crate) fn for_fingerprint_body(
        self,
        client_secret: &ClientSecret,
    ) -> Result<types::GetOrCreateAuthorizationForFingerprintBody, Error> {
        let rule = "it is in the path of this operation; do not set it a second time";
        refuse_if("fingerprint", &[(self.fingerprint.is_some(), rule)])?;
        Ok(types::GetOrCreateAuthorizationForFingerprintBody {
            client_secret: client_secret.clone(),
            scopes: self.scopes,
            note: self.note,
            note_url: self.note_url,
        })
    }
}

/// The changes to an authorization.
///
/// Scopes are replaced as a whole, or added and removed one by one; doing both in one call is refused.
///
/// ```
/// use ghes_oauth::AuthorizationUpdate;
///
/// let update = AuthorizationUpdate::new().add_scopes(["public_repo"]).note("optional note");
/// # let _ = update;
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "it does nothing until a call is given it"]
pub struct AuthorizationUpdate(types::UpdateAuthorizationBody);

impl AuthorizationUpdate {
    /// Starts without changes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Replaces the scopes with these.
    pub fn replace_scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.0.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// Adds these scopes.
    pub fn add_scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.0.add_scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// Removes these scopes.
    pub fn remove_scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.0.remove_scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// Replaces the note.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.0.note = Some(note.into());
        self
    }

    /// Replaces the URL of a page about what the token is for.
    pub fn note_url(mut self, url: impl AsRef<str>) -> Self {
        self.0.note_url = Some(url.as_ref().to_owned());
        self
    }

    /// Replaces the fingerprint.
    pub fn fingerprint(mut self, fingerprint: impl Into<String>) -> Self {
        self.0.fingerprint = Some(fingerprint.into());
        self
    }

    pub(crate) fn body(self) -> Result<types::UpdateAuthorizationBody, Error> {
        let Self(body) = self;
        let rule = "replace them, or add and remove some, but not both in one call";
        let changes_some = body.add_scopes.is_some() || body.remove_scopes.is_some();
        refuse_if("scopes", &[(body.scopes.is_some() && changes_some, rule)])?;
        Ok(body)
    }
}
