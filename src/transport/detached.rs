//! Work on the crate's own runtime: it continues when its future is dropped and when the caller's runtime ends.

use crate::error::error::Error;
use crate::transport::background::background;
use crate::transport::gate::Gate;
use crate::transport::transport::Transport;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::task::JoinHandle;

/// A future for work on the crate's own runtime.
pub(crate) struct Detached<T> {
    task: JoinHandle<Result<T, Error>>,
    ends_with_future: bool,
    /// Stopped when this is dropped, so that a request that still waits is not sent.
    gate: Arc<Gate>,
}

impl<T: Send + 'static> Detached<T> {
    /// Starts the work, which [`Server::drained`](crate::Server::drained) waits for.
    ///
    /// # Errors
    /// Configuration if the system refuses the thread.
    pub(crate) fn start(
        transport: &Transport,
        gate: Arc<Gate>,
        work: Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>,
    ) -> Result<Self, Error> {
        let task = background()?.spawn(transport.running.count(work));
        Ok(Self {
            task,
            ends_with_future: false,
            gate,
        })
    }

    /// Starts the work, which is cancelled when this is dropped.
    pub(crate) fn ending_with_future(mut self) -> Self {
        self.ends_with_future = true;
        self
    }
}

impl<T> Future for Detached<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.task)
            .poll(context)
            // The task panicked: the runtime never shuts down.
            .map(|done| done.unwrap_or_else(|_| Err(Error::interrupted())))
    }
}

impl<T> Drop for Detached<T> {
    fn drop(&mut self) {
        if self.task.is_finished() {
            return;
        }
        self.gate.stop();
        if self.ends_with_future {
            self.task.abort();
        }
    }
}
