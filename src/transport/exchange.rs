//! One call from its first attempt to its last: what each attempt needs, and the waits between them.

use crate::error::error::Error;
use crate::error::kind::{ErrorKind, Phase};
use crate::model::operation::{Idempotency, Operation};
use crate::request::credentials::Authorizer;
use crate::request::draft::Request;
use crate::request::otp::Otp;
use crate::response::classify;
use crate::response::raw::RawResponse;
use crate::secret::redact::Secrets;
use crate::transport::deadline::{A_YEAR, Limit};
use crate::transport::failure::timed_out;
use crate::transport::gate::Gate;
use crate::transport::in_flight::Permit;
use crate::transport::retry;
use crate::transport::trace;
use crate::transport::transport::Transport;
use http::StatusCode;
use http::header::{HeaderName, HeaderValue};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// After this time without a response, a request that may be retried counts as lost, unless half of the call's timeout is longer.
///
/// GitHub itself aborts a request after ten seconds. A connection can lose one: a gateway may have forgotten the connection while it was
/// idle, and if a server closes it just as it is reused, the HTTP layer may never notice.
const LOST_AFTER: Duration = Duration::from_secs(15);

/// A request, and everything that is needed to send it.
pub(crate) struct Exchange {
    pub(crate) transport: Arc<Transport>,
    pub(crate) operation: &'static Operation,
    pub(crate) request: Request,
    pub(crate) authorizer: Arc<Authorizer>,
    /// The headers of this call only: its conditions.
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) otp: Otp,
    pub(crate) timeout: Option<Duration>,
    pub(crate) secrets: Arc<Secrets>,
    /// The pause that the calls of one batch share. It is stopped when the call's future is dropped.
    pub(crate) gate: Option<Arc<Gate>>,
    /// Whether it runs on the background runtime.
    pub(crate) is_in_background: bool,
    /// How many attempts were made, redirects and other one-time passwords included; the retry policy counts its own.
    pub(crate) attempts: u32,
    /// How many of them have been reported.
    pub(crate) reported: u32,
}

/// The parts that complete a request before it is sent.
pub(super) struct Go {
    pub(super) otp: Option<HeaderValue>,
    /// Held until the response is there.
    pub(super) _permit: Permit,
}

impl Exchange {
    /// Returns the response, whatever its status, or an error if there is none. Boxed: every future on the way would otherwise reserve
    /// space for it while the call is in flight.
    pub(crate) async fn response(
        mut self: Box<Self>,
        http: reqwest::Client,
    ) -> Result<Box<RawResponse>, Error> {
        let shared = self.transport.clone();
        let timeout = self.timeout.unwrap_or(shared.timeout).min(A_YEAR);
        if timeout.is_zero() {
            // A timer's tick is long enough for a near server to respond, so without this check the result would vary.
            return Err(timed_out(Phase::NotSent, None).at(self.operation));
        }
        let mut limit = Limit::new(
            self.operation,
            self.gate.is_some(),
            Instant::now() + timeout,
        );
        if self.is_in_background {
            limit = limit.in_background();
        }
        let mut waited = Duration::ZERO;
        let mut attempt = 1;
        let mut retried = false;
        loop {
            let first_byte = self.may_retry(attempt).then(|| LOST_AFTER.max(timeout / 2));
            let mut outcome = self.attempt(&http, first_byte, &mut limit, retried).await;
            if let Ok(response) = &outcome {
                match self.renew_one_time_password(response, &mut limit).await {
                    // The server refused the request, so even one that is not idempotent may be retried.
                    Ok(true) => {
                        self.report(seen(&outcome), Some(Duration::ZERO));
                        continue;
                    }
                    Ok(false) => {}
                    Err(error) => {
                        self.report(seen(&outcome), None);
                        return Err(error.at(self.operation).after_earlier_attempts(retried));
                    }
                }
            }
            let pause = self.pause(&outcome, attempt, &limit, waited);
            self.report(seen(&outcome), pause.as_ref().map(|pause| pause.length));
            let Some(pause) = pause else {
                if let Ok(response) = &mut outcome {
                    self.transport.learn(response);
                    if response.truncation.is_none()
                        && !response.metadata.status().is_server_error()
                    {
                        shared.budget.give();
                    }
                }
                return outcome
                    .map_err(|error| error.at(self.operation).after_earlier_attempts(retried));
            };
            // A refusal, such as a rate limit, means that nothing was performed.
            retried |= match &outcome {
                Err(error) => error.phase() != Some(Phase::NotSent),
                Ok(response) => !response.metadata.status().is_client_error(),
            };
            drop(outcome);
            waited += self.sleep(pause, &mut limit).await;
            attempt += 1;
        }
    }

