//! The calls of a batch in flight, polled together with the batch.
//!
//! They are not tasks, because handing each result over from a task would halve the throughput of a loop in `main`, which tokio's default
//! runtime polls on a separate thread.

use crate::api::oauth_app::OAuthApp;
use crate::error::error::Error;
use crate::model::metadata::Metadata;
use crate::secret::newtypes::AccessToken;
use crate::transport::detached::Detached;
use crate::transport::gate::Gate;
use futures_core::Stream as _;
use futures_util::stream::FuturesUnordered;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::runtime::{Handle, Id};
use tracing::Instrument as _;

/// A token, and what the calls about it need.
#[derive(Clone)]
pub(super) struct Subject {
    /// Shared by the calls, because a clone would copy the credentials.
    pub(super) app: Arc<OAuthApp>,
    pub(super) gate: Arc<Gate>,
    pub(super) token: AccessToken,
    /// How long the token may wait for rate limits in all.
    pub(super) longest_wait: Duration,
    /// Whether a runtime ended while a call about it was in flight, so that the server may have performed it.
    pub(super) is_retried: bool,
}

/// The result for one token, with the status and headers of its response.
pub(super) type Done<T> = Result<(T, Option<Metadata>), Error>;

/// Makes the calls about one token; `None` if the batch was stopped before anything was sent.
pub(super) type Work<T> = fn(Arc<Subject>) -> Working<T>;

type Working<T> = Pin<Box<dyn Future<Output = Option<Done<T>>> + Send>>;

/// The index of a token and the result for it, if there is one.
pub(super) type Ended<T> = Option<(usize, Done<T>)>;

/// The calls in flight.
pub(super) struct Running<T> {
    work: Work<T>,
    calls: FuturesUnordered<InFlight<T>>,
    /// The runtime that has polled them last.
    runtime: Option<Id>,
}

impl<T: Send + 'static> Running<T> {
    pub(super) fn new(work: Work<T>) -> Self {
        Self {
            work,
            calls: FuturesUnordered::new(),
            runtime: None,
        }
    }

    /// Starts the calls about a token. They run on the crate's own runtime if this is polled on none that can send; and if requests need
    /// permits, or else the reader of the batch could wait for a permit of calls that wait for the reader.
    pub(super) fn start(&mut self, index: usize, subject: Arc<Subject>) -> Result<(), Error> {
        let transport = subject.app.server().0.clone();
        let work = (self.work)(subject.clone());
        // The waits for rate limits need a runtime with timers, as the calls do.
        let here = transport.clients.here()?;
        let (runtime, work) = match here.filter(|_| !transport.permits.are_limited()) {
            Some(_) => (Some(Handle::current().id()), work),
            None => {
                let work = Box::pin(async { Ok(work.await) }.in_current_span());
                let detached = Detached::start(&transport, Arc::default(), work)?;
                (None, in_the_background(detached.ending_with_future()))
            }
        };
        self.calls.push(InFlight {
            index,
            subject,
            runtime,
            work: Mutex::new(work),
        });
        Ok(())
    }

    /// Returns the next result, or `None` when nothing is in flight. `Some(None)` is a token that was not sent.
    pub(super) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Ended<T>>> {
        Pin::new(&mut self.calls).poll_next(context)
    }

    /// Starts the calls of another runtime anew on the one that polls this: the other one may have ended, and with it their timers and
    /// connections.
    ///
    /// # Errors
    /// That of the token whose calls could not be started.
    pub(super) fn follow(&mut self) -> Result<(), (usize, Error)> {
        let here = Handle::try_current().ok().map(|runtime| runtime.id());
        if std::mem::replace(&mut self.runtime, here) == here {
            return Ok(());
        }
        for call in std::mem::take(&mut self.calls) {
            if call.runtime.is_none() || call.runtime == here {
                self.calls.push(call);
                continue;
            }
            let mut subject = Subject::clone(&call.subject);
            subject.is_retried = true;
            self.start(call.index, Arc::new(subject))
                .map_err(|error| (call.index, error))?;
        }
        Ok(())
    }
}

impl<T> Running<T> {
    pub(super) fn set_work(&mut self, work: Work<T>) {
        self.work = work;
    }

    pub(super) fn len(&self) -> usize {
        self.calls.len()
    }
}

fn in_the_background<T: Send + 'static>(calls: Detached<Option<Done<T>>>) -> Working<T> {
    Box::pin(async { calls.await.unwrap_or_else(|error| Some(Err(error))) })
}

/// The calls about one token.
struct InFlight<T> {
    index: usize,
    subject: Arc<Subject>,
    /// The runtime that polls them; `None` for the crate's own.
    runtime: Option<Id>,
    /// In a mutex that is never locked: it makes the batch `Sync`, which a future need not be.
    work: Mutex<Working<T>>,
}

impl<T> Future for InFlight<T> {
    type Output = Ended<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let index = self.index;
        let work = self.work.get_mut().unwrap_or_else(PoisonError::into_inner);
        let done = work.as_mut().poll(context);
        done.map(|done| done.map(|done| (index, done)))
    }
}
