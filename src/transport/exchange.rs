//! Sends a request and brings its response back: the one place where anything goes over the network.
//!
//! Everything that must hold for every call is here: what is refused before sending, the headers, redirects,
//! repeats, and limits of size; in `limit` those of time, in `fault` that nothing that went wrong gets out with a URL in it.

use crate::error::error::Error;
use crate::error::kind::{ErrorKind, Phase};
use crate::model::metadata::Metadata;
use crate::model::operations::{Idempotency, Operation};
use crate::request::draft::Request;
use crate::request::otp::Otp;
use crate::response::classify::{self, Circumstances};
use crate::response::raw::RawResponse;
use crate::secret::buffer::SecretBytes;
use crate::secret::redact::Secrets;
use crate::transport::deadline::Limit;
use crate::transport::failure::timed_out;
use crate::transport::retry;
use crate::transport::transport::Transport;
use reqwest::header::{
    CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LINK, LOCATION, SET_COOKIE,
};
use reqwest::{Method, Url};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::Instant;

/// The longest error body to read, in bytes; GitHub's take less than one of these.
const MAX_ERROR_BYTES: usize = 64 * 1024;
/// When the response to a request that may be repeated counts as lost, unless half of the call's time is longer.
///
/// GitHub gives a request up after ten seconds itself. A connection can swallow one: a gateway may have forgotten it while it was
/// idle, and where a server closes it in the very moment of its reuse the HTTP layer may never notice.
const LOST_AFTER: Duration = Duration::from_secs(15);
/// Redirects to follow on the same origin.
const MAX_REDIRECTS: usize = 5;

/// A request with all that its sending needs.
pub(crate) struct Exchange {
    pub(crate) transport: Arc<Transport>,
    pub(crate) operation: &'static Operation,
    pub(crate) request: Request,
    pub(crate) authorization: Option<HeaderValue>,
    /// Headers of this call alone: conditions.
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) otp: Otp,
    pub(crate) timeout: Option<Duration>,
    pub(crate) secrets: Arc<Secrets>,
}

/// A place among the calls that one server may get at a time, where that is limited.
pub(crate) type Turn = Option<OwnedSemaphorePermit>;

impl Exchange {
    /// Waits for the call's turn; a call that is dropped before it has one is never sent.
    pub(crate) async fn turn(&self) -> Turn {
        match &self.transport.in_flight {
            Some(turns) => turns.clone().acquire_owned().await.ok(),
            None => None,
        }
    }

    /// The response, whatever its status; an error where there is none. In a box, or every future on the way would keep room for it
    /// while the call is in flight.
    pub(crate) async fn answer(
        mut self: Box<Self>,
        _turn: Turn,
    ) -> Result<Box<RawResponse>, Error> {
        let shared = self.transport.clone();
        let timeout = self.timeout.unwrap_or(shared.timeout).min(A_YEAR);
        if timeout.is_zero() {
            // A timer's tick is long enough for a near server to respond, so that this would hang on luck.
            return Err(timed_out(Phase::NotSent).at(self.operation));
        }
        let mut deadline = Instant::now() + timeout;
        let mut attempt = 1;
        let mut repeated = false;
        loop {
            let patience = self.may_retry(attempt).then(|| LOST_AFTER.max(timeout / 2));
            let limit = Limit::new(self.operation, deadline);
            let mut outcome = self.attempt(patience, limit, repeated).await;
            let Some(pause) = self.pause(&outcome, attempt, deadline) else {
                if let Ok(answer) = &mut outcome {
                    self.transport.learn(answer.version());
                    if answer.fault.is_none() && !answer.metadata.status().is_server_error() {
                        shared.budget.give();
                    }
                }
                return outcome.map_err(|error| error.at(self.operation));
            };
            // A refusal, such as a rate limit, has done nothing.
            repeated |= match &outcome {
                Err(error) => error.phase() != Some(Phase::NotSent),
                Ok(answer) => !answer.metadata.status().is_client_error(),
            };
            drop(outcome);
            let wait_ms = u64::try_from(pause.length.as_millis()).unwrap_or(u64::MAX);
            tracing::debug!(
                operation = self.operation.id(),
                attempt,
                wait_ms,
                "sending again"
            );
            tokio::time::sleep(pause.length).await;
            if pause.for_rate_limit {
                deadline += pause.length;
            }
            attempt += 1;
        }
    }

