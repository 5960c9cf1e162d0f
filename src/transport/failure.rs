//! What went wrong in an exchange, told without URLs and secrets.

use crate::error::error::Cause;
use crate::error::error::Error;
use crate::error::kind::{ErrorKind, Phase};
use crate::transport::exchange::Exchange;

impl Exchange {
    /// What the HTTP layer reports, without the URL that its errors print.
    pub(super) fn failed(&self, error: reqwest::Error) -> Error {
        if error.is_builder() {
            return Error::invalid_input(
                "request",
                "the HTTP client refuses to send it: a value in its URL is too long, or `configure` forbids it",
            );
        }
        // A caller's own client may have followed a redirect, so that the connection that failed was not the first.
        let phase = if error.is_connect() && !self.transport.is_callers_client {
            Phase::NotSent
        } else if error.is_body() || error.is_decode() {
            Phase::ResponseBegun
        } else {
            Phase::Sent
        };
        let timeout = error.is_timeout();
        let cause = Cause {
            text: self.secrets.redact(&chain(&error.without_url())),
            summary: None,
        };
        let (kind, text) = match (timeout, phase) {
            (true, _) => (ErrorKind::Timeout, "the time ran out"),
            (_, Phase::NotSent) => (
                ErrorKind::Connection,
                "no connection could be made; nothing was sent",
            ),
            (_, Phase::Sent) => (
                ErrorKind::Connection,
                "the connection failed before a response came",
            ),
            (_, Phase::ResponseBegun) => (
                ErrorKind::Connection,
                "the connection failed in the middle of the response",
            ),
        };
        Error::new(kind, text).with_phase(phase).with_cause(cause)
    }
}

pub(super) fn timed_out(phase: Phase) -> Error {
    Error::new(ErrorKind::Timeout, "the time for the call ran out").with_phase(phase)
}

/// The texts of an error and of what caused it.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = said(error);
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = said(cause);
        if !text.ends_with(&cause_text) {
            text.push_str(": ");
            text.push_str(&cause_text);
        }
        source = cause.source();
    }
    text
}

/// The text of an error, without the bytes that a server may add to the end of an HTTP/2 connection.
fn said(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    if let Some(start) = text.find(" (b\"") {
        text.truncate(start);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_of_a_server_are_no_part_of_a_cause() {
        let inner = std::io::Error::other(
            r#"connection error received: not a result of an error (b"gho_secret \"x\")")"#,
        );
        let outer = std::io::Error::other(inner);
        let text = chain(&outer);
        assert!(
            text.contains("not a result of an error") && !text.contains("gho_secret"),
            "{text}"
        );
    }
}
