//! A server: its address and what is known of it.

use crate::model::operations::Operation;
use crate::model::version::GhesVersion;
use crate::transport::transport::Transport;
use std::fmt;
use std::sync::Arc;

/// A GHES, or github.com: its address, its connections and the options for calls. It holds no credentials.
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
    /// The base of the API, without a slash at its end.
    pub fn base_url(&self) -> &str {
        &self.0.base.text
    }

    /// The GHES version that was set, or else the one that the last response named; `None` for github.com.
    ///
    /// A version learned from a response makes the client refuse operations for one hour; after that it asks the server again, which
    /// may have been upgraded.
    pub fn ghes_version(&self) -> Option<GhesVersion> {
        self.0.ghes_version()
    }

    /// Whether the server has an operation; `None` for a GHES whose version is not known yet.
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
