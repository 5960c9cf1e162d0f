//! Pauses that the calls of a batch share, and the end of waiting.

use crate::model::operation::Operation;
use crate::transport::deadline::A_YEAR;
use crate::transport::retry::{random, spread};
use crate::transport::trace;
use std::pin::pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};

/// Holds back calls that were not sent yet: those of a batch during a rate limit, until the pause ends or the wait is stopped.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    state: Mutex<State>,
    stopped: Notify,
}

#[derive(Debug, Default)]
struct State {
    pause: Option<Pause>,
    is_stopped: bool,
}

/// A pause without requests.
#[derive(Clone, Copy, Debug)]
struct Pause {
    until: Instant,
    /// The time after the pause over which the calls resume, each at a random moment.
    spread: Duration,
}

impl Gate {
    /// Closes the gate for a rate limit that this operation met, and reports that unless the gate was closed already.
    pub(crate) fn pause(&self, length: Duration, operation: Option<&'static Operation>) {
        if self.close_for(length) {
            trace::rate_limit(operation, length);
        }
    }

    /// Keeps the gate closed for at least this long; returns whether it was open.
    fn close_for(&self, length: Duration) -> bool {
        let now = Instant::now();
        let length = length.min(A_YEAR);
        let pause = Pause {
            until: now + length,
            spread: spread(length),
        };
        let mut state = self.locked();
        let earlier = state.pause.filter(|earlier| earlier.until > now);
        if earlier.is_none_or(|earlier| earlier.until < pause.until) {
            state.pause = Some(pause);
        }
        earlier.is_none()
    }

    /// Returns how long the gate stays closed; `None` if it is open.
    pub(crate) fn closed_for(&self) -> Option<Duration> {
        let until = self.locked().pause?.until;
        until
            .checked_duration_since(Instant::now())
            .filter(|left| !left.is_zero())
    }

    /// Waits until the gate is open or stopped.
    pub(crate) async fn opened(&self) {
        if self.is_open() {
            return;
        }
        let share = random();
        loop {
            let mut stopped = pin!(self.stopped.notified());
            // From here on no stop is missed.
            stopped.as_mut().enable();
            let Some(until) = self.closed_until(share) else {
                return;
            };
            // The pause may have been extended during the wait.
            let _ = timeout_at(until, stopped).await;
        }
    }

    /// Ends every wait for the gate, now and later.
    pub(crate) fn stop(&self) {
        self.locked().is_stopped = true;
        self.stopped.notify_waiters();
    }

    /// Waits until the gate is stopped.
    pub(crate) async fn stopped(&self) {
        let mut stopped = pin!(self.stopped.notified());
        // From here on no stop is missed.
        stopped.as_mut().enable();
        if !self.is_stopped() {
            stopped.await;
        }
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.locked().is_stopped
    }

    /// Returns whether calls need not wait now.
    pub(crate) fn is_open(&self) -> bool {
        self.closed_until(1.0).is_none()
    }

    fn closed_until(&self, share: f64) -> Option<Instant> {
        let state = self.locked();
        let pause = state.pause.filter(|_| !state.is_stopped)?;
        let until = pause.until + pause.spread.mul_f64(share);
        (until > Instant::now()).then_some(until)
    }

    fn locked(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[tokio::test(start_paused = true)]
    async fn it_opens_after_the_longest_of_the_pauses() {
        let gate = Gate::default();
        let start = Instant::now();
        gate.opened().await;
        assert_eq!((start.elapsed(), gate.closed_for()), (Duration::ZERO, None));
        assert!(gate.close_for(5 * SECOND));
        assert!(!gate.close_for(2 * SECOND));
        assert_eq!(gate.closed_for(), Some(5 * SECOND));
        gate.opened().await;
        let waited = start.elapsed().as_secs_f64();
        assert!((5.0..=6.3).contains(&waited), "{waited}");
        tokio::time::sleep(2 * SECOND).await;
        let start = Instant::now();
        gate.opened().await;
        assert_eq!(start.elapsed(), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn calls_that_pause_together_come_back_one_by_one() {
        let gate = std::sync::Arc::new(Gate::default());
        gate.close_for(4 * SECOND);
        let start = Instant::now();
        let mut waiting = tokio::task::JoinSet::new();
        for _ in 0..50 {
            let gate = gate.clone();
            waiting.spawn(async move {
                gate.opened().await;
                start.elapsed().as_millis()
            });
        }
        let back: std::collections::BTreeSet<_> = waiting.join_all().await.into_iter().collect();
        assert!(back.len() > 30, "{back:?}");
        assert!(
            back.iter().all(|back| (4_000..=5_001).contains(back)),
            "{back:?}"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_stop_ends_the_pause() {
        let gate = std::sync::Arc::new(Gate::default());
        gate.close_for(3600 * SECOND);
        let start = Instant::now();
        let stopping = gate.clone();
        tokio::spawn(async move {
            tokio::time::sleep(SECOND).await;
            stopping.stop();
        });
        gate.opened().await;
        gate.opened().await;
        assert_eq!((start.elapsed(), gate.is_stopped()), (SECOND, true));
    }
}
