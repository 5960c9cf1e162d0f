//! An operation that needs several requests.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Represents an operation that needs several requests, such as [`OAuthApp::preflight`](crate::OAuthApp::preflight).
/// Await it or, with the feature `blocking`, wait for it.
#[must_use = "it does nothing until it is awaited or waited for"]
pub struct Job<T>(Pin<Box<dyn Future<Output = T> + Send>>);

impl<T> Job<T> {
    pub(crate) fn new(work: impl Future<Output = T> + Send + 'static) -> Self {
        Self(Box::pin(work))
    }
}

impl<T> Future for Job<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        self.0.as_mut().poll(context)
    }
}

impl<T> fmt::Debug for Job<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Job").finish_non_exhaustive()
    }
}
