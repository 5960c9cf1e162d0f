//! A batch: which tokens it sends, how many at a time, and when it stops.

use crate::api::oauth_app::OAuthApp;
use crate::api::running::{Done, Running, Subject, Work};
use crate::api::seen::Seen;
use crate::api::verdict::{Verdict, concerns_all};
use crate::error::error::Error;
use crate::model::metadata::Metadata;
use crate::request::validate;
use crate::secret::newtypes::AccessToken;
use crate::transport::gate::Gate;
use futures_core::Stream;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// The default for [`Batch::concurrency`].
const CONCURRENCY: usize = 8;
/// The default for [`Batch::longest_wait`]: the window of GitHub's primary rate limit.
const LONGEST_WAIT: Duration = Duration::from_secs(3600);

/// Streams the results for many tokens as each one finishes: the token's index, and its verdict or error.
///
/// - The tokens are taken from their iterator or stream as they are needed. Apart from 16 bytes for each distinct token, which let the
///   batch skip duplicates, a million tokens take no more memory than a thousand; [`without_deduplication`](Self::without_deduplication)
///   saves those bytes.
/// - A token of a kind that is never an app's (`ghp_`, `github_pat_`, `ghs_`, `ghr_`) is not sent and is reported as skipped. A text that
///   cannot be a token is not sent and is reported as [invalid input](crate::ErrorKind::InvalidInput).
/// - At a rate limit, and when a response reports that no requests are left, all calls of the batch pause together. They resume one by one,
///   spread over a quarter of the pause and at most 15 seconds, and the refused ones are retried for up to
///   [`longest_wait`](Self::longest_wait) a token. [`paused_for`](Self::paused_for) returns how long the pause lasts.
/// - The stream ends early after an error that concerns every token: wrong credentials, a wrong base URL, an operation that the server does
///   not have, a rate limit that outlasts the longest wait. [`stop`](Self::stop) ends it, too. Calls in flight are finished and reported;
///   tokens that were not sent are not reported.
/// - Any other error concerns its own token only.
///
/// Dropping the stream stops it. A token whose request is in flight at that moment may or may not be revoked, and is not reported: check
/// the tokens that have no result.
///
/// The calls run on the tokio runtime that polls the stream, and only while it is polled; a reader that is away for longer than a timeout
/// finds all results nevertheless. If the stream is polled on another runtime later, the calls in flight are retried there. If there is
/// no runtime, or one that cannot send, they run on the crate's own thread, as [`Call`](crate::Call) describes; and so they do if
/// [`ServerBuilder::max_in_flight`](crate::ServerBuilder::max_in_flight) is set.
#[must_use = "a stream does nothing until it is polled"]
pub struct Batch<S, T> {
    /// `None` once no more tokens will be sent.
    tokens: Option<S>,
    /// The number of tokens that were taken.
    taken: usize,
    app: Arc<OAuthApp>,
    running: Running<T>,
    concurrency: usize,
    longest_wait: Duration,
    gate: Arc<Gate>,
    seen: Option<Seen>,
}

impl<S, T: Send + 'static> Batch<S, T> {
    pub(super) fn new(app: &OAuthApp, tokens: S, work: Work<T>) -> Self {
        Self {
            tokens: Some(tokens),
            taken: 0,
            app: Arc::new(app.clone()),
            running: Running::new(work),
            concurrency: CONCURRENCY,
            longest_wait: LONGEST_WAIT,
            gate: Arc::default(),
            seen: Some(Seen::default()),
        }
    }
}

impl<S, T> Batch<S, T> {
    /// Sets how many calls run at a time; 8 by default, and at least one.
    pub fn concurrency(mut self, calls: usize) -> Self {
        self.concurrency = calls.max(1);
        self
    }

    /// Sets how long one token may wait for rate limits in total; an hour by default.
    pub fn longest_wait(mut self, wait: Duration) -> Self {
        self.longest_wait = wait;
        self
    }

    /// Sends duplicates, too, and saves the memory that deduplication takes.
    pub fn without_deduplication(mut self) -> Self {
        self.seen = None;
        self
    }

    pub(super) fn working(mut self, work: Work<T>) -> Self {
        self.running.set_work(work);
        self
    }

    /// Stops the batch: it takes no more tokens, finishes and reports the calls in flight, and ends.
    ///
    /// It also stops waiting for a rate limit: a token that the limit refused is reported with that error.
    pub fn stop(&mut self) {
        self.tokens = None;
        self.gate.stop();
    }

    /// Returns whether the batch ends before its tokens do: after [`stop`](Self::stop), or after an error that concerns every token, which
    /// is the last error yielded before this becomes true.
    pub fn is_stopped(&self) -> bool {
        self.gate.is_stopped()
    }

