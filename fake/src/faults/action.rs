//! The faults that a rule injects.

use crate::faults::canned::CannedResponse;
use crate::inspect::received::Received;
use crate::spec::version::Version;
use std::time::Duration;

type Responder = Box<dyn Fn(&Received) -> Option<CannedResponse> + Send + Sync>;

pub(crate) enum Action {
    /// The request is handled that much later.
    Delay(Duration),
    /// It is not handled: this is sent instead.
    Respond(CannedResponse),
    /// It is handled, and this is sent instead of the response.
    RespondAfter(CannedResponse),
    /// It is not handled where the closure returns a response; where it returns none, the next rule counts.
    RespondWith(Responder),
    /// It is not handled, and the connection is closed.
    Close,
    /// It is handled, and the connection is closed.
    CloseAfter,
    /// It is handled, and the connection is closed after so many bytes of the body.
    Truncate(usize),
    /// It is handled, and nothing follows so many bytes of the body.
    Stall(usize),
    /// It is refused, and so is every other request that the rule is for during this time.
    SecondaryRateLimit(Duration),
    /// It is refused, and the response names the end of this time as the limit's reset.
    PrimaryRateLimit(Duration),
    /// It is refused with the page of a server under maintenance.
    Maintenance,
    /// The server becomes this version of GHES, which then handles it.
    Upgrade(Version),
}
