//! Authorizations, and the grants that they belong to.

use crate::state::terms::Terms;
use crate::state::token::Trace;
use std::time::SystemTime;

/// One token, without the token.
pub(crate) struct Authorization {
    pub(crate) id: u64,
    pub(crate) terms: Terms,
    pub(crate) token: Trace,
    pub(crate) created_at: u64,
    pub(crate) updated_at: u64,
    /// How its token begins, and so will the token after a reset.
    pub(crate) prefix: &'static str,
}

/// What a user allowed an app, however many tokens came of it.
pub(crate) struct Grant {
    pub(crate) id: u64,
    pub(crate) app: String,
    pub(crate) login: String,
    pub(crate) created_at: u64,
    pub(crate) updated_at: u64,
}

/// A token to be made.
pub(crate) struct Order {
    pub(crate) prefix: &'static str,
    pub(crate) terms: Terms,
    /// The token itself, where it is given.
    pub(crate) token: Option<String>,
    pub(crate) created_at: Option<SystemTime>,
}

impl Order {
    /// A token of the server's making, as of now.
    pub(crate) fn new(prefix: &'static str, terms: Terms) -> Self {
        Self {
            prefix,
            terms,
            token: None,
            created_at: None,
        }
    }
}
