//! One call, its options, and how it is sent.

use crate::error::error::Error;
use crate::model::operation::{Operation, Parameter};
use crate::request::condition::NoCondition;
use crate::request::credentials::{AppCredentials, Authorizer, UserCredentials};
use crate::request::prepared::Prepared;
use crate::response::issued_token::HoldsNewToken;
use crate::secret::newtypes::{AccessToken, OneTimePassword};
use crate::secret::redact::Secrets;
use crate::transport::gate::Gate;
use crate::transport::transport::Transport;
use reqwest::header::{HeaderName, HeaderValue};
use std::fmt;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Represents a call that has not been sent yet.
///
/// Awaiting it returns the value; [`send`](Self::send) returns the [`Response`](crate::Response) with status and headers.
///
/// `T` is the type of the value, `C` the kind of credentials, and `K` whether the call takes a condition. They decide which options a call
/// has; an option that makes no sense on a call does not compile:
///
/// | option | on calls whose |
/// |---|---|
/// | [`timeout`](Self::timeout) | (all) |
/// | [`deliver_to`](Self::deliver_to) | value holds a new token ([`HoldsNewToken`](crate::HoldsNewToken)) |
/// | [`otp`](Self::otp) | credentials are a user's |
/// | [`if_none_match`](Self::if_none_match), [`if_modified_since`](Self::if_modified_since) | HTTP method is GET ([`TakesCondition`](crate::TakesCondition)) |
/// | [`per_page`](Self::per_page), [`page`](Self::page), [`client_id`](Self::client_id), [`items`](Self::items) | value is a [`Page`](crate::Page) |
///
/// A call that is not idempotent, such as one that replaces a token, runs on the crate's own thread from the first poll on. It continues
/// when its future is dropped, and when the runtime that awaited it ends, because the response holds the only copy of the new token;
/// [`deliver_to`](Self::deliver_to) names who gets the token then. [`Server::drained`](crate::Server::drained) waits for such calls, for
/// instance at the end of `main`. **A token in flight is lost when the process ends**, by `exit`, by a signal or at the end of `main`: the
/// server has replaced the old token, and the new one never arrives. A call that still waits for a permit of
/// [`ServerBuilder::max_in_flight`](crate::ServerBuilder::max_in_flight) is not sent when it is dropped.
///
/// Any other call runs on the tokio runtime that polls it, and is cancelled when it is dropped. If there is no tokio runtime, or one
/// without timers or I/O, it runs on the crate's own thread, too. (The client recognizes a runtime without timers or I/O by a panic of
/// tokio's, once for each server and runtime. It catches that panic, and the program's panic hook does not see it.)
///
/// Inside a task, do not wait for such a call with another executor, as `futures::executor::block_on` is: it blocks the runtime that the
/// call and its timeout run on. `wait` (feature `blocking`) works there.
///
/// In a program built with `panic = "abort"`, such a runtime is not recognized, and a call on it ends the program. So does a panic in a
/// callback, and every token in flight is lost with the program. A process that was forked after the first call on the crate's own thread
/// does not have that thread: calls that need it fail with a [configuration](crate::ErrorKind::Configuration) error, and nothing is sent.
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
pub struct Call<T, C = AppCredentials, K = NoCondition> {
    pub(super) transport: Arc<Transport>,
    pub(super) plan: Result<Plan<T, K>, Error>,
    pub(super) options: Options,
    pub(super) credentials: PhantomData<fn() -> C>,
}

/// The options of a call. As fields of [`Call`] they would mislead: for a forgotten `.await` the compiler suggests a field of a matching type.
#[derive(Default)]
pub(super) struct Options {
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    pub(super) otp: Option<OneTimePassword>,
    pub(super) timeout: Option<Duration>,
    /// In a mutex that is never locked: it makes the call `Sync`, which the receiver need not be.
    pub(super) receiver: Option<Mutex<Receiver>>,
    /// The pause that the calls of one batch share.
    pub(super) gate: Option<Arc<Gate>>,
}

pub(super) struct Plan<T, K> {
    pub(super) prepared: Prepared<T, K>,
    pub(super) authorizer: Arc<Authorizer>,
    /// The secrets in the request besides the credentials.
    pub(super) secrets: Secrets,
}

impl<T, K> Clone for Plan<T, K> {
    fn clone(&self) -> Self {
        Self {
            prepared: self.prepared.clone(),
            authorizer: self.authorizer.clone(),
            secrets: self.secrets.clone(),
        }
    }
}

