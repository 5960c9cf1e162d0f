//! Rate limits, and the waits that they ask for.

use super::over;
use crate::case::{Case, Want};
use crate::responses::{
    empty_response, good, html_response, json_response, message, reply, response,
};
use ghes_oauth::{ErrorKind, RetryPolicy};
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);

pub(super) fn cases() -> Vec<Case> {
    let secondary =
        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
    let abuse = "You have triggered an abuse detection mechanism.";
    vec![
        primary("rate_limit::403_used_up", 403, "4102444800", |wait| {
            wait > Some(MINUTE)
        }),
        primary("rate_limit::403_window_has_ended", 403, "1", |wait| {
            wait == Some(MINUTE)
        }),
        primary(
            "rate_limit::403_window_ends_beyond_time",
            403,
            "18446744073709551615",
            |wait| wait.is_some(),
        ),
        primary("rate_limit::403_window_without_end", 403, "soon", |wait| {
            wait == Some(MINUTE)
        }),
        primary("rate_limit::429_used_up", 429, "4102444800", |wait| {
            wait > Some(MINUTE)
        }),
        limited(
            "rate_limit::403_by_its_message",
            json_response(403, &message("API rate limit exceeded for 10.0.0.1.")),
            ErrorKind::RateLimited,
        ),
        limited(
            "rate_limit::403_secondary",
            json_response(403, &message(secondary)),
            ErrorKind::SecondaryRateLimited,
        )
        .error(|error| error.retry_after() == Some(MINUTE)),
        limited(
            "rate_limit::403_abuse",
            json_response(403, &message(abuse)),
            ErrorKind::SecondaryRateLimited,
        ),
        limited(
            "rate_limit::403_retry_after_only",
            response(403, &[("Retry-After", "7")], b""),
            ErrorKind::SecondaryRateLimited,
        )
        .error(|error| error.retry_after() == Some(Duration::from_secs(7))),
        limited(
            "rate_limit::429_json",
            json_response(429, &message(secondary)),
            ErrorKind::SecondaryRateLimited,
        ),
        limited(
            "rate_limit::429_html",
            html_response(429),
            ErrorKind::SecondaryRateLimited,
        ),
        limited(
            "rate_limit::429_empty",
            empty_response(429),
            ErrorKind::SecondaryRateLimited,
        ),
        limited(
            "rate_limit::429_retry_after",
            response(429, &[("Retry-After", "9")], b"{}"),
            ErrorKind::SecondaryRateLimited,
        )
        .error(|error| error.retry_after() == Some(Duration::from_secs(9))),
        Case::new("rate_limit::429_waited_for")
            .with(|setup| {
                setup.retry = RetryPolicy::default().wait_for_rate_limits(Duration::from_secs(5))
            })
            .exchanges(|operation| {
                vec![
                    reply(response(429, &[("Retry-After", "0")], b"")),
                    reply(good(operation)),
                ]
            })
            .want(|operation| {
                if over::once(operation) {
                    Want::Failure(ErrorKind::SecondaryRateLimited)
                } else {
                    Want::Success
                }
            })
            .sent(|_| 2),
        limited(
            "rate_limit::429_retry_after_zero",
            response(429, &[("Retry-After", "0")], b""),
            ErrorKind::SecondaryRateLimited,
        )
        .error(|error| error.retry_after() == Some(Duration::ZERO)),
        limited(
            "rate_limit::403_retry_after_past_date",
            response(
                403,
                &[("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT")],
                b"",
            ),
            ErrorKind::SecondaryRateLimited,
        ),
        limited(
            "rate_limit::429_longer_than_is_waited_for",
            response(429, &[("Retry-After", "3600")], b""),
            ErrorKind::SecondaryRateLimited,
        )
        .with(|setup| {
            setup.retry = RetryPolicy::default().wait_for_rate_limits(Duration::from_secs(5))
        }),
        limited(
            "rate_limit::429_endless_wait",
            response(429, &[("Retry-After", "18446744073709551615")], b""),
            ErrorKind::SecondaryRateLimited,
        )
        .with(|setup| setup.retry = RetryPolicy::default().wait_for_rate_limits(Duration::MAX)),
    ]
}

fn primary(
    name: &'static str,
    status: u16,
    reset: &'static str,
    right: fn(Option<Duration>) -> bool,
) -> Case {
    let headers = [
        ("X-RateLimit-Limit", "5000"),
        ("X-RateLimit-Remaining", "0"),
        ("X-RateLimit-Reset", reset),
    ];
    let bytes = response(
        status,
        &headers,
        message("API rate limit exceeded").to_string().as_bytes(),
    );
    limited(name, bytes, ErrorKind::RateLimited).error(move |error| right(error.retry_after()))
}

/// The server has performed nothing, so any call may be retried later.
fn limited(name: &'static str, bytes: Vec<u8>, kind: ErrorKind) -> Case {
    let case = Case::new(name)
        .responds(bytes)
        .error(|error| error.is_rate_limited() && error.is_retryable() && error.status().is_some());
    match kind {
        ErrorKind::RateLimited => case.want(|_| Want::Failure(ErrorKind::RateLimited)),
        _ => case.want(|_| Want::Failure(ErrorKind::SecondaryRateLimited)),
    }
}
