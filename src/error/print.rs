//! `Display` and `Debug` of an error.

use crate::error::error::{Cause, Error};
use std::fmt;

/// How many characters of GitHub's message are printed; its own are shorter, but a gateway may send anything.
const MAX_MESSAGE: usize = 200;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.0.operation {
            write!(f, "{}: ", operation.name())?;
        }
        f.write_str(&self.0.explanation)?;
        let refused = self.status().is_some_and(|status| status.is_client_error());
        // "Not Found" adds nothing to the explanation.
        let message = self.github_message().filter(|text| *text != "Not Found");
        if let Some(message) = message.filter(|_| refused) {
            let message: String = message.chars().take(MAX_MESSAGE).collect();
            // Quoted and escaped: a message must not add lines to a log.
            write!(f, ": {message:?}")?;
        }
        if self.may_have_lost_a_result() {
            f.write_str("; whether the server performed it is unknown")?;
        }
        if let Some(wait) = self.retry_after() {
            write!(f, "; retry after {} s", wait.as_secs_f32().ceil())?;
        }
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
            .field("kind", &self.kind())
            .field("outcome", &self.outcome())
            .field("operation", &self.0.operation)
            .field("explanation", &self.0.explanation)
            .field("status", &self.status().map(|status| status.as_u16()))
            .field("request_id", &self.request_id())
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

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Cause {}
