//! The deadline of an exchange.

use crate::model::operation::{Idempotency, Operation};
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::Duration;
use tokio::time::{Instant, Sleep, sleep_until};

/// Longer than any useful wait, and short enough for the clock to add it.
pub(super) const A_YEAR: Duration = Duration::from_secs(365 * 24 * 3600);
/// The shortest extension: the tasks between socket and call need time to run.
const LEAST_GRACE: Duration = Duration::from_millis(20);
/// The longest extension, however late the program is.
const MOST_GRACE: Duration = Duration::from_secs(5);

/// The deadline for a response.
///
/// A program that was held up until the deadline may find the response in the socket, unread. A call that is never retried would lose the
/// only copy of a token, and the calls of a batch are held up by a slow reader of its results: for such calls the deadline moves once, by as
/// much as the program is late.
pub(super) struct Limit {
    until: Instant,
    may_move: bool,
    is_in_background: bool,
    /// The only timer of an exchange. One for each step would take the lock of the runtime's timers each time and, with the earlier deadline
    /// of a first byte, wake the thread that waits for I/O.
    timer: Timer,
}

type Timer = Option<Pin<Box<Sleep>>>;

/// The timer that the last exchange on the background runtime left to the next one, still registered.
///
/// tokio wakes the thread that waits for I/O when a timer becomes its earliest: without one left, at each call. A call with the same timeout
/// moves this one without the lock of the runtime's timers, and nobody is woken.
static LEFT_IN_BACKGROUND: Mutex<Timer> = Mutex::new(None);

fn left_in_background() -> MutexGuard<'static, Timer> {
    LEFT_IN_BACKGROUND
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
}

impl Limit {
    pub(super) fn new(operation: &Operation, is_in_batch: bool, until: Instant) -> Self {
        Self {
            until,
            may_move: is_in_batch || operation.idempotency() == Idempotency::NotIdempotent,
            is_in_background: false,
            timer: None,
        }
    }

    /// Takes over the timer of the exchange before; both must be on the background runtime, as a timer belongs to its runtime.
    pub(super) fn in_background(mut self) -> Self {
        self.is_in_background = true;
        self.timer = left_in_background().take();
        self
    }

    /// Returns the deadline.
    pub(super) fn until(&self) -> Instant {
        self.until
    }

    /// Moves the deadline by time that does not count towards the call's timeout.
    pub(super) fn extend(&mut self, by: Duration) {
        self.until += by;
    }

    /// Returns the result of `step`, or `None` after the deadline or, if that is earlier, the first-byte timeout.
    pub(super) async fn of<T>(
        &mut self,
        first_byte: Option<Duration>,
        step: impl Future<Output = T>,
    ) -> Option<T> {
        let mut step = pin!(step);
        let mut lost = first_byte
            .map(|first_byte| Instant::now() + first_byte)
            .filter(|lost| *lost < self.until);
        loop {
            let until = lost.unwrap_or(self.until);
            let timer = self
                .timer
                .get_or_insert_with(|| Box::pin(sleep_until(until)));
            if timer.deadline() != until {
                timer.as_mut().reset(until);
            }
            let outcome = poll_fn(|context| match step.as_mut().poll(context) {
                Poll::Ready(outcome) => Poll::Ready(Some(outcome)),
                Poll::Pending => timer.as_mut().poll(context).map(|()| None),
            });
            match outcome.await {
                Some(outcome) => return Some(outcome),
                None if self.may_move && is_due_or_late(lost) => {
                    self.may_move = false;
                    lost = None;
                    let grace = self.until.elapsed().clamp(LEAST_GRACE, MOST_GRACE);
                    self.until = self.until.max(Instant::now() + grace);
                }
                None => return None,
            }
        }
    }
}

impl Drop for Limit {
    fn drop(&mut self) {
        if self.is_in_background {
            // Another exchange may have left its own meanwhile, which is dropped after the lock.
            let _other = std::mem::replace(&mut *left_in_background(), self.timer.take());
        }
    }
}

