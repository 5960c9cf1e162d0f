//! The address of a server, by its options.

use crate::api::builder::ServerBuilder;

/// The address.
impl ServerBuilder {
    /// Uses the address as the base of the API, without adding `/api/v3`, for a GHES whose API has another address.
    ///
    /// ```
    /// use ghes_oauth::Server;
    ///
    /// let server = Server::builder("https://api.ghe.corp").exact_base_url().build()?;
    /// assert_eq!(server.base_url(), "https://api.ghe.corp");
    /// # Ok::<(), ghes_oauth::Error>(())
    /// ```
    pub fn exact_base_url(mut self) -> Self {
        self.is_exact = true;
        self
    }

    /// Allows plain http to hosts other than loopback. Credentials and tokens are then sent in the clear.
    pub fn allow_plain_http(mut self) -> Self {
        self.allow_plain_http = true;
        self
    }

    /// Treats the server as github.com: the API is at the root of the address, without `/api/v3`, and operations that only GHES has are
    /// refused before anything is sent.
    ///
    /// It is for tests against a fake of github.com, and takes an address on loopback only. The client recognizes the real github.com by
    /// its name.
    ///
    /// ```
    /// use ghes_oauth::Server;
    ///
    /// let server = Server::builder("http://127.0.0.1:8080").as_github().build()?;
    /// assert_eq!(server.base_url(), "http://127.0.0.1:8080");
    /// # Ok::<(), ghes_oauth::Error>(())
    /// ```
    pub fn as_github(mut self) -> Self {
        self.is_github = true;
        self
    }
}
