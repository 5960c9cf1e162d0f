//! How many tokens, requests and bad logins a fake allows.

use crate::builder::Builder;
use std::time::Duration;

/// What is limited.
impl Builder {
    /// Sets how many tokens one user, app and set of scopes may have before a new one evicts the oldest: ten on GitHub and by
    /// default, `None` for any number.
    pub fn token_limit(mut self, tokens: Option<usize>) -> Self {
        self.token_limit = tokens;
        self
    }

    /// Allows this many requests an hour, and sends `X-RateLimit-*` headers. A 304 does not count, nor does a browser's OPTIONS
    /// or what is refused before it reaches the API.
    ///
    /// Without it there is no limit and no such header, as on a GHES where nobody has switched rate limits on.
    pub fn rate_limit(mut self, requests: u32) -> Self {
        self.rate_limit = Some(requests);
        self
    }

    /// Sets the length of the rate limit's window, to milliseconds for instance, instead of an hour.
    pub fn rate_limit_window(mut self, window: Duration) -> Self {
        self.window = window;
        self
    }

    /// Locks a user out after this many bad logins: from then on even the right credentials get 403.
    pub fn max_logins(mut self, bad_logins: u32) -> Self {
        self.max_logins = Some(bad_logins);
        self
    }

    /// Sets how long a lockout lasts; an hour by default, as GitHub does not document it.
    pub fn lockout(mut self, duration: Duration) -> Self {
        self.lockout = duration;
        self
    }
}
