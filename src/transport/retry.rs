//! When a call is retried, how long to wait before, and when to stop.

use crate::error::error::Error;
use crate::error::kind::Phase;
use crate::model::operation::{Idempotency, Operation};
use http::StatusCode;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// The policy for retries after an error.
///
/// Calls that are safe or idempotent are retried after connection errors and after 502, 503 and 504; any other call only if no connection
/// was made at all. The wait grows from `base` to `cap`, with full jitter. A `Retry-After` from the server takes precedence, plus jitter of
/// up to a quarter; one longer than `cap` ends the attempts. A budget shared by all calls of a [`Server`](crate::Server) keeps retries from
/// doubling the load on a failing server: each retry takes from it, and each success gives a little back.
///
/// ```
/// use ghes_oauth::RetryPolicy;
/// use std::time::Duration;
///
/// let patient = RetryPolicy::default().attempts(5).wait_for_rate_limits(Duration::from_secs(120));
/// let never = RetryPolicy::none();
/// # let _ = (patient, never);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[must_use = "it does nothing until a server's builder is given it"]
pub struct RetryPolicy {
    attempts: u32,
    base: Duration,
    cap: Duration,
    rate_limit_wait: Duration,
}

impl Default for RetryPolicy {
    /// Four attempts, waits from 200 milliseconds to 10 seconds; rate limits are returned as errors and not waited for.
    fn default() -> Self {
        Self {
            attempts: 4,
            base: Duration::from_millis(200),
            cap: Duration::from_secs(10),
            rate_limit_wait: Duration::ZERO,
        }
    }
}

impl RetryPolicy {
    /// Returns the policy that retries no call.
    pub fn none() -> Self {
        Self::default().attempts(1)
    }

    /// Sets the maximum number of attempts, the first one included; zero counts as one.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// Sets the waits: up to `base` before the first retry, twice as much before each further one, never more than `cap`.
    pub fn backoff(mut self, base: Duration, cap: Duration) -> Self {
        self.base = base;
        self.cap = cap;
        self
    }

    /// Waits for rate limits and then retries the call, if it may be retried.
    ///
    /// `longest` limits the sum of the waits that the server asks for in all attempts of a call; jitter adds up to a quarter, and at most
    /// 15 seconds an attempt. A waiting call holds no permit of [`max_in_flight`](crate::ServerBuilder::max_in_flight), and the wait does
    /// not count towards its timeout.
    pub fn wait_for_rate_limits(mut self, longest: Duration) -> Self {
        self.rate_limit_wait = longest;
        self
    }

    /// Whether another attempt is left after this many.
    pub(crate) fn allows_another_after(&self, attempt: u32) -> bool {
        attempt < self.attempts
    }

    /// Returns how long to wait before another attempt, after `waited` for rate limits; `None` if there must not be one.
    pub(crate) fn wait(
        &self,
        operation: &Operation,
        error: &Error,
        attempt: u32,
        waited: Duration,
    ) -> Option<Duration> {
        if !self.allows_another_after(attempt) || !may_retry(operation, error) {
            return None;
        }
        let asked = error.retry_after().unwrap_or_default();
        if error.is_rate_limited() {
            let left = self.rate_limit_wait.checked_sub(waited)?;
            if left.is_zero() || asked > left {
                return None;
            }
        } else if asked > self.cap {
            return None;
        }
        // A server that asks for no pause still gets one.
        let least = self.jittered(attempt);
        Some(
            asked
                .saturating_add(spread(asked).mul_f64(random()))
                .max(least),
        )
    }

    /// Returns a random wait below the growing limit, so that clients that failed together do not retry together.
    fn jittered(&self, attempt: u32) -> Duration {
        let limit = self
            .base
            .saturating_mul(1 << (attempt - 1).min(16))
            .min(self.cap);
        limit.mul_f64(random())
    }
}

/// The most that is added to a wait that the server asks for.
const MOST_SPREAD: Duration = Duration::from_secs(15);

/// Returns the jitter for a wait that the server asks for, at most a quarter of it: the server asks all clients alike, and they would all
/// return at the same moment.
pub(super) fn spread(asked: Duration) -> Duration {
    (asked / 4).min(MOST_SPREAD)
}

/// Returns a number from 0 to 1. The standard library's hash keys are random; a wait needs no better source.
pub(super) fn random() -> f64 {
    let random = RandomState::new().build_hasher().finish();
    (random % 1_000_000) as f64 / 1e6
}

