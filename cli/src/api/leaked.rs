//! The report of leaked tokens to GitHub, which anybody may make.

use super::errors;
use crate::failure::Failure;
use ghes_oauth::{AccessToken, Server};
use std::time::Duration;

/// How many tokens one report may have.
pub(crate) const MOST: usize = 1000;

/// Why GitHub has not taken a report.
pub(crate) struct Refused {
    pub(crate) failure: Failure,
    pub(crate) request_id: Option<String>,
    /// Whether further reports are in vain.
    pub(crate) concerns_all: bool,
    /// How long to wait where a rate limit is used up.
    pub(crate) wait: Option<Duration>,
}

/// Reports tokens of any owner. The result is the request id of GitHub's promise to revoke them.
pub(crate) async fn report(
    github: &Server,
    tokens: impl IntoIterator<Item = &AccessToken>,
) -> Result<Option<String>, Refused> {
    let response = github.revoke_credentials(tokens).send().await;
    match response {
        Ok(response) => Ok(response.metadata().request_id().map(str::to_owned)),
        Err(error) => Err(Refused {
            failure: errors::failure(&error),
            request_id: error.request_id().map(str::to_owned),
            concerns_all: errors::concerns_all(&error) || errors::is_unreachable(&error),
            wait: errors::rate_limit_wait(&error),
        }),
    }
}
