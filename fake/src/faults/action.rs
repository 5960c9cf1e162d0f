//! The faults that a rule injects.

use crate::faults::canned::CannedResponse;
use crate::inspect::received::Received;
use crate::spec::version::Version;
use std::time::Duration;

type Responder = Box<dyn Fn(&Received) -> Option<CannedResponse> + Send + Sync>;

pub(crate) enum Action {
    /// The request is handled after this delay.
    Delay(Duration),
    /// The request is not handled: this response is sent instead.
    Respond(CannedResponse),
    /// The request is handled, and this response is sent instead of the operation's.
    RespondAfter(CannedResponse),
    /// If the closure returns a response, that is sent and the request is not handled; otherwise the next rule counts.
    RespondWith(Responder),
    /// The request is not handled, and the connection is closed.
    Close,
    /// The request is handled, and the connection is closed.
    CloseAfter,
    /// The request is handled, and the connection is closed after this many bytes of the body.
    Truncate(usize),
    /// The request is handled, and the body stalls after this many bytes.
    Stall(usize),
    /// The request is refused, and so is every other request of the rule during this time.
    SecondaryRateLimit(Duration),
    /// The request is refused, and the response names the end of this time as the limit's reset.
    PrimaryRateLimit(Duration),
    /// The request is refused with the page of a server under maintenance.
    Maintenance,
    /// The server becomes this version of GHES, and then handles the request.
    Upgrade(Version),
}
