//! A server: its address, its settings and, once known, its version.

use crate::call::job::Job;
use crate::model::operation::Operation;
use crate::model::version::GhesVersion;
use crate::transport::transport::Transport;
use std::fmt;
use std::sync::Arc;

/// Represents a GHES, or github.com: its address, its connections and the options for calls. It holds no credentials.
///
/// Cloning is cheap, and clones share the connections.
///
/// ```no_run
/// use ghes_oauth::{AppCredentials, Server};
///
/// # fn main() -> Result<(), ghes_oauth::Error> {
/// let server = Server::new("https://ghe.example.com")?;
/// let app = server.oauth_app(AppCredentials::new("Iv1.8a61f9b3a7aba766", "client-secret")?);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Server(pub(crate) Arc<Transport>);

impl Server {
    /// Returns the base of the API, without a slash at the end.
    pub fn base_url(&self) -> &str {
        &self.0.base.text
    }

    /// Returns the GHES version that was set, or else the one that the last response named; `None` for github.com.
    ///
    /// A version learned from a response makes the client refuse unsupported operations for one hour. After that it asks the server again,
    /// which may have been upgraded.
    pub fn ghes_version(&self) -> Option<GhesVersion> {
        self.0.ghes_version()
    }

    /// Waits until no call that is not idempotent is in flight.
    ///
    /// Await it before the program ends, so that no new token is lost in flight. By then the receivers of
    /// [`Call::deliver_to`](crate::Call::deliver_to) have returned. It covers all clones of the server, and works on every runtime. Calls
    /// that begin while it waits are waited for, too. Inside a callback it does not wait for the calls whose callbacks run, its own among
    /// them.
    ///
    /// ```no_run
    /// # async fn example(server: ghes_oauth::Server) {
    /// server.drained().await;
    /// # }
    /// ```
    pub fn drained(&self) -> Job<()> {
        let running = self.0.running.clone();
        Job::new(async move { running.none().await })
    }

    /// Returns whether the server has an operation; `None` for a GHES whose version is not known yet.
    pub fn supports(&self, operation: &Operation) -> Option<bool> {
        self.0.supports(operation)
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("base_url", &self.base_url())
            .field("ghes_version", &self.ghes_version())
            .finish_non_exhaustive()
    }
}
