//! The verdicts of a batch on one token, and the errors that concern all of them.

use crate::error::error::Error;
use crate::error::kind::ErrorKind;
use crate::generated::types::Authorization;
use crate::model::token_kind::TokenKind;
use crate::model::variants::variants;

/// The verdict of [`OAuthApp::check_tokens`](crate::OAuthApp::check_tokens) on one token.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum Check {
    /// It is a live token of this app.
    Live(Box<Authorization>),
    /// It was a live token of this app, and the batch has revoked it, as [`Batch::revoke_live`](crate::Batch::revoke_live) requested.
    Revoked(Box<Authorization>),
    /// It is not a live token of this app: revoked, expired, never a token, or another app's.
    NotLive,
    /// It was not sent, because tokens of this kind are never an app's.
    Skipped(TokenKind),
    /// It was not sent, because the same token came earlier in the batch.
    Duplicate,
}

variants!(refused Check:
    Live(found) = "live",
    Revoked(found) = "revoked",
    NotLive = "not_live",
    Skipped(kind) = "skipped",
    Duplicate = "duplicate"
);

/// The result of [`OAuthApp::delete_tokens`](crate::OAuthApp::delete_tokens) for one token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum Revocation {
    /// It was a live token of this app, and has been revoked by this call.
    Revoked,
    /// It is not a live token of this app: revoked or expired before, never a token, or another app's.
    NotLive,
    /// It is not a live token of this app now: it was not found, or an earlier attempt whose response was lost has revoked it.
    NotLiveAfterRetry,
    /// It was not sent, because tokens of this kind are never an app's.
    Skipped(TokenKind),
    /// It was not sent, because the same token came earlier in the batch.
    Duplicate,
}

variants!(allowed Revocation:
    Revoked = "revoked",
    NotLive = "not_live",
    NotLiveAfterRetry = "not_live_after_retry",
    Skipped(kind) = "skipped",
    Duplicate = "duplicate"
);

/// The verdicts on a token that is not sent, and the verdict if an earlier call may have been performed.
pub(super) trait Verdict: Sized + Send + 'static {
    fn skipped(kind: TokenKind) -> Self;
    fn duplicate() -> Self;
    fn after_retry(self) -> Self {
        self
    }
}

impl Verdict for Check {
    fn skipped(kind: TokenKind) -> Self {
        Self::Skipped(kind)
    }

    fn duplicate() -> Self {
        Self::Duplicate
    }
}

impl Verdict for Revocation {
    fn skipped(kind: TokenKind) -> Self {
        Self::Skipped(kind)
    }

    fn duplicate() -> Self {
        Self::Duplicate
    }

    fn after_retry(self) -> Self {
        match self {
            Self::NotLive => Self::NotLiveAfterRetry,
            other => other,
        }
    }
}

/// Whether the next token would meet the same error.
pub(super) fn concerns_all(error: &Error) -> bool {
    error.is_rate_limited()
        || matches!(
            error.kind(),
            ErrorKind::Configuration
                | ErrorKind::DeniedByPolicy
                | ErrorKind::Forbidden
                | ErrorKind::Gone
                | ErrorKind::NoSuchEndpoint
                | ErrorKind::RedirectRefused
                | ErrorKind::Unauthorized
                | ErrorKind::UnsupportedApiVersion
                | ErrorKind::UnsupportedByServer
                | ErrorKind::UserAgentRefused
        )
}
