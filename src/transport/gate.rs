//! Pauses that the calls of a batch share.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// Holds back the calls of a batch while one of them waits for a rate limit.
#[derive(Debug, Default)]
pub(crate) struct Gate(Mutex<Option<Instant>>);

impl Gate {
    /// Keeps it closed for so long at least.
    pub(crate) fn close_for(&self, length: Duration) {
        let until = Instant::now() + length;
        let mut closed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *closed = Some(closed.map_or(until, |earlier| earlier.max(until)));
    }

    /// Waits until it is open.
    pub(crate) async fn opened(&self) {
        while let Some(until) = self.closed_until() {
            sleep_until(until).await;
        }
    }

    fn closed_until(&self) -> Option<Instant> {
        let mut closed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if closed.is_some_and(|until| until <= Instant::now()) {
            *closed = None;
        }
        *closed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn it_opens_after_the_longest_of_the_pauses() {
        let gate = Gate::default();
        let start = Instant::now();
        gate.opened().await;
        assert_eq!(start.elapsed(), Duration::ZERO);
        gate.close_for(Duration::from_secs(5));
        gate.close_for(Duration::from_secs(2));
        gate.opened().await;
        assert_eq!(start.elapsed().as_secs(), 5);
        gate.opened().await;
        assert_eq!(start.elapsed().as_secs(), 5);
    }
}
