//! The report of leaked tokens to GitHub, which anybody may make.

use super::app::{self, Trouble};
use super::errors;
use crate::failure::Failure;
use ghes_oauth::{AccessToken, Server};

/// How many tokens one report may have.
pub(crate) const MOST: usize = 1000;

/// Returns github.com.
pub(crate) fn github() -> Result<Server, Failure> {
    Server::github().map_err(|error| errors::failure(&error))
}

/// Reports tokens of any owner. The result is the request id of GitHub's promise to revoke them.
pub(crate) async fn report(
    github: &Server,
    tokens: impl IntoIterator<Item = &AccessToken>,
) -> Result<Option<String>, Trouble> {
    let response = github.revoke_credentials(tokens).send().await;
    let response = response.map_err(|error| app::trouble(&error))?;
    Ok(response.metadata().request_id().map(str::to_owned))
}
