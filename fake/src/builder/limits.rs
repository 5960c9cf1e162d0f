//! How many tokens, requests and bad logins a fake allows.

use crate::builder::Builder;
use std::time::Duration;

/// Its limits.
impl Builder {
    /// Sets how many tokens one user, app and set of scopes may have before a new one evicts the oldest: ten by default, as on GitHub, and
    /// `None` for any number.
    pub fn token_limit(mut self, tokens: Option<usize>) -> Self {
        self.token_limit = tokens;
        self
    }

    /// Allows this many requests an hour, and sends `X-RateLimit-*` headers. A 304 does not count, nor does a browser's OPTIONS or a
    /// request that is refused before it reaches the API.
    ///
    /// By default there is no limit and no such header, as on a GHES whose administrator has not enabled rate limits.
    pub fn rate_limit(mut self, requests: u32) -> Self {
        self.rate_limit = Some(requests);
        self
    }

    /// Sets the length of the rate limit's window, for instance to milliseconds; an hour by default.
    pub fn rate_limit_window(mut self, window: Duration) -> Self {
        self.window = window;
        self
    }

    /// Locks a user out after this many bad logins: from then on even the right credentials get 403.
    pub fn max_logins(mut self, bad_logins: u32) -> Self {
        self.max_logins = Some(bad_logins);
        self
    }

    /// Sets how long a lockout lasts; an hour by default, because GitHub does not document it.
    pub fn lockout(mut self, duration: Duration) -> Self {
        self.lockout = duration;
        self
    }
}