fn may_retry(operation: &Operation, error: &Error) -> bool {
    if error.phase() == Some(Phase::NotSent) {
        return true;
    }
    if operation.idempotency() == Idempotency::NotIdempotent {
        return false;
    }
    let status = error.status().map(|status| status.as_u16());
    error.phase().is_some() || error.is_rate_limited() || matches!(status, Some(502..=504))
}

/// Whether a retry may help after a response with this status: a rate limit, or a gateway's error.
pub(crate) fn may_pass(status: StatusCode) -> bool {
    matches!(status.as_u16(), 403 | 422 | 429 | 502..=504)
}

/// How many retries the calls of one server may make together.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU32);

/// The cost of one retry, in units of what one success gives back.
const COST: u32 = 10;
/// The budget of a new server, and the most that it can hold: fifty retries.
const FULL: u32 = 50 * COST;

impl Default for Budget {
    fn default() -> Self {
        Self(AtomicU32::new(FULL))
    }
}

impl Budget {
    /// Takes one retry out, if there is one left.
    pub(crate) fn take(&self) -> bool {
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                left.checked_sub(COST)
            })
            .is_ok()
    }

    /// A call succeeded.
    pub(crate) fn give(&self) {
        // A full budget is the common case, and needs no write that other threads would have to see.
        if self.0.load(Ordering::Relaxed) < FULL {
            let _ = self
                .0
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                    (left < FULL).then_some(left + 1)
                });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::kind::ErrorKind;
    use crate::generated::operations;

    fn connection(phase: Phase) -> Error {
        Error::new(ErrorKind::Connection, "").with_phase(phase)
    }

    #[test]
    fn the_table_decides_what_is_retried() {
        let policy = RetryPolicy::default();
        for operation in Operation::all() {
            let retried = policy
                .wait(operation, &connection(Phase::Sent), 1, Duration::ZERO)
                .is_some();
            assert_eq!(
                retried,
                operation.idempotency() != Idempotency::NotIdempotent,
                "{operation:?}"
            );
            assert!(
                policy
                    .wait(operation, &connection(Phase::NotSent), 1, Duration::ZERO)
                    .is_some(),
                "{operation:?}"
            );
            assert!(
                policy
                    .wait(operation, &connection(Phase::NotSent), 4, Duration::ZERO)
                    .is_none(),
                "{operation:?}"
            );
        }
    }

    #[test]
    fn rate_limits_are_waited_for_only_when_asked() {
        let limited = Error::new(ErrorKind::SecondaryRateLimited, "")
            .with_retry_after(Some(Duration::from_secs(60)));
        let operation = &operations::APPS_CHECK_TOKEN;
        let wait = |policy: &RetryPolicy, waited| {
            policy.wait(operation, &limited, 1, Duration::from_secs(waited))
        };
        assert_eq!(wait(&RetryPolicy::default(), 0), None);
        let patient = RetryPolicy::default().wait_for_rate_limits(Duration::from_secs(130));
        for waited in [0, 70] {
            let length = wait(&patient, waited).unwrap().as_secs_f64();
            assert!((60.0..=75.0).contains(&length), "{length}");
        }
        assert_eq!(wait(&patient, 71), None, "the waits count together");
        assert_eq!(wait(&patient, 131), None);
    }

    #[test]
    fn clients_that_wait_alike_come_back_apart() {
        let limited = Error::new(ErrorKind::SecondaryRateLimited, "")
            .with_retry_after(Some(Duration::from_secs(4)));
        let policy = RetryPolicy::default().wait_for_rate_limits(Duration::from_secs(60));
        let wait = || policy.wait(&operations::APPS_CHECK_TOKEN, &limited, 1, Duration::ZERO);
        let lengths: std::collections::BTreeSet<_> = (0..50).filter_map(|_| wait()).collect();
        assert!(lengths.len() > 40, "{lengths:?}");
        let allowed = Duration::from_secs(4)..=Duration::from_secs(5);
        assert!(lengths.iter().all(|length| allowed.contains(length)));
        assert_eq!(spread(Duration::from_secs(3600)), MOST_SPREAD);
    }

    #[test]
    fn waits_stay_below_their_limit() {
        let policy =
            RetryPolicy::default().backoff(Duration::from_millis(100), Duration::from_millis(300));
        for attempt in 1..100 {
            let limit = Duration::from_millis(if attempt == 1 { 100 } else { 300 });
            assert!(policy.jittered(attempt) <= limit);
        }
    }

    #[test]
    fn a_budget_runs_out_and_comes_back() {
        let budget = Budget::default();
        assert_eq!((0..1000).filter(|_| budget.take()).count(), 50);
        (0..COST).for_each(|_| budget.give());
        assert!(budget.take() && !budget.take());
    }
}
