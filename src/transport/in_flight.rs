//! The in-flight limit, and the end of all calls in flight.

use crate::error::error::Error;
use crate::error::kind::ErrorKind;
use crate::transport::gate::Gate;
use std::cell::RefCell;
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

tokio::task_local! {
    /// The counter of the work that this task runs.
    static COUNTED_BY: Arc<Running>;
}

thread_local! {
    /// The counter of the work whose callback runs on this thread.
    static CALLED_BACK_FOR: RefCell<Option<Arc<Running>>> = const { RefCell::new(None) };
}

/// Counts the work in the background, so that its end can be awaited.
#[derive(Default)]
pub(crate) struct Running {
    count: AtomicUsize,
    /// How many callbacks run for it.
    callbacks: AtomicUsize,
    changed: Notify,
}

impl Running {
    /// Counts some work until it ends. Work that is part of counted work is not counted again.
    pub(crate) fn count<F: Future>(
        self: &Arc<Self>,
        work: F,
    ) -> impl Future<Output = F::Output> + use<F> {
        let is_part = COUNTED_BY.try_with(|by| Arc::ptr_eq(by, self));
        let one = (is_part != Ok(true)).then(|| {
            self.count.fetch_add(1, Ordering::SeqCst);
            One(self.clone())
        });
        COUNTED_BY.scope(self.clone(), async move {
            let outcome = work.await;
            drop(one);
            outcome
        })
    }

    /// Waits until nothing runs. In a callback it does not wait for the work that is itself waiting for a callback, as it would never end.
    pub(crate) async fn none(&self) {
        let is_called_back = CALLED_BACK_FOR.try_with(|by| {
            by.borrow()
                .as_deref()
                .is_some_and(|by| std::ptr::eq(by, self))
        });
        loop {
            let mut changed = pin!(self.changed.notified());
            // From here on no change is missed.
            changed.as_mut().enable();
            let excepted = match is_called_back {
                Ok(true) => self.callbacks.load(Ordering::SeqCst),
                _ => 0,
            };
            if self.count.load(Ordering::SeqCst) <= excepted {
                return;
            }
            changed.await;
        }
    }
}

/// Work that is counted.
struct One(Arc<Running>);

impl Drop for One {
    fn drop(&mut self) {
        self.0.count.fetch_sub(1, Ordering::SeqCst);
        self.0.changed.notify_waiters();
    }
}

/// A callback for counted work.
pub(super) struct Callback(Arc<Running>);

impl Callback {
    /// The callback that the running task is about to start; `None` if the task is not counted.
    pub(super) fn of_this_task() -> Option<Self> {
        let running = COUNTED_BY.try_with(Arc::clone).ok()?;
        running.callbacks.fetch_add(1, Ordering::SeqCst);
        running.changed.notify_waiters();
        Some(Self(running))
    }

    /// Marks this thread as running the callback, until the returned value is dropped.
    pub(super) fn begin(self) -> impl Drop {
        CALLED_BACK_FOR.set(Some(self.0.clone()));
        Begun { _callback: self }
    }
}

impl Drop for Callback {
    fn drop(&mut self) {
        self.0.callbacks.fetch_sub(1, Ordering::SeqCst);
    }
}

struct Begun {
    _callback: Callback,
}

impl Drop for Begun {
    fn drop(&mut self) {
        CALLED_BACK_FOR.set(None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::task::{Context, Waker};
    use tokio::runtime::Handle;
    use tokio::sync::oneshot;
    use tokio::task::{spawn, spawn_blocking};

    #[tokio::test]
    async fn a_callback_waits_for_all_work_but_that_of_callbacks() {
        let running = Arc::<Running>::default();
        let (finish, finished) = oneshot::channel();
        let other = spawn(running.count(finished));
        let seen = running.clone();
        let own = spawn(running.count(async move {
            let callback = Callback::of_this_task().unwrap();
            let called_back = spawn_blocking(move || {
                let _begun = callback.begin();
                let mut none = pin!(seen.none());
                let mut context = Context::from_waker(Waker::noop());
                assert!(none.as_mut().poll(&mut context).is_pending());
                finish.send(()).unwrap();
                Handle::current().block_on(none);
            });
            called_back.await.unwrap();
        }));
        other.await.unwrap().unwrap();
        own.await.unwrap();
        running.none().await;
        assert_eq!(running.callbacks.load(Ordering::SeqCst), 0);
    }
}
