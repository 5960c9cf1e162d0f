//! The one error type of the crate.

use crate::error::github::GitHubError;
use crate::error::kind::{ErrorKind, Outcome, Phase};
use crate::generated::types::{Authorization, ValidationProblem};
use crate::model::id::InvalidId;
use crate::model::metadata::Metadata;
use crate::model::operation::{Idempotency, Operation};
use crate::model::version::GhesVersion;
use crate::secret::buffer::SecretBytes;
use crate::secret::newtypes::AccessToken;
use http::StatusCode;
use std::time::Duration;

/// Describes what went wrong with a call.
///
/// [`kind`](Self::kind) is what happened, and each kind's documentation lists what to do; [`outcome`](Self::outcome) is whether the server
/// performed the operation. The accessors return what the server sent: status, headers, request id, GitHub's message.
///
/// `Display` prints the operation, what happened and, for a 4xx, GitHub's message, and never a URL, a body or a secret.
///
/// ```
/// use ghes_oauth::{ErrorKind, Outcome};
///
/// # fn handle(error: ghes_oauth::Error) -> Option<std::time::Duration> {
/// if error.is_rate_limited() {
///     return error.retry_after(); // wait that long, then call again
/// }
/// match (error.kind(), error.outcome()) {
///     (ErrorKind::Unauthorized, _) => eprintln!("check the credentials"),
///     (_, Outcome::Unknown) => eprintln!("find out what happened before calling again"),
///     _ => eprintln!("{error}"),
/// }
/// # None
/// # }
/// ```
pub struct Error(pub(super) Box<Inner>);

pub(super) struct Inner {
    kind: ErrorKind,
    pub(super) explanation: String,
    pub(super) operation: Option<&'static Operation>,
    metadata: Option<Metadata>,
    github: GitHubError,
    pub(super) token: Option<AccessToken>,
    phase: Option<Phase>,
    /// Set if it does not follow from the phase and the status.
    outcome: Option<Outcome>,
    retry_after: Option<Duration>,
    pub(super) cause: Option<Cause>,
    body: Option<SecretBytes>,
    authorization: Option<Box<Authorization>>,
}

impl Error {
    /// Returns the kind of error.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns whether the server performed the operation, as far as that is known.
    ///
    /// Do not simply retry a call that is [not idempotent](crate::Idempotency::NotIdempotent) while this is [`Unknown`](Outcome::Unknown):
    /// the lost response may have held the only copy of a new token.
    pub fn outcome(&self) -> Outcome {
        if let Some(outcome) = self.0.outcome {
            return outcome;
        }
        if self.0.token.is_some() {
            return Outcome::Performed;
        }
        match (self.0.phase, self.status()) {
            (Some(Phase::NotSent), _) => Outcome::NotPerformed,
            (Some(_), _) => Outcome::Unknown,
            // A status beyond 599 is to be treated as a 5xx (RFC 9110, section 15).
            (None, Some(status)) if status.is_success() || status.as_u16() >= 500 => {
                Outcome::Unknown
            }
            (None, _) => Outcome::NotPerformed,
        }
    }

    /// Returns whether the server refused the call for a rate limit: wait for [`retry_after`](Self::retry_after).
    pub fn is_rate_limited(&self) -> bool {
        matches!(
            self.kind(),
            ErrorKind::RateLimited | ErrorKind::SecondaryRateLimited
        )
    }

    /// Returns whether calling again later may succeed and does no harm.
    ///
    /// It is false for a call that is not idempotent while its outcome is unknown, and if a token was recovered.
    pub fn is_retryable(&self) -> bool {
        if self.outcome() == Outcome::Performed || self.may_have_lost_a_result() {
            return false;
        }
        let transient = self
            .status()
            .is_some_and(|status| matches!(status.as_u16(), 429 | 500 | 502 | 503 | 504));
        self.is_rate_limited()
            || transient
            || self.0.phase.is_some()
            || matches!(self.kind(), ErrorKind::Timeout | ErrorKind::Interrupted)
    }

    /// Returns how long to wait before another call, if the server or GitHub's rules ask for a wait.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Returns the text that the server sent as the new token, from a response that was truncated or could not be decoded.
    ///
    /// The old token is no longer live, and this may be the only copy of the new one. But it is whatever text was in the token's place, and
    /// may be something else, such as `***`: check it, for instance with [`OAuthApp::check_token`](crate::OAuthApp::check_token), before
    /// you store it as a token.
    pub fn recovered_token(&self) -> Option<&AccessToken> {
        self.0.token.as_ref()
    }

    /// Returns the authorization of a live token that could not be revoked, as [`Batch::revoke_live`](crate::Batch::revoke_live) found it
    /// just before.
    pub fn live_authorization(&self) -> Option<&Authorization> {
        self.0.authorization.as_deref()
    }

    /// Returns GitHub's own message, with every secret of the call redacted.
    pub fn github_message(&self) -> Option<&str> {
        self.0.github.message.as_deref()
    }

