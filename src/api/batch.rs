//! Checking and revoking many tokens, for whoever responds to a leak.

use crate::api::oauth_app::OAuthApp;
use crate::error::error::Error;
use crate::error::kind::{ErrorKind, Outcome};
use crate::generated::types::Authorization;
use crate::model::token_kind::TokenKind;
use crate::request::validate;
use crate::secret::newtypes::AccessToken;
use crate::transport::gate::Gate;
use futures_core::Stream;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::task::JoinSet;

/// The default for [`Batch::concurrency`].
const CONCURRENCY: usize = 8;
/// The default for [`Batch::longest_wait`]: the window of GitHub's primary rate limit.
const LONGEST_WAIT: Duration = Duration::from_secs(3600);

/// Says what [`OAuthApp::check_tokens`] found out about one token.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Check {
    /// It is a live token of this app.
    Live(Box<Authorization>),
    /// It is not a live token of this app: revoked, expired, never a token, or another app's.
    NotLive,
    /// It was not sent, as tokens of this kind are never an app's.
    Skipped(TokenKind),
    /// It was not sent, as the same token came earlier in the batch.
    Duplicate,
}

/// Says what [`OAuthApp::delete_tokens`] did about one token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Revocation {
    /// It was a live token of this app, and has been revoked by this call.
    Revoked,
    /// It is not a live token of this app: revoked or expired before, never a token, or another app's.
    NotLive,
    /// It was not found, or deleted by an earlier attempt whose response was lost: not a live token of this app now.
    NotLiveAfterRetry,
    /// It was not sent, as tokens of this kind are never an app's.
    Skipped(TokenKind),
    /// It was not sent, as the same token came earlier in the batch.
    Duplicate,
}

/// What can be said of a token without sending it.
trait Verdict: Send + 'static {
    fn skipped(kind: TokenKind) -> Self;
    fn duplicate() -> Self;
}

impl Verdict for Check {
    fn skipped(kind: TokenKind) -> Self {
        Self::Skipped(kind)
    }

    fn duplicate() -> Self {
        Self::Duplicate
    }
}

impl Verdict for Revocation {
    fn skipped(kind: TokenKind) -> Self {
        Self::Skipped(kind)
    }

    fn duplicate() -> Self {
        Self::Duplicate
    }
}

impl OAuthApp {
    /// Checks many tokens and yields, as each is done, its index in `tokens` and what was found out.
    ///
    /// See [`Batch`] for what is sent, what is not, and when it stops.
    ///
    /// **Availability:** GHES 2.20 and later; also on github.com, as [`check_token`](Self::check_token).
    ///
    /// ```no_run
    /// # async fn example(app: ghes_oauth::OAuthApp, leaked: Vec<ghes_oauth::AccessToken>) -> Result<(), ghes_oauth::Error> {
    /// app.preflight().await?;
    /// let mut checks = app.check_tokens(leaked).concurrency(8);
    /// while let Some((index, check)) = checks.next().await {
    ///     println!("token {index}: {:?}", check?);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn check_tokens<I>(&self, tokens: I) -> Batch<I::IntoIter, Check>
    where
        I: IntoIterator<Item = AccessToken>,
    {
        Batch::new(self, tokens, |app, token, gate| {
            Box::pin(async move {
                let found = app.check_token(&token).gate(&gate).await?;
                Ok(found.map_or(Check::NotLive, |found| Check::Live(Box::new(found))))
            })
        })
    }

