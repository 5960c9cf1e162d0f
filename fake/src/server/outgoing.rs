//! The body of a response, sent whole, truncated or stalled.

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::Sleep;

/// How long a stalled body stalls: longer than any client's timeout, and not for ever.
const STALLED: Duration = Duration::from_secs(600);

/// A body of known length that may end early.
pub(crate) struct Outgoing {
    bytes: Bytes,
    /// The length of the whole body, if it is announced.
    announced: Option<u64>,
    ending: Ending,
}

enum Ending {
    Whole,
    /// The connection is closed after the bytes were sent.
    Closed {
        was_sent: bool,
    },
    /// Nothing is sent any more.
    Stalled(Pin<Box<Sleep>>),
}

impl Outgoing {
    pub(crate) fn whole(bytes: Bytes, chunked: bool) -> Self {
        Self {
            announced: (!chunked).then_some(bytes.len() as u64),
            bytes,
            ending: Ending::Whole,
        }
    }

    /// Truncates a body that is longer than this.
    pub(crate) fn truncated(self, length: usize) -> Self {
        self.shortened(length, || Ending::Closed { was_sent: false })
    }

    /// Stalls a body that is longer than this.
    pub(crate) fn stalled(self, length: usize) -> Self {
        self.shortened(length, || {
            Ending::Stalled(Box::pin(tokio::time::sleep(STALLED)))
        })
    }

    fn shortened(mut self, length: usize, ending: impl FnOnce() -> Ending) -> Self {
        if length < self.bytes.len() {
            self.bytes.truncate(length);
            self.ending = ending();
        }
        self
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if !self.bytes.is_empty() {
            let bytes = std::mem::take(&mut self.bytes);
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        let broken = || Poll::Ready(Some(Err(io::Error::other("the body is truncated here"))));
        match &mut self.ending {
            Ending::Whole => Poll::Ready(None),
            Ending::Closed { was_sent: true } => broken(),
            // hyper flushes when a body has nothing ready, and discards its buffer when a body fails.
            Ending::Closed { was_sent } => {
                *was_sent = true;
                context.waker().wake_by_ref();
                Poll::Pending
            }
            Ending::Stalled(sleep) => match sleep.as_mut().poll(context) {
                Poll::Ready(()) => broken(),
                Poll::Pending => Poll::Pending,
            },
        }
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_empty() && matches!(self.ending, Ending::Whole)
    }

    fn size_hint(&self) -> SizeHint {
        self.announced
            .map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