    /// Returns how long the batch still pauses for a rate limit; `None` if it is not paused.
    pub fn paused_for(&self) -> Option<Duration> {
        self.gate.closed_for()
    }
}

#[allow(private_bounds, reason = "the verdicts are those of this crate")]
impl<S: Stream<Item = AccessToken> + Unpin, T: Verdict> Batch<S, T> {
    /// Returns the next result; `None` after the last one. Dropping the future loses no result, so it may be a branch of `tokio::select!`.
    pub async fn next(&mut self) -> Option<(usize, Result<T, Error>)> {
        let (index, done) = self.next_with_metadata().await?;
        Some((index, done.map(|(verdict, _)| verdict)))
    }

    /// Returns the next result with the status and headers of its response, such as the request id; `None` after the last one.
    ///
    /// The metadata is `None` if the token was not sent. An error has its own ([`Error::metadata`]).
    #[allow(clippy::type_complexity, reason = "what `next` returns, and metadata")]
    pub async fn next_with_metadata(
        &mut self,
    ) -> Option<(usize, Result<(T, Option<Metadata>), Error>)> {
        std::future::poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<(usize, Done<T>)>> {
        if let Err((index, error)) = self.running.follow() {
            self.stop();
            return Poll::Ready(Some((index, Err(error))));
        }
        loop {
            if let Some(item) = self.fill(context) {
                return Poll::Ready(Some(item));
            }
            match ready!(self.running.poll_next(context)) {
                Some(Some((index, done))) => {
                    if done.as_ref().is_err_and(concerns_all) {
                        self.stop();
                    }
                    return Poll::Ready(Some((index, done)));
                }
                Some(None) => {}
                // Nothing is in flight, and the source may not have the next token yet.
                None if self.tokens.is_some() => return Poll::Pending,
                None => return Poll::Ready(None),
            }
        }
    }

    /// Returns the item with the error that stops the batch.
    #[cfg(feature = "blocking")]
    pub(super) fn refuse_all(&mut self, error: Error) -> (usize, Result<T, Error>) {
        self.stop();
        (self.taken, Err(error))
    }

    /// Starts as many calls as the limit allows, until a token needs no request; returns that token's result.
    fn fill(&mut self, context: &mut Context<'_>) -> Option<(usize, Done<T>)> {
        while self.running.len() < self.concurrency {
            let next = Pin::new(self.tokens.as_mut()?).poll_next(context);
            let Poll::Ready(next) = next else {
                return None;
            };
            let Some(token) = next else {
                self.tokens = None;
                return None;
            };
            let index = self.taken;
            self.taken += 1;
            let verdict = match self.offline(&token) {
                Some(verdict) => verdict,
                None => {
                    let subject = Subject {
                        app: self.app.clone(),
                        gate: self.gate.clone(),
                        token,
                        longest_wait: self.longest_wait,
                        is_retried: false,
                    };
                    let Err(error) = self.running.start(index, Arc::new(subject)) else {
                        continue;
                    };
                    self.stop();
                    Err(error)
                }
            };
            return Some((index, verdict.map(|verdict| (verdict, None))));
        }
        None
    }

    /// Returns the result of a token that is not sent.
    fn offline(&mut self, token: &AccessToken) -> Option<Result<T, Error>> {
        if let Err(error) = validate::access_token(token) {
            return Some(Err(error));
        }
        let kind = token.kind();
        if !kind.may_be_an_apps() {
            return Some(Ok(T::skipped(kind)));
        }
        let seen = self.seen.as_mut()?;
        (!seen.insert(token)).then(|| Ok(T::duplicate()))
    }
}

/// `Unpin`: no field is pinned in place, because the calls are boxed.
impl<S, T> Unpin for Batch<S, T> {}

#[allow(private_bounds, reason = "the verdicts are those of this crate")]
impl<S: Stream<Item = AccessToken> + Unpin, T: Verdict> Stream for Batch<S, T> {
    type Item = (usize, Result<T, Error>);

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = ready!(self.get_mut().poll(context));
        Poll::Ready(next.map(|(index, done)| (index, done.map(|(verdict, _)| verdict))))
    }
}

impl<S, T> fmt::Debug for Batch<S, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch")
            .field("app", &self.app)
            .field("concurrency", &self.concurrency)
            .field("in_flight", &self.running.len())
            .finish_non_exhaustive()
    }
}

/// The tokens of an iterator, as a stream that is always ready.
#[derive(Clone, Debug)]
pub struct Tokens<I>(I);

impl<I> Tokens<I> {
    pub(super) fn new(tokens: I) -> Self {
        Self(tokens)
    }
}

/// `Unpin`: the iterator is never pinned; `poll_next` borrows it.
impl<I> Unpin for Tokens<I> {}

impl<I: Iterator> Stream for Tokens<I> {
    type Item = I::Item;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<I::Item>> {
        Poll::Ready(self.0.next())
    }
}
