//! The calls on an app's tokens.

use super::errors;
use crate::failure::Failure;
use futures_util::stream::{self, Stream};
use ghes_oauth::{
    AccessToken, Batch, Check, Error, ErrorKind, Metadata, OAuthApp, Outcome, Rotation,
};
use std::time::{Duration, Instant, SystemTime};
use tokio::sync::mpsc::UnboundedReceiver;

/// The result of a preflight.
pub(crate) struct Preflight {
    /// The server's GHES version.
    pub(crate) version: Option<String>,
    /// How long one request takes.
    pub(crate) latency: Duration,
    pub(crate) rate_limit: Option<Limit>,
}

/// A rate limit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit {
    pub(crate) limit: u64,
    pub(crate) remaining: u64,
    pub(crate) resets_in: Duration,
}

/// Returns the rate limit that a response reports.
fn limit_of(metadata: &Metadata) -> Option<Limit> {
    let limit = metadata.rate_limit()?;
    Some(Limit {
        limit: limit.limit?,
        remaining: limit.remaining?,
        resets_in: limit
            .reset?
            .duration_since(SystemTime::now())
            .unwrap_or_default(),
    })
}

/// Checks that the server accepts the app's credentials and distinguishes its tokens from others.
pub(crate) async fn preflight(app: &OAuthApp) -> Result<Preflight, Failure> {
    app.preflight()
        .await
        .map_err(|error| errors::failure(&error))?;
    // A token that does not exist: its response carries the rate limit.
    let nobody = AccessToken::new("gho_000000000000000000000000000000000000");
    let start = Instant::now();
    let response = app.check_token(&nobody).send().await;
    let latency = start.elapsed();
    let rate_limit = response
        .ok()
        .and_then(|response| limit_of(response.metadata()));
    Ok(Preflight {
        version: app
            .server()
            .ghes_version()
            .map(|version| version.to_string()),
        latency,
        rate_limit,
    })
}

/// Checks the tokens of the source, which yields each one once, and revokes the live ones on request.
pub(crate) fn judge(
    app: &OAuthApp,
    mut tokens: UnboundedReceiver<AccessToken>,
    revokes: bool,
    concurrency: usize,
) -> Batch<impl Stream<Item = AccessToken> + Unpin + use<>, Check> {
    let tokens = stream::poll_fn(move |context| tokens.poll_recv(context));
    let batch = app
        .check_tokens_from(tokens)
        .without_deduplication()
        .concurrency(concurrency);
    if revokes { batch.revoke_live() } else { batch }
}

/// Returns whether a token is a live one of the app.
pub(crate) async fn is_live(app: &OAuthApp, token: &AccessToken) -> Result<bool, Failure> {
    let checked = app.check_token(token).await;
    checked
        .map(|found| found.is_some())
        .map_err(|error| errors::failure(&error))
}

/// The result of a rotation.
pub(crate) enum Rotated {
    Replaced(AccessToken),
    /// The old token is unchanged, because of this error.
    Unchanged(Failure),
    /// The old token is unchanged, because a rate limit is exhausted for this long.
    Limited(Duration),
    /// It was not a live token of the app before.
    NotLive,
    /// The old token is not live any more, and no new one arrived.
    Lost,
    /// The result is not known, because of this error.
    Unknown(Failure),
}

/// Replaces a token, and checks the old one if the response is lost.
pub(crate) async fn rotate(app: &OAuthApp, token: &AccessToken) -> Rotated {
    match app.rotate_token(token).await {
        Ok(Rotation::Rotated(issued)) => Rotated::Replaced(issued.token),
        Ok(Rotation::Unchanged(_)) => Rotated::Unchanged(Failure::nothing_done(
            "the server did not carry the reset out",
        )),
        Ok(Rotation::OldTokenGone) => Rotated::Lost,
        Ok(other) => Rotated::Unknown(Failure::nothing_done(format!(
            "the library reports {other:?}"
        ))),
        Err(error) => not_rotated(&error),
    }
}

fn not_rotated(error: &Error) -> Rotated {
    if let Some(token) = error.recovered_token() {
        return Rotated::Replaced(token.clone());
    }
    let failure = errors::failure(error);
    match errors::rate_limit_wait(error) {
        Some(wait) => Rotated::Limited(wait),
        None if error.kind() == ErrorKind::NotFound => Rotated::NotLive,
        None if error.outcome() == Outcome::NotPerformed => Rotated::Unchanged(failure),
        None => Rotated::Unknown(failure),
    }
}