    /// The pause before another attempt; `None` where this outcome stands.
    fn pause(
        &self,
        outcome: &Result<Box<RawResponse>, Error>,
        attempt: u32,
        deadline: Instant,
    ) -> Option<Pause> {
        let shared = &self.transport;
        let looked_at;
        let error = match outcome {
            Err(error) => error,
            // A success that is not whole is none, and may be asked for again unless it has the only copy of a token.
            Ok(answer) if answer.metadata.status().is_success() => answer
                .fault
                .as_ref()
                .filter(|_| self.operation.idempotency() != Idempotency::NotIdempotent)?,
            Ok(answer) if answer.is_truncated_404() => answer.fault.as_ref()?,
            // Any other status stands, whatever the body says.
            Ok(answer) if !retry::may_pass(answer.metadata.status()) => return None,
            Ok(answer) => {
                looked_at = classify::from_response(
                    self.operation,
                    answer.metadata.clone(),
                    &answer.body,
                    answer.circumstances,
                    &self.secrets,
                );
                &looked_at
            }
        };
        if self.otp.is_fixed() && error.phase() != Some(Phase::NotSent) {
            return None;
        }
        let length = shared.retry.wait(self.operation, error, attempt)?;
        let for_rate_limit = error.is_rate_limited();
        let in_time = for_rate_limit
            || Instant::now()
                .checked_add(length)
                .is_some_and(|end| end < deadline);
        (in_time && length < A_YEAR && shared.budget.take()).then_some(Pause {
            length,
            for_rate_limit,
        })
    }

    /// Whether another attempt may follow this one after the request went out.
    fn may_retry(&self, attempt: u32) -> bool {
        self.operation.idempotency() != Idempotency::NotIdempotent
            && !self.otp.is_fixed()
            && self.transport.retry.goes_on_after(attempt)
    }

    /// Sends the request; its response must begin before any first-byte timeout ends, and be there within the limit.
    async fn attempt(
        &mut self,
        patience: Option<Duration>,
        mut limit: Limit,
        repeated: bool,
    ) -> Result<Box<RawResponse>, Error> {
        let (mut response, redirects) = self.follow(patience, &mut limit).await?;
        let mut answer = self.read(&mut response, &mut limit, repeated).await;
        answer.circumstances.redirected = redirects > 0;
        if redirects > MAX_REDIRECTS {
            let error = Error::new(
                ErrorKind::RedirectRefused,
                "the server redirects without end",
            );
            return Err(error.with_metadata(answer.metadata.for_error(&self.secrets)));
        }
        Ok(answer)
    }

    /// The head of the response after the redirects that may be followed, and how many there were; more than
    /// [`MAX_REDIRECTS`] where they do not end.
    async fn follow(
        &mut self,
        patience: Option<Duration>,
        limit: &mut Limit,
    ) -> Result<(reqwest::Response, usize), Error> {
        let mut elsewhere = None;
        let mut redirects = 0;
        loop {
            let otp = self.otp.header(&mut self.secrets)?;
            let url = elsewhere.as_ref().unwrap_or(&self.request.url);
            let sending = self
                .transport
                .http
                .execute(self.request_to(url, otp.as_ref()));
            let response = match limit.of(patience, sending).await {
                Some(sent) => sent.map_err(|error| self.failed(error))?,
                None => return Err(timed_out(Phase::Sent)),
            };
            elsewhere = self.redirect(url, &response);
            if elsewhere.is_none() {
                return Ok((response, redirects));
            }
            redirects += 1;
            if redirects > MAX_REDIRECTS {
                return Ok((response, redirects));
            }
        }
    }

    fn request_to(&self, url: &Url, otp: Option<&HeaderValue>) -> reqwest::Request {
        let mut request = reqwest::Request::new(self.request.method.clone(), url.clone());
        *request.headers_mut() = self.headers(otp);
        *request.body_mut() = self.request.body.clone().map(Into::into);
        request
    }

