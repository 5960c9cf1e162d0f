//! Live tokens, as a server remembers them.

use crate::state::authorization::Authorization;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A live token, without its text: the fake keeps its hash, as GitHub does.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LiveToken {
    /// The id of its authorization.
    pub id: u64,
    /// The client id of its app; `None` for a personal access token.
    pub client_id: Option<String>,
    /// The login of its user.
    pub login: String,
    /// Its scopes.
    pub scopes: Vec<String>,
    /// Its note.
    pub note: Option<String>,
    /// Its SHA-256, in lower-case hexadecimal digits.
    pub hashed_token: String,
    /// Its last eight characters.
    pub token_last_eight: String,
    /// When its authorization was created, by the fake's clock.
    pub created_at: SystemTime,
}

impl LiveToken {
    pub(crate) fn new(authorization: &Authorization) -> Self {
        let Authorization {
            id,
            terms,
            token,
            created_at,
            ..
        } = authorization;
        Self {
            id: *id,
            client_id: terms.app.clone(),
            login: terms.login.clone(),
            scopes: terms.scopes.clone(),
            note: terms.note.clone(),
            hashed_token: token.hash.clone(),
            token_last_eight: token.last_eight.clone(),
            created_at: UNIX_EPOCH + Duration::from_secs(*created_at),
        }
    }
}
