//! Calls without an async runtime.

use crate::call::call::Call;
use crate::error::error::Error;
use crate::error::kind::ErrorKind;
use crate::response::response::Response;
use std::sync::OnceLock;
use std::sync::mpsc;
use tokio::runtime::{Builder, Handle, Runtime};

/// Waiting for a call on the calling thread (feature `blocking`).
impl<T: Send + 'static, C: 'static> Call<T, C> {
    /// Sends the call and waits for its value.
    ///
    /// The first use starts one thread, which all such calls of the process share, however many threads wait. Waiting inside an
    /// async task works, but holds up its thread. On a single-threaded runtime that stops its connections as well, and a call that
    /// is given one of them runs out of time: there, wait only for calls of a [`Server`](crate::Server) whose calls are never awaited.
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
        receiver
            .recv()
            .unwrap_or_else(|_| Err(Error::interrupted()))
    }
}

/// Waits on the calling thread for a future of this crate that is not a [`Call`], such as
/// [`OAuthApp::preflight`](crate::OAuthApp::preflight) (feature `blocking`).
///
/// ```no_run
/// # #[allow(deprecated)]
/// # fn example(app: ghes_oauth::OAuthApp, mine: ghes_oauth::Authorizations) -> Result<(), ghes_oauth::Error> {
/// ghes_oauth::wait(app.preflight())??;
///
/// let mut items = mine.list_authorizations().items();
/// while let Some(authorization) = ghes_oauth::wait(items.next())? {
///     println!("{}", authorization?.id);
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// [Configuration](ErrorKind::Configuration) where the threads cannot be started. The future's own result is inside the `Ok`.
pub fn wait<F>(future: F) -> Result<F::Output, Error>
where
    F: Future + Send,
    F::Output: Send,
{
    let runtime = background()?;
    // On a thread of its own, as the calling one may belong to a runtime, which does not allow it to wait.
    let waited = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .name("ghes-oauth".to_owned())
            .spawn_scoped(scope, || runtime.block_on(future));
        thread.map(|thread| {
            thread
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    });
    waited.map_err(|_| no_thread())
}

fn no_thread() -> Error {
    Error::new(
        ErrorKind::Configuration,
        "the thread for waiting calls cannot be started",
    )
}

/// The runtime that waits in the background; connections belong to it, and so it lives as long as the process.
fn background() -> Result<&'static Handle, Error> {
    static RUNTIME: OnceLock<Option<Runtime>> = OnceLock::new();
    let start = || {
        Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("ghes-oauth")
            .enable_all()
            .build()
            .ok()
    };
    let runtime = RUNTIME.get_or_init(start).as_ref();
    runtime.map(Runtime::handle).ok_or_else(no_thread)
}
