//! A response as it came, and what it says.

use crate::error::error::Error;
use crate::error::kind::{ErrorKind, Phase};
use crate::model::lenient::Lenient;
use crate::model::metadata::Metadata;
use crate::model::operations::{Idempotency, Operation};
use crate::response::response::Response;
use crate::response::{classify, decode, truncated};
use crate::secret::buffer::SecretBytes;
use crate::secret::redact::Secrets;
use std::sync::Arc;

/// A response as it came: a status, headers and as much of the body as arrived.
pub(crate) struct RawResponse {
    pub(crate) operation: &'static Operation,
    pub(crate) metadata: Metadata,
    pub(crate) body: SecretBytes,
    /// Why the body is not whole, where it is not.
    pub(crate) fault: Option<Error>,
    pub(crate) otp_sent: bool,
    /// Whether an earlier sending of the same request may have arrived.
    pub(crate) repeated: bool,
    pub(crate) secrets: Arc<Secrets>,
}

impl RawResponse {
    /// The response of an operation that responds with JSON.
    pub(crate) fn json<T: Lenient>(self) -> Result<Response<T>, Error> {
        if !self.metadata.status().is_success() {
            return Err(self.refused());
        }
        if self.fault.is_none()
            && let Some(value) = decode::value(&self.body)
        {
            return Ok(Response::new(value, self.metadata));
        }
        Err(self.unreadable())
    }

    /// The response of an operation that responds with nothing: the status counts, unless there is more to it.
    pub(crate) fn empty(self) -> Result<Response<()>, Error> {
        if self.metadata.status().is_success() {
            return if self.says_nothing() {
                Ok(Response::new((), self.metadata))
            } else {
                Err(self.unreadable())
            };
        }
        let repeated = self.repeated && self.operation.idempotency() == Idempotency::Idempotent;
        let error = self.refused();
        // The first sending did it, and only its response was lost.
        if repeated {
            error
                .not_found()
                .map(|metadata| Response::new((), metadata))
        } else {
            Err(error)
        }
    }

    /// Whether a success is one that says no more than that. A sign-in or maintenance page is a 200 as well, truncated or not: whoever
    /// believed it would believe a live token revoked.
    fn says_nothing(&self) -> bool {
        if matches!(self.metadata.status().as_u16(), 204 | 205) {
            return true;
        }
        let is_html = self
            .metadata
            .text("content-type")
            .is_some_and(|kind| kind.to_ascii_lowercase().starts_with("text/html"));
        let body = self.body.trim_ascii();
        let is_json = body.is_empty() || body.starts_with(b"{") || body.starts_with(b"null");
        is_json && !is_html && truncated::text(body, "message").is_none()
    }

    /// Whether it is GitHub's 404, whole and with nothing else to say.
    pub(crate) fn is_plain_not_found(&self) -> bool {
        self.fault.is_none()
            && classify::is_plain_not_found(self.operation, &self.metadata, &self.body)
    }

    /// Whether it is a 404 that was truncated: it tells neither that a token is dead nor that the base URL is wrong.
    pub(crate) fn is_truncated_404(&self) -> bool {
        self.metadata.status() == reqwest::StatusCode::NOT_FOUND && self.fault.is_some()
    }

    /// The error that a status without success stands for.
    pub(crate) fn refused(self) -> Error {
        if self.is_truncated_404() {
            return self.unreadable();
        }
        classify::from_answer(
            self.operation,
            self.metadata,
            &self.body,
            self.otp_sent,
            &self.secrets,
        )
    }

    /// The error for a success whose body cannot be read; it carries the token where there is one in it.
    fn unreadable(self) -> Error {
        let token = truncated::token(&self.body);
        let error = self
            .fault
            .unwrap_or_else(|| {
                Error::new(
                    ErrorKind::Decode,
                    "the server's response is not what the API describes",
                )
            })
            .at(self.operation)
            .with_metadata(self.metadata.for_error(&self.secrets));
        match (self.operation.idempotency(), token) {
            (Idempotency::NotIdempotent, Some(token)) => error.with_token(token),
            (Idempotency::NotIdempotent, None) => error.outcome_unknown(),
            _ => error,
        }
    }

    /// Notes that the connection failed while the body came in.
    pub(crate) fn truncated_by(&mut self, fault: Error) {
        self.fault = Some(fault.with_phase(Phase::AnswerBegun));
    }
}
