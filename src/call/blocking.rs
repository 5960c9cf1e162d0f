//! Calls without an async runtime.

use crate::call::call::Call;
use crate::call::items::Items;
use crate::call::job::Job;
use crate::error::error::Error;
use crate::response::response::Response;
use crate::transport::background::background;
use futures_core::Stream;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;

/// Waiting for a call on the calling thread (feature `blocking`).
impl<T: Send + 'static, C: 'static, K: 'static> Call<T, C, K> {
    /// Sends the call and waits for its value.
    ///
    /// It works on every thread, also inside async tasks and in this crate's callbacks, with every kind of runtime: the call runs on a
    /// thread that all such calls of the process share, with separate connections. Inside an async task it blocks the task's thread; use
    /// `.await` there.
    ///
    /// ```no_run
    /// # fn example(app: ghes_oauth::OAuthApp, token: ghes_oauth::AccessToken) -> Result<(), ghes_oauth::Error> {
    /// let is_live = app.check_token(&token).wait()?.is_some();
    /// # let _ = is_live;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Those of [`send`](Call::send), and [configuration](crate::ErrorKind::Configuration) if the thread cannot be started, in a process
    /// that was forked after the thread was started, and on that thread itself.
    pub fn wait(self) -> Result<T, Error> {
        self.wait_for_response().map(Response::into_value)
    }

    /// Sends the call and waits for its value, status and headers.
    ///
    /// # Errors
    /// Those of [`wait`](Self::wait).
    pub fn wait_for_response(self) -> Result<Response<T>, Error> {
        background()?.block_on(self.send())?
    }
}

/// Waiting on the calling thread (feature `blocking`).
impl<T> Job<Result<T, Error>> {
    /// Waits for the result on the calling thread, as [`Call::wait`] does.
    ///
    /// # Errors
    /// Those of the work, and those of [`Call::wait`].
    pub fn wait(self) -> Result<T, Error> {
        background()?.block_on(self)?
    }
}

impl Job<()> {
    /// Waits for the end of the work on the calling thread, as [`Call::wait`] does.
    ///
    /// # Errors
    /// Those of [`Call::wait`] about its thread.
    pub fn wait(self) -> Result<(), Error> {
        background()?.block_on(self)
    }
}

impl<T: Send + 'static> Items<T> {
    /// Iterates over the items on the calling thread, waiting as [`Call::wait`] does (feature `blocking`).
    ///
    /// ```no_run
    /// # #[allow(deprecated)]
    /// # fn example(mine: ghes_oauth::Authorizations) -> Result<(), ghes_oauth::Error> {
    /// for authorization in mine.list_authorizations().items().blocking() {
    ///     println!("{}", authorization?.id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn blocking(self) -> BlockingItems<Self> {
        BlockingItems::new(self)
    }
}

/// Iterates over a stream of this crate, and waits for it on the calling thread (feature `blocking`).
#[must_use = "an iterator does nothing until it is asked for items"]
pub struct BlockingItems<S> {
    stream: S,
    /// Whether waiting failed, so that nothing more can be yielded.
    is_over: bool,
}

impl<S> BlockingItems<S> {
    pub(crate) fn new(stream: S) -> Self {
        Self {
            stream,
            is_over: false,
        }
    }
}

/// A stream that can be waited for.
pub(crate) trait Waitable: Stream + Unpin {
    /// The item with the error of a stream that cannot be waited for.
    fn refuse(&mut self, error: Error) -> Self::Item;
}

impl<T: Send + 'static> Waitable for Items<T> {
    fn refuse(&mut self, error: Error) -> Self::Item {
        Err(error)
    }
}

#[allow(private_bounds, reason = "the streams are those of this crate")]
impl<S: Waitable> Iterator for BlockingItems<S> {
    type Item = S::Item;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let stream = &mut self.stream;
        let next = poll_fn(|context| Pin::new(&mut *stream).poll_next(context));
        background()
            .and_then(|background| background.block_on(next))
            .unwrap_or_else(|error| {
                self.is_over = true;
                Some(self.stream.refuse(error))
            })
    }
}

impl<S: fmt::Debug> fmt::Debug for BlockingItems<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BlockingItems").field(&self.stream).finish()
    }
}
