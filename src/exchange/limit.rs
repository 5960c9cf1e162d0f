//! When a step of an exchange is over.

use crate::operations::{Operation, Repeat};
use std::pin::pin;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// The least and the most time to read what came in time, where a program was held up.
const GRACE: (Duration, Duration) = (Duration::from_millis(20), Duration::from_secs(5));

/// The time until which something must have come.
///
/// A program that was held up for so long that the time is over may find the answer waiting in the socket, unread. Of a call that is
/// never repeated it may be the only copy of a token: so it gets, once, as much time as the program is late.
pub(super) struct Limit {
    until: Instant,
    may_be_late: bool,
}

impl Limit {
    pub(super) fn new(operation: &Operation, until: Instant) -> Self {
        Self { until, may_be_late: operation.repeat() == Repeat::Never }
    }

    /// What `step` comes to, if it does in time.
    pub(super) async fn of<T>(&mut self, step: impl Future<Output = T>) -> Option<T> {
        let mut step = pin!(step);
        loop {
            match timeout_at(self.until, step.as_mut()).await {
                Ok(outcome) => return Some(outcome),
                Err(_) if self.may_be_late => {
                    self.may_be_late = false;
                    let (least, most) = GRACE;
                    self.until = Instant::now() + self.until.elapsed().clamp(least, most);
                }
                Err(_) => return None,
            }
        }
    }
}