    /// Gets what the next request needs; the time for it does not count towards the call's timeout.
    pub(super) async fn prepare(&mut self, limit: &mut Limit) -> Result<Go, Error> {
        let is_held_back = self.gate.as_ref().is_some_and(|gate| !gate.is_open());
        if !is_held_back && !self.otp.is_some() && !self.transport.permits.are_limited() {
            return Ok(Go {
                otp: None,
                _permit: None,
            });
        }
        // Boxed, because it is rare: the future of every call would otherwise reserve 500 bytes for it.
        Box::pin(self.prepare_slowly(limit)).await
    }

    async fn prepare_slowly(&mut self, limit: &mut Limit) -> Result<Go, Error> {
        let began = Instant::now();
        if let Some(gate) = &self.gate {
            gate.opened().await;
        }
        // Before the permit, because the source of one-time passwords may need a permit for a call that it makes.
        let otp = self.one_time_password().await?;
        let permit = self.transport.permits.get(self.gate.as_deref()).await?;
        limit.extend(began.elapsed());
        Ok(Go {
            otp,
            _permit: permit,
        })
    }

    /// Returns the pause before another attempt; `None` if this outcome is final.
    fn pause(
        &self,
        outcome: &Result<Box<RawResponse>, Error>,
        attempt: u32,
        limit: &Limit,
        waited: Duration,
    ) -> Option<Pause> {
        let shared = &self.transport;
        let looked_at;
        let error = match outcome {
            Err(error) => error,
            // A truncated success is a failure, and is retried unless it has the only copy of a token.
            Ok(response) if response.metadata.status().is_success() => response
                .truncation
                .as_ref()
                .filter(|_| self.operation.idempotency() != Idempotency::NotIdempotent)?,
            Ok(response) if response.is_truncated_404() => response.truncation.as_ref()?,
            // Any other status is final, whatever the body contains.
            Ok(response) if !retry::may_pass(response.metadata.status()) => return None,
            Ok(response) => {
                looked_at = classify::from_response(
                    self.operation,
                    response.metadata.clone(),
                    &response.body,
                    response.circumstances,
                    &self.secrets,
                );
                &looked_at
            }
        };
        if self.otp.is_fixed() && error.phase() != Some(Phase::NotSent) {
            return None;
        }
        let for_rate_limit = error.is_rate_limited();
        if for_rate_limit && self.gate.is_some() {
            // All calls of the batch wait for it, and the batch retries this one.
            return None;
        }
        let length = shared.retry.wait(self.operation, error, attempt, waited)?;
        let in_time = for_rate_limit
            || Instant::now()
                .checked_add(length)
                .is_some_and(|end| end < limit.until());
        (in_time && length < A_YEAR && shared.budget.take()).then_some(Pause {
            length,
            for_rate_limit,
        })
    }

    /// Reports the end of the last attempt. If the call failed before it made another one, the last is reported already.
    pub(super) fn report(
        &mut self,
        outcome: Result<StatusCode, ErrorKind>,
        pause: Option<Duration>,
    ) {
        if self.reported < self.attempts {
            self.reported = self.attempts;
            trace::attempt(self.operation, self.attempts, outcome, pause);
        }
    }

    /// Waits before another attempt; returns how much of it was for a rate limit.
    async fn sleep(&self, pause: Pause, limit: &mut Limit) -> Duration {
        if !pause.for_rate_limit {
            tokio::time::sleep(pause.length).await;
            return Duration::ZERO;
        }
        trace::rate_limit(Some(self.operation), pause.length);
        // The caller limits how long to wait for rate limits; that time does not count towards the call's timeout.
        limit.extend(pause.length);
        tokio::time::sleep(pause.length).await;
        pause.length
    }

    /// Whether another attempt may follow this one after the request went out.
    fn may_retry(&self, attempt: u32) -> bool {
        self.operation.idempotency() != Idempotency::NotIdempotent
            && !self.otp.is_fixed()
            && self.transport.retry.allows_another_after(attempt)
    }
}

/// Returns the part of an outcome that is reported.
fn seen(outcome: &Result<Box<RawResponse>, Error>) -> Result<StatusCode, ErrorKind> {
    match outcome {
        Ok(response) => Ok(response.metadata.status()),
        Err(error) => Err(error.kind()),
    }
}

/// A pause between two attempts.
struct Pause {
    length: Duration,
    for_rate_limit: bool,
}
