//! The crate's own runtime, for work that must not end with the caller's future or runtime.
//!
//! There is one for the whole process, started by the first call that needs it. It outlives every runtime of the caller, and takes one
//! thread for any number of servers and calls. It has one worker, for I/O only; a caller's callbacks run on tokio's threads
//! for blocking work, so that a callback that waits for another call does not stop that call.

use crate::error::error::Error;
use crate::error::kind::ErrorKind;
use crate::transport::in_flight::Callback;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;
use tokio::runtime::{Builder, Handle, Id};
use tokio::task::JoinHandle;
use tracing::instrument::WithSubscriber as _;

/// How many callbacks may run at a time; a thread is started if none is idle. A callback may wait for a call whose callback needs another
/// thread: with tokio's default of 512, that many receivers that each reset a token hung for ever.
const MOST_CALLBACKS: usize = 1 << 20;

/// The background runtime.
pub(crate) struct Background {
    handle: Handle,
    #[cfg(feature = "blocking")]
    thread: thread::ThreadId,
    process: u32,
}

static STARTED: OnceLock<Background> = OnceLock::new();
/// Held while the runtime is started; if the system refuses the thread, the next call tries again.
static STARTING: Mutex<()> = Mutex::new(());

/// Returns the background runtime, and starts it if necessary.
///
/// # Errors
/// Configuration if the system refuses the thread, and in a process that was forked after the start: threads are not inherited, and a call
/// would wait for ever.
pub(crate) fn background() -> Result<&'static Background, Error> {
    let started = match STARTED.get() {
        Some(started) => started,
        None => start()?,
    };
    started.check_process(std::process::id())?;
    Ok(started)
}

/// Returns the id of the background runtime, if it is started.
pub(crate) fn id() -> Option<Id> {
    STARTED.get().map(|started| started.handle.id())
}

fn start() -> Result<&'static Background, Error> {
    let _starting = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(started) = STARTED.get() {
        return Ok(started);
    }
    let refused = |_| {
        Error::new(
            ErrorKind::Configuration,
            "the background thread cannot be started; nothing was sent",
        )
    };
    let runtime = Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(MOST_CALLBACKS)
        .thread_name("ghes-oauth-callback")
        .build()
        .map_err(refused)?;
    let handle = runtime.handle().clone();
    let _thread = thread::Builder::new()
        .name("ghes-oauth".to_owned())
        .spawn(move || runtime.block_on(std::future::pending::<()>()))
        .map_err(refused)?;
    Ok(STARTED.get_or_init(|| Background {
        handle,
        #[cfg(feature = "blocking")]
        thread: _thread.thread().id(),
        process: std::process::id(),
    }))
}

impl Background {
    /// Runs a future to its end, even if the returned handle is dropped.
    pub(crate) fn spawn<F>(&self, future: F) -> JoinHandle<F::Output>
    where
        F: Future<Output: Send> + Send + 'static,
    {
        self.handle.spawn(future.with_current_subscriber())
    }

    /// Runs a caller's callback on a thread on which it may block.
    pub(crate) fn call_back<T: Send + 'static>(
        &self,
        callback: impl FnOnce() -> T + Send + 'static,
    ) -> JoinHandle<T> {
        let subscriber = tracing::dispatcher::get_default(Clone::clone);
        let span = tracing::Span::current();
        let marked = Callback::of_this_task();
        self.handle.spawn_blocking(move || {
            let _begun = marked.map(Callback::begin);
            tracing::dispatcher::with_default(&subscriber, || span.in_scope(callback))
        })
    }

    fn check_process(&self, process: u32) -> Result<(), Error> {
        if process == self.process {
            return Ok(());
        }
        let text = "the process was forked after its first call, and the background thread stayed with its parent: make the first \
                    call after the fork; nothing was sent";
        Err(Error::new(ErrorKind::Configuration, text))
    }
}

#[cfg(feature = "blocking")]
mod waiting {
    use super::Background;
    use crate::error::error::Error;
    use crate::error::kind::ErrorKind;
    use std::pin::pin;
    use std::sync::{Arc, Condvar, Mutex, PoisonError};
    use std::task::{Context, Poll, Wake, Waker};
    use std::thread;
    use tokio::runtime::Handle;

    impl Background {
        /// Waits for a future on the calling thread, with this runtime's timers and I/O.
        ///
        /// # Errors
        /// Configuration on the background thread itself, where waiting would stop every call that it waits for.
        pub(crate) fn block_on<F: Future>(&self, future: F) -> Result<F::Output, Error> {
            if thread::current().id() == self.thread {
                let text = "this thread carries the calls, and must not wait for one: use `.await`";
                return Err(Error::new(ErrorKind::Configuration, text));
            }
            // In the destructor of a thread-local variable tokio's own may be gone: each call then runs on the background thread.
            let is_gone =
                Handle::try_current().is_err_and(|error| error.is_thread_local_destroyed());
            let _runtime = (!is_gone).then(|| self.handle.enter());
            let signal = Arc::new(Signal::default());
            let waker = Waker::from(signal.clone());
            let mut context = Context::from_waker(&waker);
            let mut future = pin!(future);
            loop {
                if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                    return Ok(output);
                }
                signal.wait();
            }
        }
    }

    /// Wakes the waiting thread. `thread::park` would consume the wake-ups of an executor that runs on the thread.
    #[derive(Default)]
    struct Signal {
        is_set: Mutex<bool>,
        changed: Condvar,
    }

    impl Signal {
        fn wait(&self) {
            let is_set = self.is_set.lock().unwrap_or_else(PoisonError::into_inner);
            let mut is_set = self
                .changed
                .wait_while(is_set, |is_set| !*is_set)
                .unwrap_or_else(PoisonError::into_inner);
            *is_set = false;
        }
    }

    impl Wake for Signal {
        fn wake(self: Arc<Self>) {
            *self.is_set.lock().unwrap_or_else(PoisonError::into_inner) = true;
            self.changed.notify_one();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forked_process_gets_an_error_and_no_endless_wait() {
        let background = background().unwrap();
        let error = background
            .check_process(background.process + 1)
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().contains("forked"), "{error}");
    }

    #[cfg(feature = "blocking")]
    #[test]
    fn the_background_thread_is_not_made_to_wait() {
        let background = background().unwrap();
        let inside = background.spawn(async { super::background().unwrap().block_on(async {}) });
        let error = background.block_on(inside).unwrap().unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
    }
}
