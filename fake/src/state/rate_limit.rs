//! Counts requests against a rate limit.

use crate::state::clock::seconds_rounded_up;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A rate limit; its first window begins with the first request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RateLimit {
    pub(crate) limit: u32,
    pub(crate) used: u32,
    window: Duration,
    resets_at: SystemTime,
}

impl RateLimit {
    pub(crate) fn new(limit: u32, window: Duration) -> Self {
        Self {
            limit,
            used: 0,
            window,
            resets_at: UNIX_EPOCH,
        }
    }

    /// Whether this window has no request left; starts the next window if this one is over.
    pub(crate) fn is_used_up(&mut self, now: SystemTime) -> bool {
        if now >= self.resets_at {
            self.used = 0;
            self.resets_at = now + self.window;
        }
        self.used >= self.limit
    }

    /// Counts a request; one over the limit changes nothing.
    pub(crate) fn count(&mut self) {
        self.used = self.used.saturating_add(1).min(self.limit);
    }

    /// When the window ends, in seconds since 1970 as the header has it: rounded up.
    pub(crate) fn resets_at(&self) -> u64 {
        seconds_rounded_up(self.resets_at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_window_brings_as_many_requests_again() {
        let start = UNIX_EPOCH + Duration::from_secs(9);
        let mut rate = RateLimit::new(1, Duration::from_millis(20));
        assert!(!rate.is_used_up(start));
        rate.count();
        assert!(rate.is_used_up(start) && rate.resets_at() == 10);
        assert!(!rate.is_used_up(start + Duration::from_millis(20)));
        assert_eq!(rate.used, 0);
    }
}
