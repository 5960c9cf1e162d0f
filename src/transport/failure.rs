//! The reason why an exchange failed, without URLs and secrets.

use crate::error::error::Cause;
use crate::error::error::Error;
use crate::error::kind::{ErrorKind, Phase};
use crate::secret::redact::Secrets;
use std::io;

mod tls;

/// Returns the error for a request without a response, without the URL that the HTTP layer's errors print.
pub(super) fn failed(
    error: reqwest::Error,
    phase: Phase,
    secrets: &Secrets,
    proxy_hint: Option<&str>,
) -> Error {
    if error.is_builder() {
        return Error::invalid_input(
            "request",
            "the HTTP client refuses the request: a value in its URL is too long, or `configure` forbids it",
        );
    }
    let is_timeout = error.is_timeout();
    let reason = reason(&error);
    let cause = cause(error, secrets);
    if phase == Phase::Sent {
        let text = match (is_timeout, reason) {
            (true, _) => "the time ran out",
            // In TLS 1.3 this error may arrive after the request was sent.
            (false, Some(reason)) if reason == tls::NO_CLIENT_CERTIFICATE => reason,
            (false, _) => "the connection failed before a response came",
        };
        return Error::new(kind(is_timeout), text)
            .with_phase(phase)
            .with_cause(cause);
    }
    let reason = match (reason, is_timeout) {
        (Some(reason), _) => reason,
        (None, true) => "no connection could be made in time",
        (None, false) => "no connection could be made",
    };
    Error::new(kind(is_timeout), not_sent(reason, proxy_hint))
        .with_phase(phase)
        .with_cause(cause)
}

fn not_sent(reason: &str, proxy_hint: Option<&str>) -> String {
    // The proxy's own responses name it already.
    match proxy_hint.filter(|_| !PROXYS.contains(&reason)) {
        Some(hint) => format!("{reason}; nothing was sent; {hint}"),
        None => format!("{reason}; nothing was sent"),
    }
}

/// Returns the error for a response that broke off.
pub(super) fn failed_in_body(error: reqwest::Error, secrets: &Secrets) -> Error {
    let is_timeout = error.is_timeout();
    let text = match is_timeout {
        true => "the time ran out",
        false => "the connection failed in the middle of the response",
    };
    Error::new(kind(is_timeout), text)
        .with_phase(Phase::ResponseBegun)
        .with_cause(cause(error, secrets))
}

fn cause(error: reqwest::Error, secrets: &Secrets) -> Cause {
    Cause(secrets.redact(&chain(&error.without_url())))
}

fn kind(is_timeout: bool) -> ErrorKind {
    match is_timeout {
        true => ErrorKind::Timeout,
        false => ErrorKind::Connection,
    }
}

pub(super) fn timed_out(phase: Phase, proxy_hint: Option<&str>) -> Error {
    let reason = "the time for the call ran out";
    let text = match phase {
        Phase::NotSent => not_sent(
            &format!("{reason} before there was a connection for it"),
            proxy_hint,
        ),
        _ => reason.to_owned(),
    };
    Error::new(ErrorKind::Timeout, text).with_phase(phase)
}

/// The reason why there is no connection, if it is one of the common ones.
fn reason(error: &reqwest::Error) -> Option<&'static str> {
    if error.is_dns() {
        return Some("the name of the host could not be resolved");
    }
    let typed = causes(error).find_map(|cause| {
        if let Some(error) = cause.downcast_ref::<io::Error>()
            && let Some(reason) = io_reason(error.kind())
        {
            return Some(reason);
        }
        tls::reason(cause)
    });
    typed.or_else(|| causes(error).find_map(|cause| proxy_reason(&cause.to_string())))
}

fn io_reason(kind: io::ErrorKind) -> Option<&'static str> {
    Some(match kind {
        io::ErrorKind::ConnectionRefused => "the connection was refused",
        io::ErrorKind::ConnectionReset => "the connection was reset while it was being made",
        io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => {
            "the host or its network cannot be reached"
        }
        _ => return None,
    })
}

/// The reasons that a proxy gave.
const PROXYS: [&str; 2] = [
    "the proxy asks for credentials (407)",
    "the proxy did not let the connection through",
];

/// The HTTP layer has no error types for proxies.
fn proxy_reason(text: &str) -> Option<&'static str> {
    let [credentials, refused] = PROXYS;
    if text.contains("proxy authorization required") {
        return Some(credentials);
    }
    text.contains("tunnel").then_some(refused)
}

/// An error and what caused it.
///
/// If a layer wrapped an I/O error in another one, the outer one returns the source of the inner one as its own.
fn causes<'a>(
    error: &'a (dyn std::error::Error + 'static),
) -> impl Iterator<Item = &'a (dyn std::error::Error + 'static)> {
    std::iter::successors(Some(error), |error| {
        match error.downcast_ref::<io::Error>().map(io::Error::get_ref) {
            Some(Some(inner)) => Some(inner),
            _ => error.source(),
        }
    })
}

/// The texts of an error and of its causes.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = String::new();
    for cause in causes(error) {
        let cause = text_of(cause);
        if text.is_empty() {
            text = cause;
        } else if !text.ends_with(&cause) {
            text.push_str(": ");
            text.push_str(&cause);
        }
    }
    text
}

/// The text of an error, without the debug data that a server may add when it closes an HTTP/2 connection.
fn text_of(error: &dyn std::error::Error) -> String {
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
    fn the_bytes_of_a_server_are_not_part_of_a_cause() {
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
