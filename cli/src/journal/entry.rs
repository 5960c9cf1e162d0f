//! The observation of one token.

use crate::token::fingerprint::{self, Fingerprint};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::time::SystemTime;

/// The first line of a journal: the server and app of its verdicts. A journal of another app must not be continued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Header {
    /// The version of the format.
    pub(crate) journal: u32,
    pub(crate) server: String,
    pub(crate) client_id: String,
}

/// One line of a journal, and one row of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) kind: String,
    pub(crate) last_eight: String,
    pub(crate) sha256: String,
    pub(crate) source: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) line: Option<u64>,
    pub(crate) verdict: Verdict,
    /// Why the token was skipped or what failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) detail: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) scopes: Option<Vec<String>>,
    /// The login of the token's owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) login: Option<String>,
    /// When GitHub issued the token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) created_at: Option<String>,
    /// When this verdict was observed.
    pub(crate) observed_at: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) request_id: Option<String>,
}

/// A verdict on a token that the program has observed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Verdict {
    /// The server knows it as a token of the app.
    Live,
    /// The server confirmed its revocation in this run.
    RevokedNow,
    /// Revoked, expired or unknown before, or a token of another app.
    NotLive,
    /// Not sent, because it cannot be a token of the app.
    Skipped,
    /// Reported to GitHub, which has accepted to revoke it later.
    Submitted,
    /// Not known: the request failed.
    Failed,
}

impl Entry {
    pub(crate) fn new(
        token: &Fingerprint,
        source: &str,
        line: Option<u64>,
        verdict: Verdict,
    ) -> Self {
        Self {
            kind: token.kind().to_owned(),
            last_eight: token.last_eight().to_owned(),
            sha256: token.sha256().to_owned(),
            source: source.to_owned(),
            line,
            verdict,
            detail: None,
            scopes: None,
            login: None,
            created_at: None,
            observed_at: now(),
            request_id: None,
        }
    }

    /// Returns the same token with a verdict that was observed later.
    pub(crate) fn then(&self, verdict: Verdict) -> Self {
        Self {
            verdict,
            detail: None,
            observed_at: now(),
            request_id: None,
            ..self.clone()
        }
    }

    pub(crate) fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Returns the key by which the token counts as seen; `None` if the line was damaged.
    pub(crate) fn key(&self) -> Option<u128> {
        fingerprint::key(&self.sha256)
    }

    /// Returns the verdict as a report words it.
    pub(crate) fn words(&self) -> String {
        match (self.verdict, &self.detail) {
            (Verdict::Skipped, _) => format!("skipped: {}", self.kind),
            (Verdict::Failed, Some(detail)) => format!("failed: {detail}"),
            (verdict, _) => verdict.to_string(),
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Live => "live",
            Self::RevokedNow => "revoked now",
            Self::NotLive => "not a live token of this app",
            Self::Skipped => "skipped",
            Self::Submitted => "submitted",
            Self::Failed => "failed",
        })
    }
}

/// Returns the time as RFC 3339 has it, in UTC.
pub(crate) fn now() -> String {
    humantime::format_rfc3339_seconds(SystemTime::now()).to_string()
}
