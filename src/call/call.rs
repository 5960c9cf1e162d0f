//! One call: what it needs is set on it, and then it is awaited or sent.

use crate::error::error::Error;
use crate::model::operations::{Idempotency, Operation};
use crate::request::credentials::{AppCredentials, Authorizer, UserCredentials};
use crate::request::otp::Otp;
use crate::request::prepared::{Decode, Prepared};
use crate::request::validate;
use crate::response::raw::RawResponse;
use crate::response::response::Response;
use crate::response::truncated;
use crate::secret::newtypes::{AccessToken, OneTimePassword};
use crate::secret::redact::Secrets;
use crate::transport::exchange::Exchange;
use crate::transport::transport::Transport;
use reqwest::header::{HeaderName, HeaderValue};
use std::fmt;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::task::JoinHandle;
use tracing::Instrument as _;

/// A call that has not been sent yet.
///
/// Awaiting it gives the value; [`send`](Self::send) gives the [`Response`], with status and headers. `C` is the kind
/// of credentials that the call is made with.
///
/// Once its sending has begun, a call that makes or replaces a token goes on on its own, even when its future is dropped: the
/// response holds the only copy of the new token, and [`deliver_to`](Self::deliver_to) names who gets it then. A call that still
/// waits for its turn ([`ServerBuilder::max_in_flight`](crate::ServerBuilder::max_in_flight)) is not sent when it is dropped.
///
/// ```no_run
/// # async fn example(app: ghes_oauth::OAuthApp, token: ghes_oauth::AccessToken) -> Result<(), ghes_oauth::Error> {
/// use std::time::Duration;
///
/// let value = app.check_token(&token).await?;
/// let response = app.check_token(&token).timeout(Duration::from_secs(2)).send().await?;
/// println!("{:?} by request {:?}", value.is_some(), response.metadata().request_id());
/// # Ok(())
/// # }
/// ```
#[must_use = "a call does nothing until it is awaited or sent"]
pub struct Call<T, C = AppCredentials> {
    pub(super) transport: Arc<Transport>,
    pub(super) plan: Result<Plan<T>, Error>,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    pub(super) otp: Option<OneTimePassword>,
    pub(super) timeout: Option<Duration>,
    /// In a mutex that nobody locks: it makes the call `Sync`, which the receiver need not be.
    pub(super) receiver: Option<Mutex<Receiver>>,
    pub(super) credentials: PhantomData<fn() -> C>,
}

pub(super) struct Plan<T> {
    pub(super) prepared: Prepared<T>,
    pub(super) authorizer: Arc<Authorizer>,
    /// The secrets in the request besides the credentials.
    pub(super) secrets: Secrets,
}

impl<T> Clone for Plan<T> {
    fn clone(&self) -> Self {
        Self {
            prepared: self.prepared.clone(),
            authorizer: self.authorizer.clone(),
            secrets: self.secrets.clone(),
        }
    }
}

/// What is done with a token that is found in a response.
pub(super) type Receiver = Box<dyn FnOnce(AccessToken) + Send>;

impl<T: Send + 'static, C> Call<T, C> {
    pub(crate) fn new(
        transport: &Arc<Transport>,
        authorizer: &Arc<Authorizer>,
        secrets: Secrets,
        prepared: Result<Prepared<T>, Error>,
    ) -> Self {
        let plan = prepared.map(|prepared| Plan {
            prepared,
            authorizer: authorizer.clone(),
            secrets,
        });
        Self {
            transport: transport.clone(),
            plan,
            headers: Vec::new(),
            otp: None,
            timeout: None,
            receiver: None,
            credentials: PhantomData,
        }
    }

    /// The time that this call may take, repeats included; the [`Server`]'s by default. What holds for
    /// [`ServerBuilder::timeout`](crate::ServerBuilder::timeout) holds for it.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// The same call with a query parameter, or the error of it.
    pub(crate) fn with_query(mut self, valid: Result<(), Error>, name: &str, value: &str) -> Self {
        self.plan = self.plan.and_then(|mut plan| {
            valid?;
            plan.prepared.request.set_query(name, value);
            Ok(plan)
        });
        self
    }

    pub(crate) fn has_query(&self, name: &str) -> bool {
        self.plan.as_ref().is_ok_and(|plan| {
            plan.prepared
                .request
                .url
                .query_pairs()
                .any(|(known, _)| known == name)
        })
    }

    /// The same call once more, without its conditions and its receiver; an argument's refusal is copied.
    pub(crate) fn again(&self) -> Self {
        let plan = match &self.plan {
            Ok(plan) => Ok(plan.clone()),
            Err(error) => Err(error.copy_of_input()),
        };
        Self {
            transport: self.transport.clone(),
            plan,
            headers: Vec::new(),
            otp: self.otp.clone(),
            timeout: self.timeout,
            receiver: None,
            credentials: PhantomData,
        }
    }

    /// The operation that is called; `None` where an argument was refused.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.plan.as_ref().ok().map(|plan| plan.prepared.operation)
    }

    /// Sends the call.
    ///
    /// # Errors
    /// See the predicates of [`Error`]; each says what to do about it.
    pub async fn send(self) -> Result<Response<T>, Error> {
        Box::new(self).run(std::convert::identity).await
    }

    /// In a box, which is gone before anything is sent: what a future is given it keeps to its end.
    async fn run<R>(self: Box<Self>, finish: fn(Response<T>) -> R) -> Result<R, Error> {
        let Ready {
            outgoing,
            decode,
            receiver,
        } = self.ready()?;
        let operation = outgoing.operation;
        let span = tracing::info_span!("call", operation = operation.id());
        let turn = outgoing.turn().await;
        // Put together where it runs: a future that is moved first takes its room twice.
        let call = move || {
            async move {
                outgoing
                    .answer(turn)
                    .await
                    .and_then(|answer| read(*answer, &decode, receiver))
            }
            .instrument(span)
        };
        let outcome = if operation.idempotency() == Idempotency::NotIdempotent {
            // In a box: a task takes its room aligned, which the allocator makes dear where it is large, and moves it about before.
            detached(operation, tokio::spawn(Box::pin(call()))).await
        } else {
            call().await
        };
        outcome.map(finish)
    }

    /// Checks what can be checked before anything is sent. The call's box goes with it: one that its caller emptied would stay with
    /// the caller to its end.
    fn ready(self: Box<Self>) -> Result<Ready<T>, Error> {
        let Plan {
            prepared,
            authorizer,
            mut secrets,
        } = self.plan?;
        let operation = prepared.operation;
        let shared = &self.transport;
        shared
            .deprecation
            .apply(operation, &shared.warned)
            .map_err(|error| error.at(operation))?;
        shared.require(operation)?;
        if tokio::runtime::Handle::try_current().is_err() {
            return Err(Error::no_runtime());
        }
        secrets.add_all(&authorizer.secrets);
        let otp = match (self.otp, &authorizer.otp) {
            (Some(code), _) => {
                validate::one_time_password(code.expose_secret())
                    .map_err(|error| error.at(operation))?;
                Otp::Fixed(code)
            }
            (None, Some(source)) => Otp::From(source.clone()),
            (None, None) => Otp::None,
        };
        let outgoing = Box::new(Exchange {
            transport: self.transport.clone(),
            operation,
            request: prepared.request,
            authorization: authorizer.header.clone(),
            headers: self.headers,
            otp,
            timeout: self.timeout,
            secrets: Arc::new(secrets),
        });
        let receiver = self.receiver.map(|receiver| {
            receiver
                .into_inner()
                .unwrap_or_else(PoisonError::into_inner)
        });
        Ok(Ready {
            outgoing,
            decode: prepared.decode,
            receiver,
        })
    }
}

