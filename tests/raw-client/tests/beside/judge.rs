//! One run of a case with either client, judged by promises that any client can keep.

use crate::raw::{self, NotCalled};
use crate::script::Sent;
use crate::seen::{Seen, ours};
use crate::tally::Tally;
use faults::case::{Case, Want};
use faults::server::{self, Server};
use faults::setup::Setup;
use faults::{leaks, requests};
use ghes_oauth::{ErrorKind, Idempotency, Operation};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Who {
    Ours,
    Raw,
}

impl Who {
    /// Makes the client and calls the operation.
    pub(crate) async fn call(
        self,
        operation: &'static Operation,
        setup: &Setup,
        address: SocketAddr,
    ) -> Result<Seen, NotCalled> {
        match self {
            Self::Ours => Ok(ours(operation, setup, address).await),
            Self::Raw => {
                raw::call(
                    operation,
                    &raw::client(setup, address, operation.credentials())?,
                    setup,
                )
                .await
            }
        }
    }
}

/// A case with one operation.
pub(crate) type Pair = (Arc<Case>, &'static Operation);

/// How much later than its timeout a call may end on a busy machine.
const GRACE: Duration = Duration::from_secs(10);
/// Longer than any run, whatever its timeout.
const LONGEST: Duration = Duration::from_secs(60);

/// Why a case does not apply to a raw client; such cases are left out for both.
pub(crate) fn not_applicable(setup: &Setup) -> Option<&'static str> {
    let reasons = [
        (setup.own.is_some(), "an option that only ghes-oauth has"),
        (
            setup.etag.is_some(),
            "a condition, which no generated method takes",
        ),
    ];
    reasons
        .into_iter()
        .find_map(|(holds, reason)| holds.then_some(reason))
}

/// Runs the case; `None` if the generated types cannot express it.
pub(crate) async fn run((case, operation): Pair, who: Who) -> Option<Tally> {
    let setup = case.setup();
    let elsewhere = server::other_origin().await;
    let script = case.script_for(operation, elsewhere.address);
    let sent = Sent::of(&script, elsewhere.address, setup.timeout);
    let server = Server::start(script).await;
    let limit = setup.timeout.saturating_add(GRACE).min(LONGEST);
    let address = server.address;
    let call = {
        let setup = setup.clone();
        // A separate task, in which a panic ends.
        tokio::spawn(tokio::time::timeout(limit, async move {
            who.call(operation, &setup, address).await
        }))
    };
    let mut tally = Tally {
        runs: 1,
        ..Tally::default()
    };
    let seen = match call.await {
        Ok(Ok(Ok(seen))) => seen,
        Ok(Ok(Err(NotCalled::Refused(seen)))) => *seen,
        Ok(Ok(Err(NotCalled::Unsayable))) => return None,
        Ok(Err(_)) => {
            tally.late = 1;
            Seen::default()
        }
        Err(_) => {
            tally.panics = 1;
            Seen::default()
        }
    };
    Run {
        case: &case,
        operation,
        setup: &setup,
        sent,
        server,
        elsewhere,
        seen,
    }
    .judge(&mut tally);
    let label =
        |what: &mut String| *what = format!("{who:?}: {} / {}: {what}", case.name, operation.id());
    tally.broken.iter_mut().for_each(label);
    Some(tally)
}

struct Run<'a> {
    case: &'a Case,
    operation: &'static Operation,
    setup: &'a Setup,
    sent: Sent,
    server: Server,
    elsewhere: Server,
    seen: Seen,
}

impl Run<'_> {
    fn judge(self, tally: &mut Tally) {
        let (seen, sent, begun) = (&self.seen, &self.sent, self.server.begun());
        let want = (self.case.want)(self.operation);
        if seen.failed {
            tally.note(
                |tally| &mut tally.errors,
                leaks::find(&seen.in_error),
                "in the error",
            );
        }
        tally.note(
            |tally| &mut tally.debug,
            leaks::find(&seen.in_debug),
            "in Debug",
        );
        if want == Want::Failure(ErrorKind::InvalidInput) {
            tally.note(
                |tally| &mut tally.invalid,
                (begun > 0).then_some("sent"),
                "although it is invalid",
            );
        }
        if sent.names_elsewhere {
            let connected = self.elsewhere.connections() > 0;
            tally.note(
                |tally| &mut tally.elsewhere,
                connected.then_some("a connection"),
                "to another origin",
            );
            let got = self.elsewhere.requests();
            let secret = got
                .iter()
                .find_map(|request| leaks::find(&String::from_utf8_lossy(request)));
            tally.note(
                |tally| &mut tally.sent_elsewhere,
                secret,
                "sent to another origin",
            );
        }
        if let Some(status) = self.case.status {
            let readable = seen
                .status
                .is_some_and(|status| sent.statuses.contains(&status));
            tally.note(
                |tally| &mut tally.no_status,
                (!readable).then_some("no status"),
                &status.to_string(),
            );
            if sent.request_id {
                let readable = seen.request_id.as_deref() == Some(faults::responses::REQUEST_ID);
                tally.note(
                    |tally| &mut tally.no_id,
                    (!readable).then_some("no request id"),
                    "",
                );
            }
        }
        if self.operation.idempotency() == Idempotency::NotIdempotent
            && !self.setup.timeout.is_zero()
        {
            self.judge_once(want, begun, tally);
        }
    }

    /// The promises for calls that create or replace a token.
    fn judge_once(&self, want: Want, begun: usize, tally: &mut Tally) {
        // A GET after a redirect is not one of them.
        let requests = self.server.requests();
        let others = requests
            .iter()
            .filter(|request| requests::Request::read(request).method != self.operation.method())
            .count();
        let again = begun.saturating_sub(1 + others);
        tally.note(
            |tally| &mut tally.again,
            (again > 0).then_some("sent again"),
            "",
        );
        // After a response that refuses the request, nothing was performed.
        let refused = matches!(
            want,
            Want::Failure(ErrorKind::RateLimited | ErrorKind::SecondaryRateLimited)
        );
        if self.seen.failed && begun > 0 && !refused {
            tally.note(
                |tally| &mut tally.retryable,
                self.seen.retryable.then_some("called retryable"),
                "",
            );
        }
        if self.sent.token && begun > 0 {
            tally.note(
                |tally| &mut tally.lost,
                (!self.seen.has_token()).then_some("the token is lost"),
                "",
            );
        }
    }
}
