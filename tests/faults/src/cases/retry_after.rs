//! `Retry-After` in every form.

use super::over;
use crate::case::{Case, Want};
use crate::responses::{REQUEST_ID, response};
use ghes_oauth::ErrorKind;
use std::time::Duration;

pub(super) fn cases() -> Vec<Case> {
    RETRY_AFTER.into_iter().map(case).collect()
}

/// The `Retry-After` of a 503, its length, and whether the client waits for it (the longest wait of the cases is 20 ms).
type RetryAfter = (
    &'static str,
    &'static str,
    fn(Option<Duration>) -> bool,
    bool,
);

const A_CENTURY: Duration = Duration::from_secs(100 * 366 * 24 * 3600);

const RETRY_AFTER: [RetryAfter; 11] = [
    (
        "retry_after::zero",
        "0",
        |wait| wait == Some(Duration::ZERO),
        true,
    ),
    (
        "retry_after::seconds",
        "120",
        |wait| wait == Some(Duration::from_secs(120)),
        false,
    ),
    (
        "retry_after::huge",
        "18446744073709551615",
        |wait| wait == Some(Duration::from_secs(u64::MAX)),
        false,
    ),
    (
        "retry_after::time_since_the_epoch",
        "4102444800",
        |wait| wait > Some(Duration::from_secs(1_000_000)) && wait < Some(A_CENTURY),
        false,
    ),
    (
        "retry_after::too_large_for_a_number",
        "99999999999999999999999",
        |wait| wait.is_none(),
        true,
    ),
    ("retry_after::negative", "-5", |wait| wait.is_none(), true),
    ("retry_after::fraction", "1.5", |wait| wait.is_none(), true),
    (
        "retry_after::date",
        "Fri, 11 Nov 2044 11:11:11 GMT",
        |wait| wait > Some(Duration::from_secs(1_000_000)),
        false,
    ),
    (
        "retry_after::past_date",
        "Sun, 06 Nov 1994 08:49:37 GMT",
        |wait| wait == Some(Duration::ZERO),
        true,
    ),
    (
        "retry_after::junk",
        "in a while",
        |wait| wait.is_none(),
        true,
    ),
    ("retry_after::empty", "", |wait| wait.is_none(), true),
];

fn case((name, value, right, retried): RetryAfter) -> Case {
    let case = Case::new(name)
        .responds(response(503, &[("Retry-After", value)], b""))
        .want(|_| Want::Failure(ErrorKind::Server))
        .status(503)
        .error(move |error| right(error.retry_after()) && error.request_id() == Some(REQUEST_ID));
    if retried {
        case.sent(over::as_often_as_may_be)
    } else {
        case
    }
}
