//! Reports leaked tokens to GitHub, which needs no credentials.

use super::errors;
use crate::failure::Failure;
use ghes_oauth::{AccessToken, Server};
use std::time::Duration;

/// How many tokens one report may contain.
pub(crate) const MOST: usize = 1000;

/// Why GitHub did not accept a report.
pub(crate) struct Refused {
    pub(crate) failure: Failure,
    pub(crate) request_id: Option<String>,
    /// Whether further reports are pointless.
    pub(crate) concerns_all: bool,
    /// How long to wait if a rate limit is exhausted.
    pub(crate) wait: Option<Duration>,
}

/// Reports tokens of any owner, and returns the id of the request that GitHub accepted.
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
