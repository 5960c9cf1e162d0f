//! Whether a request can have begun to go out.

use crate::error::kind::Phase;
use crate::model::operation::{Idempotency, Operation};
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

/// Records whether a request may have begun to go out, because only then the server may have performed it. If the deadline passes while a
/// name is resolved or during a handshake, a token has certainly not been replaced.
///
/// Every request gets a body, an empty one if it needs none, that records when it is asked whether it is at its end. In hyper 1.12.0 the
/// task that writes to the connection asks this directly before it encodes the head, after it has checked that the caller still waits for
/// the response (`poll_write` in proto/h1/dispatch.rs, `ClientTask` in proto/h2/client.rs). Nothing asks earlier: reqwest 0.13.5 and its
/// layers ask only for the length, hyper-util 0.1.21 for nothing. If a later version did, more requests would count as sent.
pub(super) struct Sent {
    begun: Arc<AtomicBool>,
    /// Whether the call and its connection run on the same thread: the crate's own runtime has only one.
    on_one_thread: bool,
}

impl Sent {
    /// Returns the observer of a request, and the body to send in place of `body`, which it observes.
    pub(super) fn of(operation: &Operation, body: Option<Bytes>) -> (Self, reqwest::Body) {
        let begun = Arc::new(AtomicBool::new(false));
        let body = Observed {
            left: body.filter(|bytes| !bytes.is_empty()),
            begun: begun.clone(),
        };
        let sent = Self {
            begun,
            on_one_thread: operation.idempotency() == Idempotency::NotIdempotent,
        };
        (sent, reqwest::Body::wrap(body))
    }

    /// How far a request without a response got; its future must have ended or be dropped.
    pub(super) fn phase(mut self, redirected: bool) -> Phase {
        // If the body still exists, it is in the queue of a connection, and another thread may be taking it from there right now. On the
        // same thread that cannot be: the connection will see that the caller no longer waits.
        let is_queued = Arc::get_mut(&mut self.begun).is_none();
        let may_begin = is_queued && !self.on_one_thread;
        // The server that redirected the request has seen it.
        match redirected || may_begin || self.begun.load(Ordering::Acquire) {
            true => Phase::Sent,
            false => Phase::NotSent,
        }
    }
}

/// A body that records when the head before it is about to be written.
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
        Poll::Ready(self.left.take().map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.begun.store(true, Ordering::Release);
        self.left.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left.as_ref().map_or(0, |bytes| bytes.len() as u64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generated::operations::{APPS_CHECK_AUTHORIZATION, APPS_RESET_AUTHORIZATION};

    #[test]
    fn a_request_that_may_still_be_taken_from_a_queue_counts_as_sent() {
        for (operation, phase) in [
            (&APPS_CHECK_AUTHORIZATION, Phase::Sent),
            (&APPS_RESET_AUTHORIZATION, Phase::NotSent),
        ] {
            let (sent, queued) = Sent::of(operation, None);
            assert_eq!(sent.phase(false), phase, "{operation:?}");
            drop(queued);
            let (sent, dropped) = Sent::of(operation, None);
            drop(dropped);
            assert_eq!(sent.phase(false), Phase::NotSent, "{operation:?}");
        }
    }

    #[test]
    fn a_request_whose_head_is_about_to_be_written_counts_as_sent() {
        for (content, is_empty) in [(None, true), (Some(Bytes::from_static(b"{}")), false)] {
            let (sent, body) = Sent::of(&APPS_RESET_AUTHORIZATION, content);
            assert_eq!(body.size_hint().exact() == Some(0), is_empty);
            assert_eq!(body.is_end_stream(), is_empty);
            drop(body);
            assert_eq!(sent.phase(false), Phase::Sent);
        }
    }
}
