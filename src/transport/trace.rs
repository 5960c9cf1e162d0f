//! The spans and events for `tracing`, named by OpenTelemetry's conventions for HTTP clients.
//!
//! One span a call, one event an attempt. A request that follows a redirect or carries another one-time password is an attempt, too. None
//! contains a URL, because the path of some operations holds a token. Numbers are `i64`, because tracing-opentelemetry exports unsigned ones
//! as text.

use crate::error::error::Error;
use crate::error::kind::ErrorKind;
use crate::model::metadata::Metadata;
use crate::model::operation::Operation;
use http::StatusCode;
use reqwest::Url;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, SystemTime};
use tracing::Span;
use tracing::field::Empty;

/// The span of a call; [`record`] completes it.
pub(crate) fn span(operation: &'static Operation, server: &Url) -> Span {
    tracing::info_span!(
        "call",
        otel.name = format_args!("{} {}", operation.method(), operation.path()),
        operation = operation.id(),
        otel.kind = "client",
        http.request.method = operation.method(),
        url.template = operation.path(),
        server.address = server.host_str(),
        server.port = server.port_or_known_default().map(i64::from),
        http.response.status_code = Empty,
        http.request.resend_count = Empty,
        "error.type" = Empty,
        otel.status_code = Empty,
    )
}

/// Reports to the subscriber. If that panics, the program loses the report, and not the token that has just arrived.
fn report(report: impl FnOnce()) {
    // The program's panic hook has run already.
    let _ = catch_unwind(AssertUnwindSafe(report));
}

/// Records the result of a call in its span.
pub(crate) fn record(span: &Span, outcome: Result<&Metadata, &Error>) {
    if span.is_disabled() {
        return;
    }
    let status = match outcome {
        Ok(metadata) => Some(metadata.status()),
        Err(error) => error.status(),
    };
    report(|| {
        if let Some(status) = status {
            span.record("http.response.status_code", i64::from(status.as_u16()));
        }
        if let Err(error) = outcome {
            span.record("error.type", tracing::field::debug(error.kind()));
            span.record("otel.status_code", "ERROR");
        }
    });
}

/// Reports the end of an attempt, and the wait until the next one if it is a retry.
pub(super) fn attempt(
    operation: &'static Operation,
    attempt: u32,
    outcome: Result<StatusCode, ErrorKind>,
    pause: Option<Duration>,
) {
    report(|| {
        tracing::debug!(
            operation = operation.id(),
            attempt = i64::from(attempt),
            http.response.status_code = outcome.ok().map(|status| i64::from(status.as_u16())),
            "error.type" = outcome.err().map(tracing::field::debug),
            retry_in_ms = pause.map(milliseconds),
            "attempt"
        );
    });
}

/// Records in the call's span that its request is sent another time.
pub(super) fn resent(count: u32) {
    report(|| {
        Span::current().record("http.request.resend_count", i64::from(count));
    });
}

/// Reports that a call waits for a rate limit, and until when.
pub(crate) fn rate_limit(operation: Option<&'static Operation>, length: Duration) {
    let until = SystemTime::now()
        .checked_add(length)
        .map(httpdate::fmt_http_date);
    tracing::warn!(
        operation = operation.map(Operation::id),
        wait_ms = milliseconds(length),
        until,
        "waiting for a rate limit"
    );
}

fn milliseconds(length: Duration) -> i64 {
    i64::try_from(length.as_millis()).unwrap_or(i64::MAX)
}
