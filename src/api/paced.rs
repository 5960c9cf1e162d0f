//! The calls about one token of a batch, and its waits for rate limits.

use crate::api::running::{Done, Subject};
use crate::api::verdict::Verdict;
use crate::error::kind::Outcome;
use crate::model::metadata::Metadata;
use crate::transport::gate::Gate;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// The pause after a rate limit that asks for no wait.
const LEAST_WAIT: Duration = Duration::from_millis(100);

/// Makes the calls about one token, and retries them after each rate limit until the waits would exceed the longest in total; `None` if the
/// batch was stopped before anything was sent.
pub(super) async fn through<T: Verdict, F: Future<Output = Done<T>>>(
    subject: Arc<Subject>,
    calls: impl Fn(&Subject) -> F,
) -> Option<Done<T>> {
    let (gate, longest) = (&subject.gate, subject.longest_wait);
    gate.opened().await;
    if gate.is_stopped() {
        return None;
    }
    let mut waited = Duration::ZERO;
    // Whether an earlier call may have performed the operation before it met the limit.
    let mut retried = subject.is_retried;
    loop {
        let done = calls(&subject).await;
        let error = match done.map_err(|error| error.after_earlier_attempts(retried)) {
            Err(error) if error.is_rate_limited() => error,
            done => {
                if let Ok((_, Some(metadata))) = &done {
                    pause_before_the_limit(gate, longest, metadata);
                }
                return Some(match retried {
                    true => done.map(|(verdict, metadata)| (verdict.after_retry(), metadata)),
                    false => done,
                });
            }
        };
        retried = error.outcome() == Outcome::Unknown;
        let wait = error.retry_after().unwrap_or_default().max(LEAST_WAIT);
        waited = waited.saturating_add(wait);
        if waited > longest {
            return Some(Err(error));
        }
        gate.pause(wait, error.operation());
        gate.opened().await;
        if gate.is_stopped() {
            return Some(Err(error));
        }
    }
}

/// Pauses the batch if this response used up the rate limit. For a wait beyond the longest it does nothing: the next request gets the
/// error.
fn pause_before_the_limit(gate: &Gate, longest: Duration, metadata: &Metadata) {
    if metadata.is_used_up()
        && let Some(reset) = metadata.rate_limit().and_then(|limit| limit.reset)
        && let Ok(wait) = reset.duration_since(SystemTime::now())
        && wait <= longest
    {
        gate.pause(wait, None);
    }
}
