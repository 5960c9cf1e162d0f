//! Whether a request has begun to go out.

use crate::error::kind::Phase;
use crate::model::operations::{Idempotency, Operation};
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

/// Records whether a request has begun to go out, because only then the server may have performed it.
///
/// The HTTP layer asks for the body when the request has a connection, and before a byte of it is written in HTTP/1.1, or the end of it in
/// HTTP/2. If the deadline passes while a name is resolved or during a handshake, the token has certainly not been replaced.
pub(super) struct Sent(Option<Arc<AtomicBool>>);

impl Sent {
    /// It, and the body to send in place of `body`.
    pub(super) fn of(operation: &Operation, body: Option<Bytes>) -> (Self, Option<reqwest::Body>) {
        let matters = match operation.idempotency() {
            // An empty body would add a header to a GET or a DELETE.
            Idempotency::Safe | Idempotency::Idempotent => body.is_some(),
            Idempotency::NotIdempotent => true,
        };
        if !matters {
            return (Self(None), body.map(Into::into));
        }
        let begun = Arc::new(AtomicBool::new(false));
        // hyper never asks for a body with a known length of 0: such a request counts as sent.
        let is_asked_for = body.as_ref().is_some_and(|bytes| !bytes.is_empty());
        let body = Observed {
            left: Some(body.unwrap_or_default()),
            begun: begun.clone(),
        };
        let sent = Self(is_asked_for.then_some(begun));
        (sent, Some(reqwest::Body::wrap(body)))
    }

    /// How far a request without a response got.
    pub(super) fn phase(&self) -> Phase {
        match &self.0 {
            Some(begun) if !begun.load(Ordering::Acquire) => Phase::NotSent,
            _ => Phase::Sent,
        }
    }
}

/// A body that records when it is asked for.
struct Observed {
    left: Option<Bytes>,
    begun: Arc<AtomicBool>,
}

impl Body for Observed {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.begun.store(true, Ordering::Release);
        let left = self.left.take().filter(|bytes| !bytes.is_empty());
        Poll::Ready(left.map(|bytes| Ok(Frame::data(bytes))))
    }

    // A body is not at its end before it was asked for, even if it is empty.
    fn is_end_stream(&self) -> bool {
        self.left.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left.as_ref().map_or(0, |bytes| bytes.len() as u64))
    }
}