    /// Revokes many tokens and yields, as each is done, its index in `tokens` and what happened.
    ///
    /// See [`Batch`] for what is sent, what is not, and when it stops.
    ///
    /// **Availability:** GHES 2.20 and later; also on github.com, as [`delete_token`](Self::delete_token).
    ///
    /// ```no_run
    /// # async fn example(app: ghes_oauth::OAuthApp, leaked: Vec<ghes_oauth::AccessToken>) -> Result<(), ghes_oauth::Error> {
    /// app.preflight().await?;
    /// let mut revocations = app.delete_tokens(leaked);
    /// while let Some((index, revocation)) = revocations.next().await {
    ///     println!("token {index}: {:?}", revocation?);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn delete_tokens<I>(&self, tokens: I) -> Batch<I::IntoIter, Revocation>
    where
        I: IntoIterator<Item = AccessToken>,
    {
        Batch::new(self, tokens, |app, token, gate| {
            Box::pin(async move {
                match app.delete_token(&token).gate(&gate).await {
                    Ok(()) => Ok(Revocation::Revoked),
                    Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
                    Err(error) if error.outcome() == Outcome::NotPerformed => {
                        Ok(Revocation::NotLive)
                    }
                    Err(_) => Ok(Revocation::NotLiveAfterRetry),
                }
            })
        })
    }
}

type Job<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

/// A stream over the results of many tokens, in the order in which they are done: the token's index, and its verdict or error.
///
/// - The tokens are taken from their iterator as they are needed: a million of them take no more memory than a thousand, but for 16
///   bytes a distinct token, by which each is sent once. [`without_deduplication`](Self::without_deduplication) saves those.
/// - Tokens whose kind is never an app's (`ghp_`, `github_pat_`, `ghs_`, `ghr_`) are not sent and reported as skipped; what cannot be
///   a token is not sent and reported as [invalid input](ErrorKind::InvalidInput).
/// - At a rate limit all calls of the batch pause together and the refused ones are sent again afterwards, for up to
///   [`longest_wait`](Self::longest_wait) a token.
/// - The stream ends early after an error that concerns every token: wrong credentials, a wrong base URL, an operation that the
///   server does not have, a rate limit that outlasts the longest wait. Calls in flight are finished and reported; tokens that were
///   not sent are not reported.
/// - Another error is that token's alone.
///
/// Dropping the stream stops it. A token whose request is in flight then may or may not be revoked, and is not reported: check those
/// that have no result. It is polled within a tokio runtime; otherwise it yields one [configuration](ErrorKind::Configuration) error.
#[must_use = "a stream does nothing until it is polled"]
pub struct Batch<I, T> {
    app: OAuthApp,
    /// `None` once nothing more is to be sent.
    tokens: Option<std::iter::Enumerate<I>>,
    job: fn(OAuthApp, AccessToken, Arc<Gate>) -> Job<T>,
    running: JoinSet<(usize, Result<T, Error>)>,
    concurrency: usize,
    longest_wait: Duration,
    gate: Arc<Gate>,
    /// The first half of each token's SHA-256.
    seen: Option<HashSet<u128>>,
}

impl<I: Iterator<Item = AccessToken>, T> Batch<I, T> {
    fn new(
        app: &OAuthApp,
        tokens: impl IntoIterator<IntoIter = I>,
        job: fn(OAuthApp, AccessToken, Arc<Gate>) -> Job<T>,
    ) -> Self
    where
        T: 'static,
    {
        Self {
            app: app.clone(),
            tokens: Some(tokens.into_iter().enumerate()),
            job,
            running: JoinSet::new(),
            concurrency: CONCURRENCY,
            longest_wait: LONGEST_WAIT,
            gate: Arc::default(),
            seen: Some(HashSet::new()),
        }
    }
}

impl<I, T> Batch<I, T> {
    /// Sets how many calls run at a time; 8 by default, and at least one.
    pub fn concurrency(mut self, calls: usize) -> Self {
        self.concurrency = calls.max(1);
        self
    }

    /// Sets how long one token may wait for rate limits in all; an hour by default.
    pub fn longest_wait(mut self, wait: Duration) -> Self {
        self.longest_wait = wait;
        self
    }

    /// Sends a token as often as it comes, and saves the memory that deduplication takes.
    pub fn without_deduplication(mut self) -> Self {
        self.seen = None;
        self
    }
}

