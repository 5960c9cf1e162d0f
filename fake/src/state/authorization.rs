//! Authorizations, and the grants that they belong to.

use crate::state::terms::Terms;
use crate::state::token::Trace;
use std::time::SystemTime;

/// One token, without its text.
pub(crate) struct Authorization {
    pub(crate) id: u64,
    pub(crate) terms: Terms,
    pub(crate) token: Trace,
    pub(crate) created_at: u64,
    pub(crate) updated_at: u64,
    /// The prefix of its token, and of the token after a reset.
    pub(crate) prefix: &'static str,
}

/// The consent of a user to an app. All tokens of that app for the user belong to it.
pub(crate) struct Grant {
    pub(crate) id: u64,
    pub(crate) app: String,
    pub(crate) login: String,
    pub(crate) created_at: u64,
    pub(crate) updated_at: u64,
}

/// A token to be created.
pub(crate) struct Order {
    pub(crate) prefix: &'static str,
    pub(crate) terms: Terms,
    /// The token's text, if it is given.
    pub(crate) token: Option<String>,
    pub(crate) created_at: Option<SystemTime>,
}

impl Order {
    /// A token that the fake generates, created now. A user token of a GitHub App has permissions instead of scopes.
    pub(crate) fn new(terms: Terms) -> Self {
        Self {
            prefix: match (&terms.app, &terms.installation) {
                (_, Some(_)) => "ghu",
                (Some(_), None) => "gho",
                (None, None) => "ghp",
            },
            terms,
            token: None,
            created_at: None,
        }
    }
}