/// Options of calls that make or replace a token.
impl<T: Send + 'static, C> Call<T, C> {
    /// Hands the new token to `receiver` as well, whatever becomes of the call's future.
    ///
    /// The receiver is called on the thread that reads the response, at most once; a panic in it is caught. It should store the token
    /// and return. It also gets the token from a response that is truncated. Calls whose response holds no new token never call it.
    ///
    /// ```no_run
    /// # async fn example(app: ghes_oauth::OAuthApp, token: ghes_oauth::AccessToken) -> Result<(), ghes_oauth::Error> {
    /// let (sender, receiver) = tokio::sync::oneshot::channel();
    /// let call = app.reset_token(&token).deliver_to(move |token| drop(sender.send(token)));
    /// drop(tokio::time::timeout(std::time::Duration::from_millis(1), call).await); // gives up early
    /// let token = receiver.await; // the new token all the same
    /// # Ok(())
    /// # }
    /// ```
    pub fn deliver_to(mut self, receiver: impl FnOnce(AccessToken) + Send + 'static) -> Self {
        self.receiver = Some(Mutex::new(Box::new(receiver)));
        self
    }
}

impl<T> Call<T, UserCredentials> {
    /// The code of two-factor authentication for this call (`X-GitHub-OTP`).
    ///
    /// A code is good for one request, so such a call is repeated only where nothing was sent.
    pub fn otp(mut self, code: impl Into<OneTimePassword>) -> Self {
        self.otp = Some(code.into());
        self
    }
}

impl<T: Send + 'static, C: 'static> IntoFuture for Call<T, C> {
    type Output = Result<T, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(Box::new(self).run(Response::into_value))
    }
}

impl<T, C> fmt::Debug for Call<T, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.plan.as_ref().map(|plan| plan.prepared.operation);
        f.debug_struct("Call")
            .field("operation", &operation)
            .finish_non_exhaustive()
    }
}

/// A call that may go out, and what becomes of its response.
struct Ready<T> {
    /// In a box, as a future keeps room for it more than once.
    outgoing: Box<Exchange>,
    decode: Decode<T>,
    receiver: Option<Receiver>,
}

/// Reads the response; the receiver gets the new token first, before anything can go wrong with the rest.
fn read<T>(
    answer: RawResponse,
    decode: &Decode<T>,
    receiver: Option<Receiver>,
) -> Result<Response<T>, Error> {
    if let Some(receiver) = receiver
        && answer.operation.idempotency() == Idempotency::NotIdempotent
        && answer.metadata.status().is_success()
        && let Some(token) = truncated::token(&answer.body)
    {
        // A receiver that panics must not cost the caller the response.
        let _ = catch_unwind(AssertUnwindSafe(|| receiver(token)));
    }
    decode(answer)
}

/// The outcome of a call that is a task of its own, so that dropping the caller's future does not lose the token in the response.
async fn detached<T>(
    operation: &'static Operation,
    call: JoinHandle<Result<Response<T>, Error>>,
) -> Result<Response<T>, Error> {
    match call.await {
        Ok(result) => result,
        // The runtime is shutting down.
        Err(_) => Err(Error::interrupted().at(operation)),
    }
}
