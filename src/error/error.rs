//! The one error type of the crate.

use crate::error::kind::{ErrorKind, Phase};
use crate::generated::types::ValidationProblem;
use crate::model::metadata::Metadata;
use crate::model::operations::Operation;
use crate::model::version::GhesVersion;
use crate::secret::buffer::SecretBytes;
use crate::secret::newtypes::AccessToken;
use crate::secret::redact::Secrets;
use reqwest::StatusCode;
use std::fmt;
use std::time::Duration;

/// What went wrong with a call.
///
/// It prints what happened and what to do, and never a URL, a body or a secret. [`kind`](Self::kind) tells errors
/// apart; the accessors hold what the server sent along: status, request id, GitHub's message.
///
/// ```
/// # fn handle(error: ghes_oauth::Error) -> Option<std::time::Duration> {
/// if error.is_rate_limited() {
///     return error.retry_after(); // wait that long, then call again
/// }
/// if error.is_outcome_unknown() {
///     // A reset may or may not have happened: ask with `OAuthApp::reset_outcome` before doing anything else.
/// }
/// # None
/// # }
/// ```
pub struct Error(pub(super) Box<Inner>);

pub(super) struct Inner {
    kind: ErrorKind,
    /// What it was before it became an open outcome.
    behind: Option<ErrorKind>,
    explanation: String,
    pub(super) operation: Option<&'static Operation>,
    metadata: Option<Metadata>,
    github: GitHubError,
    token: Option<AccessToken>,
    pub(super) phase: Option<Phase>,
    retry_after: Option<Duration>,
    cause: Option<Cause>,
    body: Option<SecretBytes>,
}

/// What GitHub's error body said; an [`Error`] holds it with every secret of the call cut out.
#[derive(Clone, Default)]
pub(crate) struct GitHubError {
    pub(crate) message: Option<String>,
    pub(crate) documentation_url: Option<String>,
    pub(crate) errors: Vec<ValidationProblem>,
}

impl GitHubError {
    /// The same with every secret of the call cut out.
    pub(crate) fn without(self, secrets: &Secrets) -> Self {
        let cut = |text: Option<String>| text.map(|text| secrets.redact(&text));
        let problem = |problem: ValidationProblem| ValidationProblem {
            resource: cut(problem.resource),
            field: cut(problem.field),
            code: cut(problem.code),
            message: cut(problem.message),
            index: problem.index,
        };
        Self {
            message: cut(self.message),
            documentation_url: cut(self.documentation_url),
            errors: self.errors.into_iter().map(problem).collect(),
        }
    }
}

impl Error {
    /// What kind of error it is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The operation that failed; `None` where the error came before any, such as a bad base URL or argument.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.0.operation
    }

    /// The status of the response, where there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.metadata().map(Metadata::status)
    }

    /// Status and headers of the response, where there was one.
    pub fn metadata(&self) -> Option<&Metadata> {
        self.0.metadata.as_ref()
    }

    /// The id of the request in the server's logs (`X-GitHub-Request-Id`).
    pub fn request_id(&self) -> Option<&str> {
        self.metadata().and_then(Metadata::request_id)
    }

    /// The GHES version of the server that responded.
    pub fn ghes_version(&self) -> Option<GhesVersion> {
        self.metadata().and_then(Metadata::ghes_version)
    }

    /// How long to wait before another call, where the server or GitHub's rules say so.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// GitHub's own sentence, with every secret of the call cut out.
    pub fn github_message(&self) -> Option<&str> {
        self.0.github.message.as_deref()
    }

    /// The page that GitHub's response points to.
    pub fn documentation_url(&self) -> Option<&str> {
        self.0.github.documentation_url.as_deref()
    }

    /// What GitHub found wrong with the request, field by field.
    pub fn validation_problems(&self) -> &[ValidationProblem] {
        &self.0.github.errors
    }

    /// How far the request got before its connection failed.
    ///
    /// Where that cannot be known, it counts as sent.
    pub fn phase(&self) -> Option<Phase> {
        self.0.phase
    }

    /// The body of a success that could not be read, as far as it arrived, so that nothing in it is lost.
    ///
    /// It is as secret as what was asked for: `Debug` shows its length alone.
    pub fn raw_body(&self) -> Option<&[u8]> {
        self.0.body.as_deref()
    }

    /// The new token from a response that was truncated or could not be read as a whole.
    ///
    /// **Store it:** the old one is dead already.
    pub fn recovered_token(&self) -> Option<&AccessToken> {
        self.0.token.as_ref()
    }
}

impl Error {
    /// Whether it is of this kind, or was before its outcome counted as unknown.
    pub(super) fn is(&self, kind: ErrorKind) -> bool {
        self.kind() == kind || self.0.behind == Some(kind)
    }

    pub(crate) fn new(kind: ErrorKind, explanation: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            behind: None,
            explanation: explanation.into(),
            operation: None,
            metadata: None,
            github: GitHubError::default(),
            token: None,
            phase: None,
            retry_after: None,
            cause: None,
            body: None,
        }))
    }

    /// A refused argument: `field` is named, its value is not; `rule` says what would be right.
    pub(crate) fn invalid_input(field: &'static str, rule: &str) -> Self {
        Self::new(ErrorKind::InvalidInput, format!("invalid {field}: {rule}"))
    }

    /// The same refusal once more, for the next call with the same credentials.
    pub(crate) fn copy_of_input(&self) -> Self {
        Self::new(self.kind(), self.0.explanation.clone())
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

    pub(crate) fn explained(mut self, explanation: &str) -> Self {
        self.0.explanation = explanation.to_owned();
        self
    }

    /// For calls without a tokio runtime to send them.
    pub(crate) fn no_runtime() -> Self {
        let text =
            "calls are sent from within a tokio runtime; without one use the feature `blocking`";
        Self::new(ErrorKind::Configuration, text)
    }

    /// For a call whose runtime shut down, or whose task panicked.
    pub(crate) fn stopped() -> Self {
        Self::new(
            ErrorKind::OutcomeUnknown,
            "the call was stopped before its response came",
        )
    }

    /// The same error after a request that must not be repeated: what it did is open.
    pub(crate) fn outcome_unknown(mut self) -> Self {
        self.0.behind = Some(std::mem::replace(
            &mut self.0.kind,
            ErrorKind::OutcomeUnknown,
        ));
        self.0.explanation.push_str(
            "; whether the server carried the request out is unknown, and sending it again could lose a token or a \
             change: find out first",
        );
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.0.operation {
            write!(f, "{}: ", operation.name())?;
        }
        f.write_str(&self.0.explanation)?;
        if let Some(status) = self.status() {
            write!(f, " (status {}", status.as_u16())?;
            if let Some(id) = self.request_id() {
                write!(f, ", request id {id}")?;
            }
            f.write_str(")")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("operation", &self.0.operation)
            .field("explanation", &self.0.explanation)
            .field("status", &self.status().map(|status| status.as_u16()))
            .field("request_id", &self.request_id())
            .field("phase", &self.0.phase)
            .field("recovered_token", &self.0.token)
            .field("cause", &self.0.cause)
            .field("raw_body_bytes", &self.raw_body().map(<[u8]>::len))
            .finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.cause.as_ref().map(|cause| cause as _)
    }
}

/// What the HTTP layer said, as text: its own error types print URLs.
#[derive(Debug)]
pub(crate) struct Cause(pub(crate) String);

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Cause {}