/// The caller's function for a new token.
pub(super) type Receiver = Box<dyn FnOnce(AccessToken) + Send>;

impl<T: Send + 'static, C, K> Call<T, C, K> {
    pub(crate) fn new(
        transport: &Arc<Transport>,
        authorizer: &Arc<Authorizer>,
        secrets: Secrets,
        prepared: Result<Prepared<T, K>, Error>,
    ) -> Self {
        let plan = prepared.map(|prepared| Plan {
            prepared,
            authorizer: authorizer.clone(),
            secrets,
        });
        Self {
            transport: transport.clone(),
            plan,
            options: Options::default(),
            credentials: PhantomData,
        }
    }

    /// Sets the timeout for this call, retries included; the [`Server`](crate::Server)'s by default. It works as
    /// [`ServerBuilder::timeout`](crate::ServerBuilder::timeout) does.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// Sets a query parameter in place of an earlier value, or fails the call with the error of `value`.
    pub(super) fn with_query(
        mut self,
        parameter: &Parameter,
        value: Result<String, Error>,
    ) -> Self {
        self.plan = self.plan.and_then(|mut plan| {
            plan.prepared.request.set_query(parameter.name, &value?);
            Ok(plan)
        });
        self
    }

    pub(super) fn has_query(&self, parameter: &Parameter) -> bool {
        self.plan.as_ref().is_ok_and(|plan| {
            let mut pairs = plan.prepared.request.url.query_pairs();
            pairs.any(|(name, _)| name == parameter.name)
        })
    }

    /// Copies the call without its conditions and its receiver.
    pub(super) fn again(&mut self) -> Self {
        let plan = match &mut self.plan {
            Ok(plan) => Ok(plan.clone()),
            // The error is moved, not copied: a refused argument ends the list.
            Err(error) => Err(std::mem::replace(error, Error::interrupted())),
        };
        Self {
            transport: self.transport.clone(),
            plan,
            options: Options {
                otp: self.options.otp.clone(),
                timeout: self.options.timeout,
                gate: self.options.gate.clone(),
                ..Options::default()
            },
            credentials: PhantomData,
        }
    }

    /// Makes the call pause together with the others that have this gate.
    pub(crate) fn gate(mut self, gate: &Arc<Gate>) -> Self {
        self.options.gate = Some(gate.clone());
        self
    }

    /// Returns the operation that is called; `None` if an argument was refused.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.plan.as_ref().ok().map(|plan| plan.prepared.operation)
    }
}

/// The option of calls that create or replace a token.
impl<T: HoldsNewToken + Send + 'static, C, K> Call<T, C, K> {
    /// Passes the new token to `receiver` as well, even if the call's future is dropped or its runtime ends.
    ///
    /// The receiver is called at most once, before the call returns, on a thread on which it may block and wait for other calls; a panic in
    /// it is caught. It also gets a token that was recovered from a truncated response.
    ///
    /// ```no_run
    /// # async fn example(app: ghes_oauth::OAuthApp, token: ghes_oauth::AccessToken) -> Result<(), ghes_oauth::Error> {
    /// let (sender, receiver) = tokio::sync::oneshot::channel();
    /// let call = app.reset_token(&token).deliver_to(move |token| drop(sender.send(token)));
    /// drop(tokio::time::timeout(std::time::Duration::from_millis(1), call).await); // gives up early
    /// let token = receiver.await; // the new token nevertheless
    /// # Ok(())
    /// # }
    /// ```
    pub fn deliver_to(mut self, receiver: impl FnOnce(AccessToken) + Send + 'static) -> Self {
        self.options.receiver = Some(Mutex::new(Box::new(receiver)));
        self
    }
}

/// The option of calls with a user's credentials.
impl<T, K> Call<T, UserCredentials, K> {
    /// Sets the one-time password of two-factor authentication for this call (`X-GitHub-OTP`).
    ///
    /// GitHub accepts it for one request, so such a call is retried only if nothing was sent.
    pub fn otp(mut self, otp: impl Into<OneTimePassword>) -> Self {
        self.options.otp = Some(otp.into());
        self
    }
}

impl<T, C, K> fmt::Debug for Call<T, C, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.plan.as_ref().map(|plan| plan.prepared.operation);
        f.debug_struct("Call")
            .field("operation", &operation)
            .finish_non_exhaustive()
    }
}
