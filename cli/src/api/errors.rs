//! The client's errors as the program reports them.

use crate::failure::Failure;
use ghes_oauth::Error;

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

/// Returns whether the error concerns every request alike, so that further ones are in vain.
pub(crate) fn concerns_all(error: &Error) -> bool {
    error.is_unauthorized()
        || error.is_forbidden()
        || error.is_no_such_endpoint()
        || error.is_redirect_refused()
        || error.is_unsupported_api_version()
        || error.is_unsupported_by_server()
        || error.is_gone()
        || error.is_configuration()
}

fn help(error: &Error) -> Option<&'static str> {
    let help = if error.is_login_lockout() {
        "wait some minutes before the next attempt"
    } else if error.is_unauthorized() {
        "check the client id and secret, or the login and password"
    } else if error.is_no_such_endpoint() {
        "check the address of the server"
    } else if error.is_rate_limited() {
        "wait until the limit is reset"
    } else if error.is_timeout() || error.is_connection() {
        "check the network and the address, then run the command again"
    } else if error.is_server_error() {
        "run the command again later, or ask the server's administrator"
    } else if error.is_not_found() {
        "check the id"
    } else {
        return None;
    };
    Some(help)
}
