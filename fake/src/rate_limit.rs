//! How many requests an hour may bring.

use crate::state::now;

const HOUR: u64 = 3600;

/// A limit of requests; its first hour begins with the fake.
#[derive(Clone, Copy)]
pub(crate) struct RateLimit {
    pub(crate) limit: u32,
    pub(crate) used: u32,
    pub(crate) resets_at: u64,
}

impl RateLimit {
    pub(crate) fn new(limit: u32) -> Self {
        Self {
            limit,
            used: 0,
            resets_at: now() + HOUR,
        }
    }

    /// Whether this hour has no request left.
    pub(crate) fn is_used_up(&mut self) -> bool {
        if now() >= self.resets_at {
            *self = Self::new(self.limit);
        }
        self.used >= self.limit
    }

    /// Counts a request; one that was over the limit changes nothing.
    pub(crate) fn count(&mut self) {
        self.used = self.used.saturating_add(1).min(self.limit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_hour_brings_as_many_requests_again() {
        let mut rate = RateLimit::new(1);
        assert!(!rate.is_used_up());
        rate.count();
        assert!(rate.is_used_up());
        rate.resets_at = now();
        assert!(!rate.is_used_up());
        assert!(rate.used == 0 && rate.resets_at >= now() + HOUR - 1);
    }
}