    /// Returns the problems that GitHub found in the request, field by field.
    pub fn validation_problems(&self) -> &[ValidationProblem] {
        &self.0.github.errors
    }

    /// Returns the documentation page that GitHub's response names.
    pub fn documentation_url(&self) -> Option<&str> {
        self.0.github.documentation_url.as_deref()
    }

    /// Returns the operation that failed; `None` for an error before any operation, such as a bad base URL.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.0.operation
    }

    /// Returns the status of the response; `None` without a response.
    pub fn status(&self) -> Option<StatusCode> {
        self.metadata().map(Metadata::status)
    }

    /// Returns the id of the request in the server's logs (`X-GitHub-Request-Id`).
    pub fn request_id(&self) -> Option<&str> {
        self.metadata().and_then(Metadata::request_id)
    }

    /// Returns the GHES version of the server that responded.
    pub fn ghes_version(&self) -> Option<GhesVersion> {
        self.metadata().and_then(Metadata::ghes_version)
    }

    /// Returns status and headers of the response; `None` without a response.
    pub fn metadata(&self) -> Option<&Metadata> {
        self.0.metadata.as_ref()
    }

    /// Returns the body of a success that could not be decoded, as much of it as arrived, so that nothing in it is lost.
    ///
    /// It may contain secrets: `Debug` shows only its length.
    pub fn raw_body(&self) -> Option<&[u8]> {
        self.0.body.as_deref()
    }
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, explanation: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            explanation: explanation.into(),
            operation: None,
            metadata: None,
            github: GitHubError::default(),
            token: None,
            phase: None,
            outcome: None,
            retry_after: None,
            cause: None,
            body: None,
            authorization: None,
        }))
    }

    /// The error for a refused argument. It names the field, not the value; `rule` describes a valid value.
    pub(crate) fn invalid_input(field: &'static str, rule: &str) -> Self {
        Self::new(ErrorKind::InvalidInput, format!("invalid {field}: {rule}"))
    }

    pub(crate) fn at(mut self, operation: &'static Operation) -> Self {
        self.0.operation.get_or_insert(operation);
        self
    }

    pub(crate) fn with_metadata(mut self, metadata: Metadata) -> Self {
        self.0.metadata = Some(metadata);
        self
    }

    pub(crate) fn with_github(mut self, github: GitHubError) -> Self {
        self.0.github = github;
        self
    }

    pub(crate) fn with_token(mut self, token: AccessToken) -> Self {
        self.0.token = Some(token);
        self
    }

    /// How far the request got before its connection failed. If that is not known, it counts as sent.
    pub(crate) fn phase(&self) -> Option<Phase> {
        self.0.phase
    }

    pub(crate) fn with_outcome(mut self, outcome: Outcome) -> Self {
        self.0.outcome = Some(outcome);
        self
    }

    pub(crate) fn with_phase(mut self, phase: Phase) -> Self {
        self.0.phase = Some(phase);
        self
    }

    pub(crate) fn with_retry_after(mut self, wait: Option<Duration>) -> Self {
        self.0.retry_after = wait;
        self
    }

    pub(crate) fn with_cause(mut self, cause: Cause) -> Self {
        self.0.cause = Some(cause);
        self
    }

    pub(crate) fn with_body(mut self, body: SecretBytes) -> Self {
        self.0.body = Some(body);
        self
    }

    pub(crate) fn with_authorization(mut self, authorization: Box<Authorization>) -> Self {
        self.0.authorization = Some(authorization);
        self
    }

    pub(crate) fn explained(mut self, explanation: &str) -> Self {
        self.0.explanation = explanation.to_owned();
        self
    }

    /// The error of an attempt that performed nothing, if an earlier one may have arrived: the outcome is unknown.
    pub(crate) fn after_earlier_attempts(mut self, retried: bool) -> Self {
        if retried && self.outcome() == Outcome::NotPerformed {
            self.0.outcome = Some(Outcome::Unknown);
            let text = &mut self.0.explanation;
            *text = text.replace("nothing was sent", "an earlier attempt was sent");
        }
        self
    }

    /// Whether a call that is not idempotent may have been performed.
    pub(super) fn may_have_lost_a_result(&self) -> bool {
        self.outcome() == Outcome::Unknown
            && self
                .operation()
                .is_some_and(|operation| operation.idempotency() == Idempotency::NotIdempotent)
    }

    /// The error for a call whose task ended before its response arrived: its runtime shut down, or it panicked.
    pub(crate) fn interrupted() -> Self {
        Self::new(
            ErrorKind::Interrupted,
            "the call was interrupted before its response arrived",
        )
        .with_outcome(Outcome::Unknown)
    }
}

impl From<InvalidId> for Error {
    fn from(error: InvalidId) -> Self {
        Self::invalid_input(error.field(), InvalidId::RULE)
    }
}

/// The HTTP layer's error as text, because its own error types print URLs.
#[derive(Debug)]
pub(crate) struct Cause(pub(crate) String);
