//! A running fake.

use crate::builder::Builder;
use crate::server::Server;
use crate::state::Terms;
use std::fmt;

/// A running fake; dropping it stops it and forgets everything.
#[must_use = "dropping it stops it"]
pub struct FakeGhes(pub(crate) Server);

impl FakeGhes {
    /// Begins to describe a fake; without further settings it is a GHES 3.3, the last version that has all
    /// nineteen operations, and knows nobody.
    pub fn builder() -> Builder {
        Builder::new()
    }

    /// The base of the REST API: `http://127.0.0.1:PORT/api/v3`, without the path when it stands for github.com.
    pub fn url(&self) -> &str {
        self.0.site().base()
    }

    /// Issues a token of the app for the user, as the end of the web flow would; `None` where either is unknown.
    pub fn issue_token(&self, client_id: &str, login: &str, scopes: &[&str]) -> Option<String> {
        let mut store = self.0.store();
        let app = store.app(client_id)?.client_id.clone();
        let login = store.user(login)?.login.clone();
        let scopes = scopes.iter().map(|&scope| scope.to_owned()).collect();
        let (_, token) = store.issue(
            "gho",
            Terms {
                app: Some(app),
                login,
                scopes,
                ..Terms::default()
            },
        );
        Some(token)
    }

    /// Revokes a token behind every client's back; `false` where it was not live.
    pub fn revoke_token(&self, token: &str) -> bool {
        let mut store = self.0.store();
        let id = store.live(token).map(|authorization| authorization.id);
        id.is_some_and(|id| store.remove(id))
    }

    /// Whether the token would work.
    pub fn is_live(&self, token: &str) -> bool {
        self.0.store().live(token).is_some()
    }

    /// How many live tokens the app holds for the user.
    pub fn live_tokens(&self, client_id: &str, login: &str) -> usize {
        let store = self.0.store();
        store
            .authorizations_of(login)
            .filter(|authorization| authorization.terms.app.as_deref() == Some(client_id))
            .count()
    }

    /// How many requests have arrived, refused ones included.
    pub fn requests(&self) -> usize {
        self.0.requests()
    }
}

impl fmt::Debug for FakeGhes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeGhes")
            .field("url", &self.url())
            .finish_non_exhaustive()
    }
}
