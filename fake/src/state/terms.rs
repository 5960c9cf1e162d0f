//! The terms of a token: app, scopes, note and fingerprint.

use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// The terms of an authorization: everything but its token, its id and its dates.
#[derive(Clone, Debug, Default)]
pub(crate) struct Terms {
    /// The app's client id; `None` for a personal access token.
    pub(crate) app: Option<String>,
    pub(crate) login: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) note: Option<String>,
    pub(crate) note_url: Option<String>,
    pub(crate) fingerprint: Option<String>,
    /// For a scoped token: its restrictions.
    pub(crate) installation: Option<Installation>,
}

/// The restrictions of a scoped token.
#[derive(Clone, Debug)]
pub(crate) struct Installation {
    pub(crate) account_id: u64,
    pub(crate) account: String,
    pub(crate) permissions: Map<String, Value>,
    pub(crate) selected: bool,
}

impl Terms {
    /// Whether both count towards one limit: tokens of one user, app and set of scopes.
    pub(crate) fn share_a_limit(&self, other: &Self) -> bool {
        let scopes = |terms: &Self| -> BTreeSet<String> { terms.scopes.iter().cloned().collect() };
        self.app.is_some()
            && self.app == other.app
            && self.installation.is_none()
            && other.installation.is_none()
            && scopes(self) == scopes(other)
    }
}
