//! The count of each verdict, and the exit code.

use crate::failure::Exit;
use crate::journal::entry::Verdict;
use std::collections::BTreeMap;
use std::fmt;

/// Counts of verdicts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Summary(BTreeMap<Verdict, u64>);

impl Summary {
    pub(crate) fn count(&mut self, verdict: Verdict) {
        *self.0.entry(verdict).or_default() += 1;
    }

    pub(crate) fn of(&self, verdict: Verdict) -> u64 {
        self.0.get(&verdict).copied().unwrap_or_default()
    }

    pub(crate) fn total(&self) -> u64 {
        self.0.values().sum()
    }

    /// Returns the exit code. Failures come first, because a token whose request failed may be live as well.
    pub(crate) fn exit(&self) -> Exit {
        let failed = self.of(Verdict::Failed);
        if failed > 0 && failed + self.of(Verdict::Skipped) == self.total() {
            Exit::NothingDone
        } else if failed > 0 {
            Exit::SomeFailed
        } else if self.of(Verdict::Live) > 0 {
            Exit::LiveRemain
        } else {
            Exit::Done
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (verdict, count) in &self.0 {
            writeln!(f, "{verdict:28} {count:>9}")?;
        }
        write!(f, "{:28} {:>9}", "total", self.total())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exit_codes() {
        use Verdict::{Failed, Live, NotLive, RevokedNow, Skipped, Submitted};
        for (verdicts, exit) in [
            (&[][..], Exit::Done),
            (&[NotLive, RevokedNow, Skipped, Submitted], Exit::Done),
            (&[NotLive, Live], Exit::LiveRemain),
            (&[Live, Failed], Exit::SomeFailed),
            (&[NotLive, Failed], Exit::SomeFailed),
            (&[Failed, Skipped], Exit::NothingDone),
        ] {
            let mut summary = Summary::default();
            verdicts.iter().for_each(|&verdict| summary.count(verdict));
            assert_eq!(summary.exit(), exit, "{verdicts:?}");
        }
    }
}
