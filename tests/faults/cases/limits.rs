//! Rate limits, and the time to wait that they come with.

use super::over;
use crate::answers::{answer, empty_answer, good, html_answer, json_answer, message, reply};
use crate::case::{Case, Want};
use ghes_oauth::{ErrorKind, RetryPolicy};
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);

pub(super) fn cases() -> Vec<Case> {
    let secondary =
        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
    let abuse = "You have triggered an abuse detection mechanism.";
    vec![
        primary("403: used up, ends soon", 403, "4102444800", |wait| {
            wait > Some(MINUTE)
        }),
        primary("403: used up, has ended", 403, "1", |wait| {
            wait == Some(MINUTE)
        }),
        primary(
            "403: used up, ends beyond time",
            403,
            "18446744073709551615",
            |wait| wait.is_some(),
        ),
        primary("403: used up, no end", 403, "soon", |wait| {
            wait == Some(MINUTE)
        }),
        primary("429: used up", 429, "4102444800", |wait| {
            wait > Some(MINUTE)
        }),
        limited(
            "403: used up, by its message",
            json_answer(403, &message("API rate limit exceeded for 10.0.0.1.")),
            ErrorKind::RateLimited,
        ),
        limited(
            "403: secondary",
            json_answer(403, &message(secondary)),
            ErrorKind::SecondaryRateLimited,
        )
        .error(|error| error.retry_after() == Some(MINUTE)),
        limited(
            "403: abuse",
            json_answer(403, &message(abuse)),
            ErrorKind::SecondaryRateLimited,
        ),
        limited(
            "403: Retry-After and no more",
            answer(403, &[("Retry-After", "7")], b""),
            ErrorKind::SecondaryRateLimited,
        )
        .error(|error| error.retry_after() == Some(Duration::from_secs(7))),
        limited(
            "429: JSON",
            json_answer(429, &message(secondary)),
            ErrorKind::SecondaryRateLimited,
        ),
        limited(
            "429: HTML",
            html_answer(429),
            ErrorKind::SecondaryRateLimited,
        ),
        limited(
            "429: empty",
            empty_answer(429),
            ErrorKind::SecondaryRateLimited,
        ),
        limited(
            "429: Retry-After",
            answer(429, &[("Retry-After", "9")], b"{}"),
            ErrorKind::SecondaryRateLimited,
        )
        .error(|error| error.retry_after() == Some(Duration::from_secs(9))),
        Case::new("429: waited for")
            .with(|setup| {
                setup.retry = RetryPolicy::default().wait_for_rate_limits(Duration::from_secs(5))
            })
            .answers(|operation| {
                vec![
                    reply(answer(429, &[("Retry-After", "0")], b"")),
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
            "429: no wait at all",
            answer(429, &[("Retry-After", "0")], b""),
            ErrorKind::SecondaryRateLimited,
        )
        .error(|error| error.retry_after() == Some(Duration::ZERO)),
        limited(
            "403: a wait that is over",
            answer(
                403,
                &[("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT")],
                b"",
            ),
            ErrorKind::SecondaryRateLimited,
        ),
        limited(
            "429: longer than is waited for",
            answer(429, &[("Retry-After", "3600")], b""),
            ErrorKind::SecondaryRateLimited,
        )
        .with(|setup| {
            setup.retry = RetryPolicy::default().wait_for_rate_limits(Duration::from_secs(5))
        }),
        limited(
            "429: a wait without end",
            answer(429, &[("Retry-After", "18446744073709551615")], b""),
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
    let bytes = answer(
        status,
        &headers,
        message("API rate limit exceeded").to_string().as_bytes(),
    );
    limited(name, bytes, ErrorKind::RateLimited).error(move |error| right(error.retry_after()))
}

/// The server has done nothing, so the call may be made again, later, whatever it does.
fn limited(name: &'static str, bytes: Vec<u8>, kind: ErrorKind) -> Case {
    let case = Case::new(name)
        .answer(bytes)
        .error(|error| error.is_rate_limited() && error.is_retryable() && error.status().is_some());
    match kind {
        ErrorKind::RateLimited => case.want(|_| Want::Failure(ErrorKind::RateLimited)),
        _ => case.want(|_| Want::Failure(ErrorKind::SecondaryRateLimited)),
    }
}
