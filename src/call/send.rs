//! Sends a call on the caller's runtime, or on the crate's own where the call must outlive it.

use crate::call::call::{Call, Plan, Receiver};
use crate::error::error::Error;
use crate::model::operation::Idempotency;
use crate::request::otp::{Asked, Otp};
use crate::request::prepared::Decode;
use crate::request::validate;
use crate::response::raw::RawResponse;
use crate::response::response::Response;
use crate::response::truncated;
use crate::transport::background::background;
use crate::transport::detached::Detached;
use crate::transport::exchange::Exchange;
use crate::transport::gate::Gate;
use crate::transport::trace;
use std::pin::Pin;
use std::sync::{Arc, PoisonError};
use tracing::Instrument as _;

impl<T: Send + 'static, C, K> Call<T, C, K> {
    /// Sends the call and returns the value with the response's status and headers.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind), which describes what to do about each.
    pub fn send(self) -> impl Future<Output = Result<Response<T>, Error>> + Send {
        // Not an `async fn`, whose future would reserve space for the call until it ends.
        Box::new(self).run(std::convert::identity)
    }

    /// Takes a box and drops it before anything is sent: a future keeps its arguments until it ends.
    async fn run<R>(self: Box<Self>, finish: fn(Response<T>) -> R) -> Result<R, Error> {
        let (call, decode) = self.ready()?;
        let operation = call.exchange.operation;
        let shared = &call.exchange.transport;
        let span = trace::span(operation, shared.url());
        shared.deprecation.warn(operation, shared.url(), &span);
        let once = operation.idempotency() == Idempotency::NotIdempotent;
        let here = match once {
            true => None,
            false => call.exchange.transport.clients.here()?,
        };
        let response = match here {
            // Boxed, or the future would be copied twice on its way into this one: 1 % of the instructions of a call.
            Some(http) => Box::pin(call.run(http)).instrument(span.clone()).await,
            None => {
                let call = call.in_the_background(span.clone(), once)?;
                call.await.map_err(|error| error.at(operation))
            }
        };
        let outcome = response.and_then(|response| decode(*response));
        trace::record(&span, outcome.as_ref().map(Response::metadata));
        outcome.map(finish)
    }

    /// Makes all checks that need no response. It consumes the box, so that the caller's future does not keep an empty one until it ends.
    fn ready(self: Box<Self>) -> Result<(ReadyCall, Decode<T>), Error> {
        let Plan {
            prepared,
            authorizer,
            secrets,
        } = self.plan?;
        let operation = prepared.operation;
        let options = self.options;
        let shared = &self.transport;
        shared
            .deprecation
            .check(operation)
            .map_err(|error| error.at(operation))?;
        shared.require(operation)?;
        let otp = match (options.otp, &authorizer.otp) {
            (Some(otp), _) => {
                validate::one_time_password(otp.expose_secret())
                    .map_err(|error| error.at(operation))?;
                Otp::Fixed(otp)
            }
            (None, Some(source)) => Otp::From(Asked::new(source.clone())),
            (None, None) => Otp::None,
        };
        let exchange = Box::new(Exchange {
            transport: self.transport.clone(),
            operation,
            request: prepared.request,
            secrets: Arc::new(secrets.and_those_of(&authorizer.secrets)),
            authorizer,
            headers: options.headers,
            otp,
            timeout: options.timeout,
            gate: options.gate,
            is_in_background: false,
            attempts: 0,
            reported: 0,
        });
        let receiver = options.receiver.map(|receiver| {
            receiver
                .into_inner()
                .unwrap_or_else(PoisonError::into_inner)
        });
        Ok((ReadyCall { exchange, receiver }, prepared.decode))
    }
}

impl<T: Send + 'static, C: 'static, K: 'static> IntoFuture for Call<T, C, K> {
    type Output = Result<T, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(Box::new(self).run(Response::into_value))
    }
}

/// A call that passed all checks.
struct ReadyCall {
    /// Boxed: a future would otherwise reserve space for it several times.
    exchange: Box<Exchange>,
    receiver: Option<Receiver>,
}

impl ReadyCall {
    /// Returns the response, whatever its status, which is decoded by the caller: what its value allocates is freed on the same thread.
    async fn run(self, http: reqwest::Client) -> Result<Box<RawResponse>, Error> {
        let response = self.exchange.response(http).await;
        deliver(response.as_deref().ok(), self.receiver).await;
        response
    }

    /// Runs the call on the crate's own runtime; one that must be sent `once` continues when this future is dropped.
    fn in_the_background(
        mut self,
        span: tracing::Span,
        once: bool,
    ) -> Result<Detached<Box<RawResponse>>, Error> {
        let transport = self.exchange.transport.clone();
        let gate = Arc::<Gate>::default();
        if once {
            // A gate of a batch is stopped by the batch.
            self.exchange.gate.get_or_insert_with(|| gate.clone());
        }
        self.exchange.is_in_background = true;
        let http = transport.clients.background();
        // Boxed: tokio's task cell is over-aligned, and malloc is slow for aligned blocks above 1 KiB.
        let call = Box::pin(self.run(http).instrument(span));
        let call = Detached::start(&transport, gate, call)?;
        Ok(if once {
            call
        } else {
            call.ending_with_future()
        })
    }
}

/// Passes the new token to the receiver before the rest of the response is decoded, which may fail. Without a token, the receiver is
/// dropped on the same thread, on which it may block: it may own a runtime, or wait for a call when it is dropped.
async fn deliver(response: Option<&RawResponse>, receiver: Option<Receiver>) {
    if let Some(receiver) = receiver
        && let Ok(background) = background()
    {
        let success = response.filter(|response| response.metadata.status().is_success());
        let token = success.and_then(|response| truncated::token(&response.body));
        // A panic in the receiver must not lose the response.
        let _ = background
            .call_back(move || {
                if let Some(token) = token {
                    receiver(token);
                }
            })
            .await;
    }
}
