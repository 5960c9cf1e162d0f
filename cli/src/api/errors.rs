//! The client's errors as the program reports them.

use crate::failure::Failure;
use ghes_oauth::{Error, ErrorKind};
use std::time::Duration;

/// The wait that GitHub asks for if a rate limit names none.
const UNSTATED: Duration = Duration::from_secs(60);

/// The longest wait: GitHub's windows last an hour.
const LONGEST: Duration = Duration::from_secs(3660);

/// What the client's errors call a setting or an operation, and what the program calls it.
const NAMES: [(&str, &str); 4] = [
    ("ServerBuilder::root_certificate", "--ca-file"),
    (", or ServerBuilder::allow_plain_http", ""),
    ("`OAuthApp::check_token`", "`ghes-oauth check`"),
    ("`OAuthApp::delete_token`", "`ghes-oauth revoke`"),
];

/// Returns the error as one line with what to do about it.
pub(crate) fn failure(error: &Error) -> Failure {
    let text = NAMES
        .into_iter()
        .fold(error.to_string(), |text, (from, to)| text.replace(from, to));
    let failure = Failure::nothing_done(text);
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

#[cfg(test)]
mod tests {
    use super::*;
    use ghes_oauth::{Server, UserCredentials};

    #[test]
    #[allow(deprecated, reason = "the operation is not sent")]
    fn an_error_names_what_the_program_has() {
        let refused = Server::new("http://ghe.example.com").expect_err("plain http");
        let credentials = UserCredentials::new("octocat", "password").expect("valid");
        let github = Server::github()
            .expect("a server")
            .authorizations(credentials);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .expect("a runtime");
        let list = github.list_authorizations();
        let unsupported = runtime.block_on(list.into_future()).expect_err("not there");
        for (error, end) in [
            (refused, "in the clear; use https"),
            (unsupported, "with `ghes-oauth check`"),
        ] {
            assert!(!error.to_string().ends_with(end));
            let said = failure(&error).to_string();
            assert!(said.ends_with(end), "{said}");
        }
    }
}
