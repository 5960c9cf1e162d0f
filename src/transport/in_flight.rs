//! The limit of requests in flight, and the end of all calls in flight.

use crate::error::error::Error;
use crate::error::kind::ErrorKind;
use crate::transport::gate::Gate;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::time::Duration;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// The permission to have a request in flight, where their number is limited.
pub(crate) type Permit = Option<OwnedSemaphorePermit>;

/// Limits how many requests of one server are in flight.
pub(crate) struct Permits {
    semaphore: Option<Arc<Semaphore>>,
    /// The longest wait for a permit.
    longest: Option<Duration>,
}

impl Permits {
    pub(crate) fn new(limit: Option<usize>, longest: Option<Duration>) -> Self {
        Self {
            semaphore: limit
                .map(|limit| Arc::new(Semaphore::new(limit.clamp(1, Semaphore::MAX_PERMITS)))),
            longest,
        }
    }

    pub(crate) fn are_limited(&self) -> bool {
        self.semaphore.is_some()
    }

    /// Waits for a permit, until the gate is stopped.
    pub(crate) async fn get(&self, gate: Option<&Gate>) -> Result<Permit, Error> {
        let Some(semaphore) = &self.semaphore else {
            return Ok(None);
        };
        if let Ok(permit) = semaphore.clone().try_acquire_owned() {
            return Ok(Some(permit));
        }
        let waiting = unless_stopped(gate, semaphore.clone().acquire_owned());
        let outcome = match self.longest {
            Some(longest) => timeout(longest, waiting).await.map_err(|_| {
                let text = "no permit came in time: as many requests as allowed are in flight; nothing was sent";
                Error::new(ErrorKind::Timeout, text)
            })?,
            None => waiting.await,
        };
        // The semaphore is never closed, and the error of a dropped call is never read.
        outcome.and_then(Result::ok).map(Some).ok_or_else(dropped)
    }
}

fn dropped() -> Error {
    let text = "the call was dropped before it was sent";
    Error::new(ErrorKind::Timeout, text)
}

/// Returns the result of `step`, unless the gate is stopped before.
async fn unless_stopped<T>(gate: Option<&Gate>, step: impl Future<Output = T>) -> Option<T> {
    let Some(gate) = gate else {
        return Some(step.await);
    };
    let mut stopped = pin!(gate.stopped());
    let mut step = pin!(step);
    std::future::poll_fn(|context| {
        // Polled first, because both may be ready by the time that a busy thread polls.
        if stopped.as_mut().poll(context).is_ready() {
            return Poll::Ready(None);
        }
        step.as_mut().poll(context).map(Some)
    })
    .await
}

/// Counts the work in the background, so that its end can be awaited.
#[derive(Default)]
pub(crate) struct Running {
    count: AtomicUsize,
    changed: Notify,
}

impl Running {
    /// Counts one more call, until the returned value is dropped.
    pub(crate) fn one(self: &Arc<Self>) -> One {
        self.count.fetch_add(1, Ordering::SeqCst);
        One(self.clone())
    }

    /// Waits until nothing runs.
    pub(crate) async fn none(&self) {
        loop {
            let mut changed = pin!(self.changed.notified());
            // From here on no change is missed.
            changed.as_mut().enable();
            if self.count.load(Ordering::SeqCst) == 0 {
                return;
            }
            changed.await;
        }
    }
}

/// A call that is counted.
pub(crate) struct One(Arc<Running>);

impl Drop for One {
    fn drop(&mut self) {
        if self.0.count.fetch_sub(1, Ordering::SeqCst) == 1 {
            self.0.changed.notify_waiters();
        }
    }
}
