//! The state of a rate limit.

use crate::secret::redact::MARKER;
use std::fmt;
use std::time::SystemTime;

/// The state of a rate limit when a response was sent.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct RateLimit<'a> {
    /// How many requests a window allows.
    pub limit: Option<u64>,
    /// How many requests are left in this window.
    pub remaining: Option<u64>,
    /// How many requests were made in this window.
    pub used: Option<u64>,
    /// When the next window begins.
    pub reset: Option<SystemTime>,
    /// The name of the limit, such as `core`.
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

/// Returns the name of a rate limit if it consists of lower-case words; any other text may be an encoded secret.
fn printable_name(name: &str) -> &str {
    let is_one = name.len() <= 40
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    if is_one { name } else { MARKER }
}

/// Returns a time since the epoch in seconds. A number beyond the year 5138 is taken as milliseconds, microseconds or nanoseconds.
pub(super) fn in_seconds(mut time: u64) -> u64 {
    while time >= 100_000_000_000 {
        time /= 1000;
    }
    time
}
