//! Reads the inputs on its own thread, and hands out each token once.

use crate::failure::Failure;
use crate::input::output::{Finding, Rest};
use crate::input::read::Input;
use crate::token::fingerprint::Fingerprint;
use crate::token::seen::Seen;
use crate::token::shard::Shard;
use ghes_oauth::AccessToken;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use tokio::sync::mpsc::{Receiver, channel};

/// How many tokens are read ahead.
const AHEAD: usize = 1024;

/// One token to check or revoke.
pub(crate) struct Work {
    pub(crate) token: AccessToken,
    pub(crate) fingerprint: Fingerprint,
    pub(crate) source: Arc<str>,
    pub(crate) line: Option<u64>,
}

/// Counts of the inputs.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    /// Distinct tokens to check or revoke.
    pub(crate) distinct: u64,
    /// Those of them that can belong to the app.
    pub(crate) sendable: u64,
    /// Occurrences of tokens that came before, in the inputs or in the journal.
    pub(crate) seen_before: u64,
    /// Occurrences of tokens of other shards.
    pub(crate) of_other_shards: u64,
    /// Tokens that were found among other characters.
    pub(crate) dressed: u64,
    pub(crate) rest: Rest,
}

impl Counts {
    /// Whether the inputs have no token, not even one of another shard.
    pub(crate) fn is_empty(&self) -> bool {
        self.distinct + self.seen_before + self.of_other_shards == 0
    }
}

/// Which tokens are yielded.
pub(crate) struct Filter {
    /// The tokens to skip; yielded tokens are added.
    pub(crate) seen: Seen,
    pub(crate) shard: Option<Shard>,
}

/// Reads all inputs, and calls `each` with every token that passes the filter; `false` ends the reading.
pub(crate) fn read(
    inputs: &[Input],
    mut filter: Filter,
    each: &mut dyn FnMut(Work) -> bool,
) -> Result<Counts, Failure> {
    let mut counts = Counts::default();
    let mut goes_on = true;
    for input in inputs {
        let mut sink = |finding: Finding| {
            let fingerprint = Fingerprint::of(&finding.token);
            let key = fingerprint.key();
            if filter.shard.is_some_and(|shard| !shard.contains(key)) {
                counts.of_other_shards += 1;
                return true;
            }
            counts.dressed += u64::from(finding.is_dressed);
            if !filter.seen.insert(key) {
                counts.seen_before += 1;
                return true;
            }
            counts.distinct += 1;
            counts.sendable += u64::from(fingerprint.can_be_an_apps());
            goes_on = each(Work {
                token: finding.token,
                fingerprint,
                source: finding.source,
                line: finding.line,
            });
            goes_on
        };
        let rest = input.read(&mut sink)?;
        counts.rest.without_token += rest.without_token;
        counts.rest.redacted += rest.redacted;
        if !goes_on {
            break;
        }
    }
    Ok(counts)
}

/// Reads on another thread, only as far ahead as memory allows.
pub(crate) fn start(
    inputs: Vec<Input>,
    filter: Filter,
) -> (Receiver<Work>, JoinHandle<Result<Counts, Failure>>) {
    let (sender, receiver) = channel(AHEAD);
    let reader = thread::spawn(move || {
        read(&inputs, filter, &mut |work| {
            sender.blocking_send(work).is_ok()
        })
    });
    (receiver, reader)
}
