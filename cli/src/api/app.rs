//! The calls on an app's tokens.

use super::errors;
use crate::failure::Failure;
use ghes_oauth::{AccessToken, Authorization, Error, ErrorKind, Metadata, OAuthApp, Outcome};
use std::time::{Duration, Instant, SystemTime};

/// What the server said about a token.
#[derive(Clone, Debug, Default)]
pub(crate) struct Observed {
    pub(crate) is_live: bool,
    pub(crate) scopes: Option<Vec<String>>,
    pub(crate) login: Option<String>,
    pub(crate) created_at: Option<String>,
    pub(crate) request_id: Option<String>,
    /// How long to send nothing, as this was the last request that the rate limit allows.
    pub(crate) wait: Option<Duration>,
}

/// Why the server said nothing about it.
pub(crate) struct Trouble {
    pub(crate) failure: Failure,
    pub(crate) request_id: Option<String>,
    /// Whether further requests are in vain.
    pub(crate) concerns_all: bool,
    /// How long to wait where a rate limit is used up.
    pub(crate) wait: Option<Duration>,
    /// Whether the server could not be reached.
    pub(crate) is_unreachable: bool,
}

/// What the preflight found out.
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

/// How long a server works on a request before it gives it up.
const SERVERS_LIMIT: Duration = Duration::from_secs(10);

/// The wait that GitHub asks for where a rate limit names none.
const UNSTATED: Duration = Duration::from_secs(60);

/// The longest wait: GitHub's windows have an hour.
const LONGEST: Duration = Duration::from_secs(3660);

impl Limit {
    /// Returns how long to wait where nothing is left.
    fn wait(self) -> Option<Duration> {
        (self.remaining == 0).then(|| self.resets_in.min(LONGEST))
    }
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

/// Proves that the server accepts the app's credentials and distinguishes its tokens from others.
pub(crate) async fn preflight(app: &OAuthApp) -> Result<Preflight, Failure> {
    app.preflight()
        .await
        .map_err(|error| errors::failure(&error))?;
    // A token that nobody has: its response carries the rate limit.
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

/// Asks the server about a token.
pub(crate) async fn check(app: &OAuthApp, token: &AccessToken) -> Result<Observed, Trouble> {
    let response = app
        .check_token(token)
        .send()
        .await
        .map_err(|error| trouble(&error))?;
    let (authorization, metadata) = response.into_parts();
    let observed = authorization.map(observed).unwrap_or_default();
    Ok(Observed {
        request_id: metadata.request_id().map(str::to_owned),
        wait: limit_of(&metadata).and_then(Limit::wait),
        ..observed
    })
}

/// Revokes a token. The result says whether it was live until then.
pub(crate) async fn revoke(app: &OAuthApp, token: &AccessToken) -> Result<Observed, Trouble> {
    match app.delete_token(token).send().await {
        Ok(response) => Ok(Observed {
            is_live: true,
            request_id: response.metadata().request_id().map(str::to_owned),
            wait: limit_of(response.metadata()).and_then(Limit::wait),
            ..Observed::default()
        }),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Observed {
            request_id: error.request_id().map(str::to_owned),
            ..Observed::default()
        }),
        Err(error) => Err(trouble(&error)),
    }
}

/// What became of a token that was to be replaced.
pub(crate) enum Rotated {
    Replaced(AccessToken),
    /// Nothing happened, by this error.
    Unchanged(Failure),
    /// Nothing happened, as a rate limit is used up for so long.
    Limited(Duration),
    /// It was not a live token of the app before.
    NotLive,
    /// It is not live any more, and no new token arrived.
    Lost,
    /// Even that could not be found out, by this error.
    Unknown(Failure),
}

/// Replaces a token, and finds out what happened where the response is lost.
pub(crate) async fn rotate(app: &OAuthApp, token: &AccessToken) -> Rotated {
    let sent = Instant::now();
    let error = match app.reset_token(token).await {
        Ok(issued) => return Rotated::Replaced(issued.token),
        Err(error) => error,
    };
    if let Some(token) = error.recovered_token() {
        return Rotated::Replaced(token.clone());
    }
    if error.kind() == ErrorKind::NotFound {
        return Rotated::NotLive;
    }
    // A success without a token has replaced the old one, too.
    if error.outcome() != Outcome::NotPerformed {
        // Without a response the server may still be at work.
        let is_over = error.status().is_some() || sent.elapsed() >= SERVERS_LIMIT;
        return match find_out(app, token).await {
            Rotated::Unchanged(_) if !is_over => {
                tokio::time::sleep(SERVERS_LIMIT.saturating_sub(sent.elapsed())).await;
                find_out(app, token).await
            }
            rotated => rotated,
        };
    }
    let trouble = trouble(&error);
    match trouble.wait {
        Some(wait) => Rotated::Limited(wait),
        None => Rotated::Unchanged(trouble.failure),
    }
}

async fn find_out(app: &OAuthApp, token: &AccessToken) -> Rotated {
    match app.check_token(token).await {
        Ok(Some(_)) => Rotated::Unchanged(Failure::nothing_done(
            "the server did not carry the reset out",
        )),
        Ok(_) => Rotated::Lost,
        Err(error) => Rotated::Unknown(errors::failure(&error)),
    }
}

fn observed(authorization: Authorization) -> Observed {
    Observed {
        is_live: true,
        scopes: authorization.scopes,
        login: authorization.user.map(|user| user.login),
        created_at: authorization.created_at.map(|time| time.to_string()),
        ..Observed::default()
    }
}

pub(super) fn trouble(error: &Error) -> Trouble {
    Trouble {
        failure: errors::failure(error),
        request_id: error.request_id().map(str::to_owned),
        concerns_all: errors::concerns_all(error),
        wait: matches!(
            error.kind(),
            ErrorKind::RateLimited | ErrorKind::SecondaryRateLimited
        )
        .then(|| error.retry_after().unwrap_or(UNSTATED).min(LONGEST)),
        is_unreachable: matches!(
            error.kind(),
            ErrorKind::Connection | ErrorKind::Timeout | ErrorKind::Server
        ),
    }
}
