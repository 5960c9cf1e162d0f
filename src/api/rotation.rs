//! Replaces a token, and checks the old one if the response is lost.

use crate::api::oauth_app::OAuthApp;
use crate::error::error::Error;
use crate::error::kind::Outcome;
use crate::generated::operations::{APPS_CHECK_TOKEN, APPS_RESET_TOKEN};
use crate::generated::types::Authorization;
use crate::model::variants::variants;
use crate::response::issued_token::IssuedToken;
use crate::secret::newtypes::AccessToken;
use crate::transport::detached::Detached;
use crate::transport::gate::Gate;
use crate::transport::trace;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::timeout;
use tracing::Instrument as _;

/// The default for [`Rotate::server_limit`]: GitHub aborts a request after ten seconds.
const SERVER_LIMIT: Duration = Duration::from_secs(10);

/// The result of a rotation.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum Rotation {
    /// The token was replaced by this one: store it.
    Rotated(IssuedToken),
    /// The token was not replaced and is still live: call again later.
    Unchanged(Authorization),
    /// The old token is not live any more, and no new token arrived: the user must authorize the app again.
    ///
    /// This is inferred. Most likely the server performed the reset and the response was lost, but somebody else may have revoked the token
    /// at the same time.
    OldTokenGone,
}

variants!(refused Rotation:
    Rotated(issued) = "rotated",
    Unchanged(old) = "unchanged",
    OldTokenGone = "old_token_gone"
);

impl OAuthApp {
    /// Replaces a token, and checks the old one if the response is lost.
    ///
    /// It calls [`reset_token`](Self::reset_token) once. After an error whose [outcome](Error::outcome) is unknown it checks the old token.
    /// The server may still be working on the reset, so `Unchanged` is returned only after the server's own limit for a request has passed
    /// ([`Rotate::server_limit`], ten seconds by default) and after another check. A reset that was refused by a rate limit is retried as
    /// [`RetryPolicy::wait_for_rate_limits`](crate::RetryPolicy::wait_for_rate_limits) allows for a check.
    ///
    /// **Availability:** as [`reset_token`](Self::reset_token); on GHES 2.18 and 2.19 the token is sent in the URL.
    ///
    /// # Errors
    /// Those of [`reset_token`](Self::reset_token): [not found](crate::ErrorKind::NotFound) if the token is not a live token of this app.
    /// An error whose outcome is [`Unknown`](Outcome::Unknown) means that the check failed, too.
    pub fn rotate_token(&self, old: &AccessToken) -> Rotate {
        Rotate {
            app: self.clone(),
            old: old.clone(),
            server_limit: SERVER_LIMIT,
            timeout: None,
            receiver: None,
        }
    }
}

/// A rotation that has not been sent yet; await it.
///
/// Like a call that is not idempotent, it runs on the crate's own thread from the first poll on. It continues with reset and checks when
/// its future is dropped and when the runtime that awaited it ends; [`deliver_to`](Self::deliver_to) names who gets the new token then, and
/// [`Server::drained`](crate::Server::drained) waits for it. A rotation that is dropped while it still waits for a permit or a rate limit
/// sends nothing more.
#[must_use = "a rotation does nothing until it is awaited"]
pub struct Rotate {
    app: OAuthApp,
    old: AccessToken,
    server_limit: Duration,
    timeout: Option<Duration>,
    /// In a mutex, because a reset that is retried after a rate limit needs it, too.
    receiver: Option<Receiver>,
}

type Receiver = Arc<Mutex<Option<Box<dyn FnOnce(AccessToken) + Send>>>>;

impl Rotate {
    /// Sets how long the server may work on a request before it aborts it; ten seconds by default, as on GitHub.
    ///
    /// If you set less than the server's real limit, a token may be reported as unchanged that is replaced a moment later.
    pub fn server_limit(mut self, limit: Duration) -> Self {
        self.server_limit = limit;
        self
    }

