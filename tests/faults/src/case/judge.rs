//! The expected result of a call, and its comparison with the actual one.

use super::Case;
use crate::requests;
use crate::setup::Setup;
use crate::trial::Problems;
use common::Success;
use ghes_oauth::{Error, ErrorKind, Idempotency, Operation, Outcome};

/// The expected result of a call.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Want {
    Success,
    /// A success without a token: "not live".
    NotLive,
    Failure(ErrorKind),
    /// An error of any kind: neither a success nor "not live".
    Error,
    /// The connection broke; whether the request was sent depends on the moment.
    Broken,
}

/// The values that a check looks at.
pub struct Seen<'a> {
    pub operation: &'static Operation,
    pub outcome: &'a common::Outcome,
    pub requests: &'a [Vec<u8>],
    pub setup: &'a Setup,
}

impl Case {
    /// Returns the problems of a run in which this many requests arrived.
    pub(super) fn judge(&self, seen: &Seen<'_>, begun: usize) -> Problems {
        let operation = seen.operation;
        let mut problems = Vec::new();
        let want = (self.want)(operation);
        if !want.is(&seen.outcome.result) {
            let got = seen
                .outcome
                .result
                .as_ref()
                .map(|success| success.metadata.status());
            problems.push(format!("wanted {want:?}, got {got:?}"));
        }
        let sent = (self.sent)(operation);
        let sent = if operation.idempotency() == Idempotency::NotIdempotent {
            sent.min(1)
        } else {
            sent
        };
        if begun != sent {
            problems.push(format!("{begun} requests in place of {sent}"));
        }
        let metadata = match &seen.outcome.result {
            Ok(success) => Some(&success.metadata),
            Err(error) => error.metadata(),
        };
        if let Some(status) = self.status
            && metadata.map(|metadata| metadata.status().as_u16()) != Some(status)
        {
            problems.push(format!("the status is not {status}"));
        }
        if let Err(error) = &seen.outcome.result {
            problems.extend(general_problems(operation, error, seen.requests.len()));
            if self
                .outcome
                .is_some_and(|outcome| outcome != error.outcome())
            {
                problems.push(format!("the outcome is {:?}", error.outcome()));
            }
        }
        problems.extend(
            seen.requests
                .iter()
                .filter_map(|request| requests::fault(request, operation, seen.setup)),
        );
        problems.extend(self.check.iter().filter_map(|check| check(seen).err()));
        problems
    }
}

/// The checks of every error, in all cases.
fn general_problems(operation: &Operation, error: &Error, requests: usize) -> Vec<String> {
    let refused = error
        .status()
        .is_some_and(|status| status.is_client_error() || status.is_redirection());
    let may_have_happened = requests > 0 && !refused;
    let once = operation.idempotency() == Idempotency::NotIdempotent;
    let rules = [
        (
            error.operation().is_some_and(|named| named != operation),
            "the error names another operation",
        ),
        (
            once && may_have_happened && error.is_retryable(),
            "a call that must be sent once is called retryable",
        ),
        (
            once && may_have_happened && error.outcome() == Outcome::NotPerformed,
            "the request arrived, and the outcome is that nothing was performed",
        ),
        (
            once && error.outcome() == Outcome::Unknown && error.is_retryable(),
            "an unknown outcome is called retryable",
        ),
        (
            error.kind() == ErrorKind::InvalidInput && error.is_retryable(),
            "a refused argument is called retryable",
        ),
        (
            error.to_string().contains("http://") || error.to_string().contains("https://127"),
            "the text has a URL",
        ),
    ];
    rules
        .into_iter()
        .filter(|(broken, _)| *broken)
        .map(|(_, what)| what.to_owned())
        .collect()
}

impl Want {
    fn is(self, result: &Result<Success, Error>) -> bool {
        match (self, result) {
            (Self::Success, Ok(success)) => success.value.variant != "None",
            (Self::NotLive, Ok(success)) => success.value.variant == "None",
            (Self::Failure(kind), Err(error)) => error.kind() == kind,
            (Self::Error, Err(_)) => true,
            (Self::Broken, Err(error)) => error.kind() == ErrorKind::Connection,
            _ => false,
        }
    }
}
