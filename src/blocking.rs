//! Calls without an async runtime.

use crate::{Call, Error, ErrorKind, Response};
use std::sync::OnceLock;
use std::sync::mpsc;
use tokio::runtime::{Builder, Handle, Runtime};

/// Waiting for a call on the calling thread (feature `blocking`).
impl<T: Send + 'static, C: 'static> Call<T, C> {
    /// Sends the call and waits for its value.
    ///
    /// The first use starts one thread, which all such calls of the process share. Waiting inside an async task works and
    /// holds up its thread.
    ///
    /// ```no_run
    /// # fn example(app: ghes_oauth::OAuthApp, token: ghes_oauth::AccessToken) -> Result<(), ghes_oauth::Error> {
    /// let alive = app.check_token(&token).wait()?.is_some();
    /// # let _ = alive;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As for [`send`](Call::send), and [configuration](ErrorKind::Configuration) where the thread cannot be started.
    pub fn wait(self) -> Result<T, Error> {
        self.wait_for_response().map(Response::into_value)
    }

    /// Sends the call and waits for its value, status and headers.
    ///
    /// # Errors
    /// As for [`wait`](Self::wait).
    pub fn wait_for_response(self) -> Result<Response<T>, Error> {
        let (sender, receiver) = mpsc::sync_channel(1);
        background()?.spawn(async move { drop(sender.send(self.send().await)) });
        receiver.recv().unwrap_or_else(|_| Err(Error::new(ErrorKind::OutcomeUnknown, "the call was stopped before its answer came")))
    }
}

/// The runtime that waits in the background; connections belong to it, and so it lives as long as the process.
fn background() -> Result<&'static Handle, Error> {
    static RUNTIME: OnceLock<Option<Runtime>> = OnceLock::new();
    let start = || Builder::new_multi_thread().worker_threads(1).thread_name("ghes-oauth").enable_all().build().ok();
    let runtime = RUNTIME.get_or_init(start).as_ref();
    runtime.map(Runtime::handle).ok_or_else(|| Error::new(ErrorKind::Configuration, "the thread for waiting calls cannot be started"))
}
