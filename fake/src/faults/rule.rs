//! Rules, as a test writes them.

use crate::faults::action::Action;
use crate::faults::canned::CannedResponse;
use crate::faults::plan::{Active, Matcher, Plan};
use crate::inspect::received::Received;
use crate::spec::version::Version;
use std::fmt;
use std::time::{Duration, Instant};

/// A rule for some requests, created by [`FakeGhes::on`](crate::FakeGhes::on) and similar methods. It takes effect when one of its methods
/// chooses the fault.
///
/// Without [`next`](Self::next) or [`for_time`](Self::for_time) a rule applies to all requests until
/// [`FakeGhes::clear_faults`](crate::FakeGhes::clear_faults). If several rules apply to a request, their delays add up, and of the other
/// rules the first counts.
///
/// ```
/// use ghes_oauth_fake::{CannedResponse, FakeGhes, Operation};
/// use std::time::Duration;
///
/// let ghes = FakeGhes::builder().start()?;
/// ghes.on(Operation::ResetToken).next(1).close_after_handling();
/// ghes.on(Operation::CheckToken).skip(2).next(1).respond(CannedResponse::new(502));
/// ghes.on_every().delay(Duration::from_millis(20));
/// ghes.on_every().for_time(Duration::from_millis(300)).maintenance();
/// # Ok::<(), std::io::Error>(())
/// ```
#[must_use = "a rule takes effect when a method chooses the fault"]
pub struct Rule<'a> {
    plan: &'a Plan,
    matcher: Matcher,
    skip: usize,
    next: Option<usize>,
    until: Option<Instant>,
}

impl<'a> Rule<'a> {
    pub(crate) fn new(plan: &'a Plan, matcher: Matcher) -> Self {
        Self {
            plan,
            matcher,
            skip: 0,
            next: None,
            until: None,
        }
    }

    /// Skips this many requests before the rule applies.
    pub fn skip(mut self, requests: usize) -> Self {
        self.skip = requests;
        self
    }

    /// Applies the rule to the next requests only, this many.
    pub fn next(mut self, requests: usize) -> Self {
        self.next = Some(requests);
        self
    }

    /// Ends the rule after this time.
    pub fn for_time(mut self, time: Duration) -> Self {
        self.until = Instant::now().checked_add(time);
        self
    }

    /// Handles the request after this time, even if the client gives up before.
    pub fn delay(self, time: Duration) {
        self.act(Action::Delay(time));
    }

    /// Sends this response; the operation is not performed.
    pub fn respond(self, response: CannedResponse) {
        self.act(Action::Respond(response));
    }

    /// Performs the operation, and sends this response instead of the operation's.
    pub fn respond_after_handling(self, response: CannedResponse) {
        self.act(Action::RespondAfter(response));
    }

    /// Sends the closure's response. If it returns `None`, the next rule counts, or the request is handled as usual.
    pub fn respond_with(
        self,
        responder: impl Fn(&Received) -> Option<CannedResponse> + Send + Sync + 'static,
    ) {
        self.act(Action::RespondWith(Box::new(responder)));
    }

    /// Closes the connection; the operation is not performed.
    pub fn close_before_handling(self) {
        self.act(Action::Close);
    }

    /// Performs the operation and closes the connection without a response.
    pub fn close_after_handling(self) {
        self.act(Action::CloseAfter);
    }

    /// Performs the operation and closes the connection after this many bytes of the response body; `Content-Length` announces the whole
    /// body.
    ///
    /// A body that is not longer is sent whole.
    pub fn truncate_body(self, bytes: usize) {
        self.act(Action::Truncate(bytes));
    }

    /// Performs the operation, sends this many bytes of the response body and then nothing, for ten minutes.
    ///
    /// A body that is not longer is sent whole.
    pub fn stall_body(self, bytes: usize) {
        self.act(Action::Stall(bytes));
    }

    /// Refuses requests with 403 for a secondary rate limit, and the time in `Retry-After`, in seconds rounded up.
    ///
    /// The rule ends that long after its first request, so that a client that waits is served.
    pub fn secondary_rate_limit(self, retry_after: Duration) {
        self.act(Action::SecondaryRateLimit(retry_after));
    }

    /// Refuses requests with 403 for the primary rate limit, with `X-RateLimit-Remaining: 0` and the end of this time in
    /// `X-RateLimit-Reset`.
    pub fn primary_rate_limit(self, resets_after: Duration) {
        self.act(Action::PrimaryRateLimit(resets_after));
    }

    /// Responds with 503 and the page of a server under maintenance.
    pub fn maintenance(self) {
        self.act(Action::Maintenance);
    }

    /// Upgrades the server to this version of GHES just before it handles the request, once; a fake of github.com stays as it is.
    ///
    /// [`FakeGhes::upgrade`](crate::FakeGhes::upgrade) does it at once.
    pub fn upgrade(self, major: u16, minor: u16) {
        self.act(Action::Upgrade(Version::new(major, minor)));
    }

    fn act(self, action: Action) {
        self.plan.add(Active::new(
            self.matcher,
            action,
            self.skip,
            self.next,
            self.until,
        ));
    }
}

impl fmt::Debug for Rule<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rule")
            .field("skip", &self.skip)
            .field("next", &self.next)
            .finish_non_exhaustive()
    }
}
