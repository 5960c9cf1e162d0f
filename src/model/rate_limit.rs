//! The state of a rate limit.

use crate::secret::redact::MARKER;
use std::fmt;
use std::time::SystemTime;

/// The state of a rate limit as of the response it came with.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct RateLimit<'a> {
    /// Requests allowed per window.
    pub limit: Option<u64>,
    /// Requests left in this window.
    pub remaining: Option<u64>,
    /// Requests made in this window.
    pub used: Option<u64>,
    /// When the next window begins.
    pub reset: Option<SystemTime>,
    /// Which limit it is, such as `core`.
    pub resource: Option<&'a str>,
}

impl fmt::Debug for RateLimit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RateLimit")
            .field("limit", &self.limit)
            .field("remaining", &self.remaining)
            .field("used", &self.used)
            .field("reset", &self.reset)
            .field("resource", &self.resource.map(printable_name))
            .finish()
    }
}

/// The name of a rate limit where it is one, lower-case words; anything else may be a secret in some encoding.
fn printable_name(name: &str) -> &str {
    let is_one = name.len() <= 40
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    if is_one { name } else { MARKER }
}

/// A time since the epoch in seconds; what is beyond the year 5138 was meant in milliseconds, microseconds or nanoseconds.
pub(super) fn in_seconds(mut time: u64) -> u64 {
    while time >= 100_000_000_000 {
        time /= 1000;
    }
    time
}