/// Whether a timeout is that of the deadline, or comes late because the program was held up.
fn is_due_or_late(first_byte: Option<Instant>) -> bool {
    first_byte.is_none_or(|first_byte| first_byte.elapsed() > LEAST_GRACE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generated::operations;
    use crate::transport::background::background;
    use std::future::pending;
    use tokio::runtime::Builder;
    use tokio::task::yield_now;
    use tokio::time::{sleep, timeout};

    const SECOND: Duration = Duration::from_secs(1);

    fn limit(id: &str) -> Limit {
        let operation = Operation::all()
            .iter()
            .find(|operation| operation.id() == id)
            .unwrap();
        Limit::new(operation, false, Instant::now() + SECOND)
    }

    #[tokio::test(start_paused = true)]
    async fn a_response_in_time_is_taken() {
        assert_eq!(
            limit("apps/check-token").of(None, async { 7 }).await,
            Some(7)
        );
        assert!(
            limit("apps/check-token")
                .of(None, sleep(SECOND - LEAST_GRACE))
                .await
                .is_some()
        );
        assert!(
            limit("apps/check-token")
                .of(None, sleep(SECOND + LEAST_GRACE))
                .await
                .is_none()
        );
    }

    #[tokio::test(start_paused = true)]
    async fn the_only_copy_of_a_token_may_be_a_little_late_once() {
        let mut limit = limit("apps/reset-token");
        assert!(
            limit
                .of(None, sleep(SECOND + LEAST_GRACE / 2))
                .await
                .is_some()
        );
        assert!(limit.of(None, sleep(LEAST_GRACE)).await.is_none());
    }

    #[tokio::test(start_paused = true)]
    async fn a_program_that_was_held_up_gets_the_time_back_within_reason() {
        for (held_up, late, is_some) in
            [(3, 2, true), (3, 4, false), (100, 4, true), (100, 6, false)]
        {
            let mut limit = limit("apps/reset-token");
            // The clock is advanced by hand, so that nothing wakes at the deadline.
            tokio::time::advance(SECOND * (1 + held_up)).await;
            assert_eq!(
                limit.of(None, sleep(SECOND * late)).await.is_some(),
                is_some,
                "{held_up} {late}"
            );
        }
    }

    #[tokio::test(start_paused = true)]
    async fn the_first_byte_timeout_ends_before_the_deadline_and_never_after_it() {
        assert!(
            limit("apps/check-token")
                .of(Some(SECOND / 2), sleep(SECOND * 3 / 4))
                .await
                .is_none()
        );
        assert!(
            limit("apps/check-token")
                .of(Some(SECOND * 2), sleep(SECOND * 3 / 2))
                .await
                .is_none()
        );
    }

    /// The only unit test whose exchanges are in the background.
    #[test]
    fn a_timer_that_is_taken_over_has_the_deadline_of_its_new_exchange() {
        let hour = 3600 * SECOND;
        let take_over = |timeout| {
            let until = Instant::now() + timeout;
            let limit = Limit::new(&operations::APPS_RESET_TOKEN, true, until);
            limit.in_background()
        };
        let background = background().unwrap();
        let done = background.spawn(async move {
            let mut first = take_over(hour);
            assert_eq!(first.of(None, yield_now()).await, Some(()));
            drop(first);
            let mut earlier = take_over(LEAST_GRACE);
            assert!(earlier.timer.is_some());
            assert_eq!(earlier.of(None, pending::<()>()).await, None);
            drop(earlier);
            let mut later = take_over(hour);
            assert!(later.timer.as_ref().unwrap().is_elapsed());
            assert_eq!(later.of(None, sleep(LEAST_GRACE)).await, Some(()));
        });
        let runtime = Builder::new_current_thread().enable_time().build().unwrap();
        let done = runtime.block_on(async { timeout(30 * SECOND, done).await });
        done.unwrap().unwrap();
    }
}
