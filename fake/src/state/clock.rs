//! The server's clock, which a test may set and advance.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A clock that runs like the system's, with an offset.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Clock {
    fast_by: Duration,
    slow_by: Duration,
}

impl Clock {
    pub(crate) fn now(self) -> SystemTime {
        let fast = SystemTime::now().checked_add(self.fast_by);
        fast.and_then(|time| time.checked_sub(self.slow_by))
            .unwrap_or(UNIX_EPOCH)
    }

    pub(crate) fn seconds(self) -> u64 {
        seconds(self.now())
    }

    pub(crate) fn advance(&mut self, by: Duration) {
        self.fast_by = self.fast_by.saturating_add(by);
    }

    pub(crate) fn set(&mut self, time: SystemTime) {
        let now = SystemTime::now();
        self.fast_by = time.duration_since(now).unwrap_or_default();
        self.slow_by = now.duration_since(time).unwrap_or_default();
    }
}

/// Whole seconds since 1970.
pub(crate) fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}

/// The first whole second since 1970 that is not before `time`.
pub(crate) fn seconds_rounded_up(time: SystemTime) -> u64 {
    rounded_up(time.duration_since(UNIX_EPOCH).unwrap_or_default())
}

/// The least number of whole seconds that is not shorter than `time`.
pub(crate) fn rounded_up(time: Duration) -> u64 {
    time.as_secs() + u64::from(time.subsec_nanos() > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_runs_on_from_where_it_is_set() {
        let mut clock = Clock::default();
        clock.set(UNIX_EPOCH + Duration::from_secs(1_000));
        assert!((1_000..1_060).contains(&clock.seconds()));
        clock.advance(Duration::from_secs(500));
        assert!((1_500..1_560).contains(&clock.seconds()));
        clock.set(SystemTime::now() + Duration::from_secs(10_000));
        assert!(clock.now() > SystemTime::now() + Duration::from_secs(9_000));
        clock.advance(Duration::MAX);
        assert_eq!(clock.seconds(), 0, "a time that no clock shows");
    }

    #[test]
    fn seconds_are_rounded_as_asked() {
        let time = UNIX_EPOCH + Duration::from_millis(1_001);
        assert_eq!((seconds(time), seconds_rounded_up(time)), (1, 2));
    }
}