    /// Sets the timeout for each call of the rotation, the reset and the checks; the [`Server`](crate::Server)'s by default.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Hands the new token to `receiver` as well, as [`Call::deliver_to`](crate::Call::deliver_to) does.
    pub fn deliver_to(mut self, receiver: impl FnOnce(AccessToken) + Send + 'static) -> Self {
        self.receiver = Some(Arc::new(Mutex::new(Some(Box::new(receiver)))));
        self
    }

    async fn run(self, gate: Arc<Gate>) -> Result<Rotation, Error> {
        match self.reset(&gate).await {
            Ok(issued) => Ok(Rotation::Rotated(issued)),
            Err(error) if error.recovered_token().is_some() => {
                self.with_recovered_token(error).await
            }
            Err(error) if error.outcome() == Outcome::NotPerformed => Err(error),
            Err(error) => self.check_the_old_token(error).await,
        }
    }

    /// Sends the reset, and retries it after a rate limit if the wait is allowed.
    async fn reset(&self, gate: &Arc<Gate>) -> Result<IssuedToken, Error> {
        let server = self.app.server();
        let mut waited = Duration::ZERO;
        let mut attempt = 1;
        loop {
            let reset = if server.supports(&APPS_RESET_TOKEN) == Some(false) {
                #[allow(deprecated, reason = "GHES 2.18 and 2.19 have no other")]
                self.app.reset_authorization(&self.old)
            } else {
                self.app.reset_token(&self.old)
            };
            let mut reset = reset.gate(gate);
            if let Some(timeout) = self.timeout {
                reset = reset.timeout(timeout);
            }
            if let Some(receiver) = self.receiver.clone() {
                reset = reset.deliver_to(move |token| {
                    let receiver = receiver
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .take();
                    if let Some(receiver) = receiver {
                        receiver(token);
                    }
                });
            }
            let error = match reset.await {
                Err(error) if error.is_rate_limited() => error,
                other => return other,
            };
            let retry = &server.0.retry;
            let Some(wait) = retry.wait(&APPS_CHECK_TOKEN, &error, attempt, waited) else {
                return Err(error);
            };
            trace::rate_limit(error.operation(), wait);
            if timeout(wait, gate.stopped()).await.is_ok() {
                return Err(error);
            }
            waited = waited.saturating_add(wait);
            attempt += 1;
        }
    }

    /// Returns the token that was recovered from the response, if it is live, and its authorization.
    async fn with_recovered_token(&self, error: Error) -> Result<Rotation, Error> {
        let Some(token) = error.recovered_token().cloned() else {
            return Err(error);
        };
        match self.check(&token).await {
            Ok(Some(mut authorization)) => {
                authorization.token = None;
                Ok(Rotation::Rotated(IssuedToken {
                    token,
                    authorization,
                }))
            }
            // The error carries the token.
            _ => Err(error),
        }
    }

    /// Checks the old token after a reset with an unknown outcome, and again after the server's limit for a request.
    async fn check_the_old_token(&self, error: Error) -> Result<Rotation, Error> {
        match self.check(&self.old).await {
            Ok(None) => return Ok(Rotation::OldTokenGone),
            Ok(Some(_)) if error.outcome() == Outcome::Performed => return Err(error),
            Ok(Some(_)) => {}
            Err(_) => return Err(error),
        }
        tokio::time::sleep(self.server_limit).await;
        match self.check(&self.old).await {
            Ok(None) => Ok(Rotation::OldTokenGone),
            Ok(Some(authorization)) => Ok(Rotation::Unchanged(authorization)),
            Err(_) => Err(error),
        }
    }

    async fn check(&self, token: &AccessToken) -> Result<Option<Authorization>, Error> {
        let check = self.app.find(token);
        match self.timeout {
            Some(timeout) => check.timeout(timeout).await,
            None => check.await,
        }
    }
}

impl IntoFuture for Rotate {
    type Output = Result<Rotation, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let gate = Arc::new(Gate::default());
            let transport = self.app.server().0.clone();
            let work = Box::pin(self.run(gate.clone()).in_current_span());
            Detached::start(&transport, gate, work)?.await
        })
    }
}

impl fmt::Debug for Rotate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rotate")
            .field("app", &self.app)
            .field("server_limit", &self.server_limit)
            .finish_non_exhaustive()
    }
}
