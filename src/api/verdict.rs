//! The verdicts of a batch on one token, and the errors that concern all of them.

use crate::error::error::Error;
use crate::error::kind::ErrorKind;
use crate::generated::types::Authorization;
use crate::model::token_kind::TokenKind;
use crate::secret::serialize::{Part, Secrecy, SerializeSecrets, refused, without_secrets};
use serde::{Deserialize, Serialize, Serializer};

/// The verdict of [`OAuthApp::check_tokens`](crate::OAuthApp::check_tokens) on one token.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
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

refused!(Check);

impl SerializeSecrets for Check {
    fn serialize_secrets<S: Serializer>(&self, secrecy: Secrecy, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Live(found) => {
                to.serialize_newtype_variant("Check", 0, "live", &Part(found, secrecy))
            }
            Self::Revoked(found) => {
                to.serialize_newtype_variant("Check", 1, "revoked", &Part(found, secrecy))
            }
            Self::NotLive => to.serialize_unit_variant("Check", 2, "not_live"),
            Self::Skipped(kind) => to.serialize_newtype_variant("Check", 3, "skipped", kind),
            Self::Duplicate => to.serialize_unit_variant("Check", 4, "duplicate"),
        }
    }
}

/// The result of [`OAuthApp::delete_tokens`](crate::OAuthApp::delete_tokens) for one token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
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

without_secrets!(Revocation);

/// The verdicts on a token that is not sent, and what a verdict means after an earlier call may have been performed.
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