    fn headers(&self, otp: Option<&HeaderValue>) -> HeaderMap {
        let mut headers = self.transport.headers.clone();
        if let Some(authorization) = &self.authorization {
            headers.insert(reqwest::header::AUTHORIZATION, authorization.clone());
        }
        if self.request.body.is_some() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        } else if self.request.method == Method::POST {
            // As RFC 9110, section 8.6, asks: there are gateways that response 411 to a POST without a length.
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        if let Some(code) = otp {
            headers.insert(HeaderName::from_static("x-github-otp"), code.clone());
        }
        for (name, value) in &self.headers {
            headers.insert(name, value.clone());
        }
        headers
    }

    /// Where to go next: a redirect is followed only for GET and only within the origin that has the credentials anyhow, and not
    /// with a code that is good for one request.
    fn redirect(&self, from: &Url, response: &reqwest::Response) -> Option<Url> {
        if self.request.method != Method::GET
            || self.otp.is_fixed()
            || !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308)
        {
            return None;
        }
        let target = from
            .join(response.headers().get(LOCATION)?.to_str().ok()?)
            .ok()?;
        let same_origin = target.origin() == from.origin()
            && target.username().is_empty()
            && target.password().is_none();
        same_origin.then_some(target)
    }

    /// The whole response, or as much of it as arrived in time and fits.
    async fn read(
        &self,
        response: &mut reqwest::Response,
        limit: &mut Limit,
        repeated: bool,
    ) -> Box<RawResponse> {
        let success = response.status().is_success();
        let cap = if success {
            self.transport.max_response_bytes
        } else {
            self.transport.max_response_bytes.min(MAX_ERROR_BYTES)
        };
        let announced = response
            .content_length()
            .and_then(|length| usize::try_from(length).ok());
        let mut answer = Box::new(RawResponse {
            operation: self.operation,
            metadata: Metadata::new(
                response.status(),
                self.presentable(std::mem::take(response.headers_mut())),
            ),
            body: SecretBytes::with_capacity(
                announced.unwrap_or_default().min(cap).min(MAX_ERROR_BYTES),
            ),
            fault: None,
            circumstances: Circumstances {
                otp_sent: self.otp.is_some(),
                redirected: false,
            },
            repeated,
            secrets: self.secrets.clone(),
        });
        loop {
            match limit.of(None, response.chunk()).await {
                Some(Ok(Some(chunk))) if answer.body.len() + chunk.len() <= cap => {
                    answer.body.extend(&chunk)
                }
                Some(Ok(Some(chunk))) => {
                    // What still fits may hold the token, or what an error says.
                    let room = cap.saturating_sub(answer.body.len());
                    answer.body.extend(&chunk[..room.min(chunk.len())]);
                    // An error that is longer than any of GitHub's says nothing; one cut by a smaller limit is not known.
                    if !success && cap == MAX_ERROR_BYTES {
                        return answer;
                    }
                    answer.fault = Some(Error::new(
                        ErrorKind::ResponseTooLarge,
                        format!("the response is longer than {cap} bytes"),
                    ));
                    return answer;
                }
                Some(Ok(None)) => return answer,
                Some(Err(error)) => {
                    answer.truncated_by(self.failed(error));
                    return answer;
                }
                None => {
                    answer.truncated_by(timed_out(Phase::ResponseBegun));
                    return answer;
                }
            }
        }
    }

    /// The headers of a response, so that printing them shows no secret that the server sends back.
    fn presentable(&self, mut headers: HeaderMap) -> HeaderMap {
        // Each may come more than once.
        for (_, value) in headers
            .iter_mut()
            .filter(|(name, _)| [LOCATION, LINK, SET_COOKIE].contains(name))
        {
            value.set_sensitive(true);
        }
        for name in &crate::model::metadata::PRINTED {
            if headers
                .get(name)
                .is_some_and(|value| value.to_str().is_ok_and(|text| self.secrets.are_in(text)))
            {
                headers.remove(name);
            }
        }
        headers
    }
}

/// A pause between two attempts.
struct Pause {
    length: Duration,
    /// The caller set how long a rate limit may be waited for; that time does not count as the call's.
    for_rate_limit: bool,
}

/// A longer time than anybody waits, which the clock can still add.
const A_YEAR: Duration = Duration::from_secs(365 * 24 * 3600);
