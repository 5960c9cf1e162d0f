//! The messages of errors, and the meaning of GitHub's phrases.

use super::over;
use crate::case::{Case, Want};
use crate::responses::{message, response};
use crate::server::Step;
use ghes_oauth::{ErrorKind, Outcome};
use std::time::Duration;

pub(super) fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = PHRASES.into_iter().map(phrase).collect();
    cases.extend(proxies());
    cases.extend([
        // GitHub's load balancer does not send JSON.
        refusal("phrase::user_agent_as_html", 403, USER_AGENT, |_| {
            Want::Failure(ErrorKind::UserAgentRefused)
        })
        .error(|error| error.to_string().contains("User-Agent header")),
        refusal("phrase::gateways_401", 401, "Sign in.", |_| {
            Want::Failure(ErrorKind::Unauthorized)
        })
        .error(|error| error.to_string().contains("perhaps a gateway")),
        refusal("phrase::gateways_403", 403, "Blocked.", |_| {
            Want::Failure(ErrorKind::Forbidden)
        })
        .error(|error| error.to_string().contains("perhaps a gateway")),
        wait(
            "rate_limit::past_retry_after_and_a_later_reset",
            &[("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"), RESET],
            |wait| wait > Duration::from_secs(1_000_000),
        ),
        wait(
            "rate_limit::reset_in_milliseconds",
            &[("X-RateLimit-Reset", "4102444800000")],
            |wait| wait > Duration::from_secs(1_000_000) && wait < A_CENTURY,
        ),
        wait(
            "rate_limit::reset_in_nanoseconds",
            &[("X-RateLimit-Reset", "4102444800000000000")],
            |wait| wait > Duration::from_secs(1_000_000) && wait < A_CENTURY,
        ),
    ]);
    cases
}

const USER_AGENT: &str = "\r\nRequest forbidden by administrative rules. Please make sure your request has a User-Agent header.\r\n";
/// In the year 2100.
const RESET: (&str, &str) = ("X-RateLimit-Reset", "4102444800");
const A_CENTURY: Duration = Duration::from_secs(100 * 366 * 24 * 3600);

/// A status, GitHub's message, and the kind of error that it is.
type Phrase = (
    &'static str,
    u16,
    &'static str,
    fn(&ghes_oauth::Operation) -> Want,
);

const PHRASES: [Phrase; 10] = [
    (
        "phrase::abuse_in_an_address",
        403,
        "Your account is suspended; contact abuse@example.com",
        |_| Want::Failure(ErrorKind::Forbidden),
    ),
    (
        "phrase::rate_limit_in_an_explanation",
        403,
        "Only administrators may change the API rate limit",
        |_| Want::Failure(ErrorKind::Forbidden),
    ),
    (
        "phrase::otp_in_footprint",
        401,
        "The footprint of the credentials is unknown",
        |_| Want::Failure(ErrorKind::Unauthorized),
    ),
    (
        "phrase::version_in_conversion",
        400,
        "The conversion of the body is not supported",
        |_| Want::Failure(ErrorKind::Validation),
    ),
    (
        "phrase::removed_in_a_version",
        410,
        "This endpoint was removed in version 3.30",
        |_| Want::Failure(ErrorKind::Gone),
    ),
    (
        "phrase::submitted_too_quickly",
        403,
        "The request was submitted too quickly",
        |_| Want::Failure(ErrorKind::SecondaryRateLimited),
    ),
    (
        "phrase::submitted_too_quickly_422",
        422,
        "Validation Failed: it was submitted too quickly",
        |_| Want::Failure(ErrorKind::SecondaryRateLimited),
    ),
    (
        "phrase::secondary_rate_limit",
        403,
        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
        |_| Want::Failure(ErrorKind::SecondaryRateLimited),
    ),
    (
        "phrase::primary_rate_limit",
        403,
        "API rate limit exceeded for user ID 1.",
        |_| Want::Failure(ErrorKind::RateLimited),
    ),
    (
        "phrase::otp_missing",
        401,
        "Must specify two-factor authentication OTP code.",
        |_| Want::Failure(ErrorKind::OtpRequired(ghes_oauth::OtpDelivery::Unknown)),
    ),
];

fn phrase((name, status, text, want): Phrase) -> Case {
    let body = message(text).to_string();
    let json = ("Content-Type", "application/json");
    // The limit ends with this request by coincidence, which is not the reason for the error.
    let headers = [json, RESET, ("X-RateLimit-Remaining", "0")];
    Case::new(name)
        .over(|operation| operation.id() == "apps/check-token")
        .responds(response(status, &headers, body.as_bytes()))
        .want(want)
        .outcome(Outcome::NotPerformed)
}

fn refusal(
    name: &'static str,
    status: u16,
    text: &'static str,
    want: fn(&ghes_oauth::Operation) -> Want,
) -> Case {
    let html = ("Content-Type", "text/html");
    Case::new(name)
        .responds(response(status, &[html], text.as_bytes()))
        .want(want)
}

/// An exhausted rate limit, and the wait in its error.
fn wait(name: &'static str, headers: &[(&str, &str)], right: fn(Duration) -> bool) -> Case {
    let body = message("API rate limit exceeded").to_string();
    let headers = [headers, &[("X-RateLimit-Remaining", "0")]].concat();
    Case::new(name)
        .over(|operation| operation.id() == "apps/check-token")
        .responds(response(403, &headers, body.as_bytes()))
        .want(|_| Want::Failure(ErrorKind::RateLimited))
        .error(move |error| error.retry_after().is_some_and(right))
        .error(|error| error.to_string().contains("; retry after "))
}

/// A proxy's response to the request for a tunnel.
fn proxies() -> [Case; 2] {
    [
        ("proxy::407", "407 Proxy Authentication Required", "(407)"),
        ("proxy::502", "502 Bad Gateway", "the proxy did not let"),
    ]
    .map(|(name, status, text)| {
        let head = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n");
        // Part of the request for the tunnel, which is not the operation's.
        let begun = "CONNECT ghe.example.com:443 HTTP/1.1\r\n".len();
        Case::new(name)
            .with(|setup| {
                setup.base = "https://ghe.example.com";
                setup.proxy = true;
            })
            .exchanges(move |_| {
                let write = Step::Write(head.clone().into_bytes());
                vec![vec![
                    Step::AtOnce,
                    Step::ReadPart(begun),
                    write,
                    Step::Stall,
                ]]
            })
            .want(over::lost)
            .outcome(Outcome::NotPerformed)
            .sent(|_| 0)
            .error(move |error| {
                let printed = error.to_string();
                printed.contains(text) && printed.contains("nothing was sent")
            })
    })
}
