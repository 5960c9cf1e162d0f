//! The client's errors as the program reports them.

use crate::failure::Failure;
use ghes_oauth::{Error, ErrorKind};
use std::time::Duration;

/// The wait that GitHub asks for if a rate limit names none.
const UNSTATED: Duration = Duration::from_secs(60);

/// The longest wait: GitHub's windows last an hour.
const LONGEST: Duration = Duration::from_secs(3660);

/// Returns the error as one line with what to do about it.
pub(crate) fn failure(error: &Error) -> Failure {
    let failure = Failure::nothing_done(error.to_string());
    let failure = match std::error::Error::source(error) {
        Some(cause) => failure.caused_by(cause),
        None => failure,
    };
    match help(error) {
        Some(help) => failure.help(help),
        None => failure,
    }
}

/// Returns whether the error concerns every request, so that further ones are pointless.
pub(crate) fn concerns_all(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::Unauthorized
            | ErrorKind::Forbidden
            | ErrorKind::LoginLockout
            | ErrorKind::UserAgentRefused
            | ErrorKind::NoSuchEndpoint
            | ErrorKind::RedirectRefused
            | ErrorKind::UnsupportedApiVersion
            | ErrorKind::UnsupportedByServer
            | ErrorKind::Gone
            | ErrorKind::Configuration
    )
}

/// Returns whether the server could not be reached, or was down.
pub(crate) fn is_unreachable(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::Connection | ErrorKind::Timeout | ErrorKind::Server
    )
}

/// Returns how long to wait if a rate limit is exhausted.
pub(crate) fn rate_limit_wait(error: &Error) -> Option<Duration> {
    error
        .is_rate_limited()
        .then(|| error.retry_after().unwrap_or(UNSTATED).min(LONGEST))
}

fn help(error: &Error) -> Option<&'static str> {
    let help = match error.kind() {
        ErrorKind::LoginLockout => "wait some minutes before the next attempt",
        ErrorKind::Unauthorized => "check the credentials, and that they are of this server",
        ErrorKind::NoSuchEndpoint => "check the address of the server",
        ErrorKind::RateLimited | ErrorKind::SecondaryRateLimited => "wait until the limit is reset",
        ErrorKind::Timeout | ErrorKind::Connection => {
            "check the network and the address, then run the command again"
        }
        ErrorKind::Server => "run the command again later, or ask the server's administrator",
        ErrorKind::NotFound => "check the id",
        _ => return None,
    };
    Some(help)
}
