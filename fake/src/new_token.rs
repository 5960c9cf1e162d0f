//! A token that a test creates.

use crate::state::authorization::Order;
use crate::state::store::Store;
use crate::state::terms::Terms;
use std::fmt;
use std::time::SystemTime;

/// Describes a token that a test creates without an HTTP request.
///
/// ```
/// use ghes_oauth_fake::{FakeGhes, NewToken};
/// use std::time::{Duration, SystemTime};
///
/// let last_week = SystemTime::now() - Duration::from_secs(7 * 24 * 3600);
/// let ghes = FakeGhes::builder()
///     .app("Iv1.8a61f9b3a7aba766", "client-secret")
///     .user("octocat", "password")
///     .token(NewToken::of_app("Iv1.8a61f9b3a7aba766", "octocat").value("gho_planted"))
///     .start()?;
/// assert!(ghes.is_live("gho_planted"));
/// let old = ghes.issue(NewToken::personal("octocat", "backup").created_at(last_week));
/// assert!(ghes.is_live(&old.expect("octocat is known")));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone)]
pub struct NewToken {
    terms: Terms,
    value: Option<String>,
    created_at: Option<SystemTime>,
}

impl NewToken {
    /// Describes a token of an app for a user.
    pub fn of_app(client_id: impl Into<String>, login: impl Into<String>) -> Self {
        Self::with(Terms {
            app: Some(client_id.into()),
            login: login.into(),
            ..Terms::default()
        })
    }

    /// Describes a personal access token with this note.
    pub fn personal(login: impl Into<String>, note: impl Into<String>) -> Self {
        Self::with(Terms {
            login: login.into(),
            note: Some(note.into()),
            ..Terms::default()
        })
    }

    /// Sets the scopes; there are none by default.
    pub fn scopes(mut self, scopes: &[&str]) -> Self {
        self.terms.scopes = scopes.iter().map(|&scope| scope.to_owned()).collect();
        self
    }

    /// Sets the note.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.terms.note = Some(note.into());
        self
    }

    /// Sets the fingerprint, which distinguishes the authorizations of one app and user.
    pub fn fingerprint(mut self, fingerprint: impl Into<String>) -> Self {
        self.terms.fingerprint = Some(fingerprint.into());
        self
    }

    /// Sets the token's text; by default the fake makes one in its version's format.
    pub fn value(mut self, token: impl Into<String>) -> Self {
        self.value = Some(token.into());
        self
    }

    /// Sets when the authorization was created; by default now, by the fake's clock.
    pub fn created_at(mut self, time: SystemTime) -> Self {
        self.created_at = Some(time);
        self
    }

    fn with(terms: Terms) -> Self {
        Self {
            terms,
            value: None,
            created_at: None,
        }
    }

    /// Issues the token; `None` if app or user is unknown.
    pub(crate) fn issue(self, store: &mut Store) -> Option<String> {
        let mut terms = self.terms;
        terms.login = store.user(&terms.login)?.login.clone();
        if let Some(app) = &terms.app {
            store.app(app)?;
        }
        let mut order = Order::new(terms);
        order.token = self.value;
        order.created_at = self.created_at;
        Some(store.issue(order).1)
    }
}

impl fmt::Debug for NewToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewToken")
            .field("terms", &self.terms)
            .field("created_at", &self.created_at)
            .finish_non_exhaustive()
    }
}