#[allow(private_bounds, reason = "the verdicts are those of this module")]
impl<I: Iterator<Item = AccessToken>, T: Verdict> Batch<I, T> {
    /// Returns the next result; `None` at the end.
    pub async fn next(&mut self) -> Option<(usize, Result<T, Error>)> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Sends what may be sent now, up to a token that needs no sending, whose result it returns.
    fn fill(&mut self) -> Option<(usize, Result<T, Error>)> {
        while self.running.len() < self.concurrency {
            let Some((index, token)) = self.tokens.as_mut().and_then(Iterator::next) else {
                self.tokens = None;
                return None;
            };
            if let Some(result) = self.offline(&token) {
                return Some((index, result));
            }
            if tokio::runtime::Handle::try_current().is_err() {
                self.tokens = None;
                return Some((index, Err(Error::no_runtime())));
            }
            let (app, job) = (self.app.clone(), self.job);
            let (gate, longest_wait) = (self.gate.clone(), self.longest_wait);
            self.running.spawn(async move {
                let job = || job(app.clone(), token.clone(), gate.clone());
                (index, through(&gate, longest_wait, job).await)
            });
        }
        None
    }

    /// The result of a token that is not sent.
    fn offline(&mut self, token: &AccessToken) -> Option<Result<T, Error>> {
        if let Err(error) = validate::access_token(token) {
            return Some(Err(error));
        }
        let kind = token.kind();
        if !kind.may_be_an_apps() {
            return Some(Ok(T::skipped(kind)));
        }
        let seen = self.seen.as_mut()?;
        (!seen.insert(token.half_hash())).then(|| Ok(T::duplicate()))
    }
}

/// Nothing in it is pinned in place: the calls are tasks.
impl<I, T> Unpin for Batch<I, T> {}

#[allow(private_bounds, reason = "the verdicts are those of this module")]
impl<I: Iterator<Item = AccessToken>, T: Verdict> Stream for Batch<I, T> {
    type Item = (usize, Result<T, Error>);

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Some(item) = this.fill() {
                return Poll::Ready(Some(item));
            }
            match ready!(this.running.poll_join_next(context)) {
                Some(Ok((index, result))) => {
                    if result.as_ref().is_err_and(concerns_all) {
                        this.tokens = None;
                    }
                    return Poll::Ready(Some((index, result)));
                }
                Some(Err(error)) => {
                    if let Ok(panic) = error.try_into_panic() {
                        std::panic::resume_unwind(panic);
                    }
                }
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<I, T> fmt::Debug for Batch<I, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch")
            .field("app", &self.app)
            .field("concurrency", &self.concurrency)
            .field("in_flight", &self.running.len())
            .finish_non_exhaustive()
    }
}

/// Whether the next token would meet the same error.
fn concerns_all(error: &Error) -> bool {
    error.is_rate_limited()
        || matches!(
            error.kind(),
            ErrorKind::Configuration
                | ErrorKind::DeniedByPolicy
                | ErrorKind::Forbidden
                | ErrorKind::Gone
                | ErrorKind::NoSuchEndpoint
                | ErrorKind::RedirectRefused
                | ErrorKind::Unauthorized
                | ErrorKind::UnsupportedApiVersion
                | ErrorKind::UnsupportedByServer
                | ErrorKind::UserAgentRefused
        )
}

/// The pause after a rate limit that ends at once.
const LEAST_WAIT: Duration = Duration::from_millis(100);

/// Runs a job, and again after each rate limit, until those would have taken longer than `longest` in all.
async fn through<T>(gate: &Gate, longest: Duration, job: impl Fn() -> Job<T>) -> Result<T, Error> {
    let mut waited = Duration::ZERO;
    loop {
        let error = match job().await {
            Err(error) if error.is_rate_limited() => error,
            other => return other,
        };
        let wait = error.retry_after().unwrap_or_default().max(LEAST_WAIT);
        waited += wait;
        if waited > longest {
            return Err(error);
        }
        gate.close_for(wait);
        gate.opened().await;
    }
}
