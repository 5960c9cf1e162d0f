//! Judges tokens with bounded concurrency, pauses as one at a rate limit, and records each verdict as it is observed.

use super::judge::{self, Judged};
use crate::failure::Failure;
use crate::interrupt::interrupted;
use crate::journal::entry::{Entry, Verdict};
use crate::journal::file::Journal;
use crate::progress::Progress;
use crate::source::Work;
use futures_util::stream::{FuturesUnordered, StreamExt as _};
use ghes_oauth::OAuthApp;
use std::time::Duration;
use tokio::sync::mpsc::Receiver;
use tokio::time::Instant;

/// How often the progress is shown.
const TICK: Duration = Duration::from_millis(200);

/// How many requests may fail one after the other before the server is taken to be down.
const FAILURES: usize = 20;

/// How many pauses without a verdict between them are enough to give up.
const PAUSES: usize = 3;

/// How to judge.
pub(crate) struct Engine<'a> {
    pub(crate) app: &'a OAuthApp,
    pub(crate) revokes: bool,
    pub(crate) concurrency: usize,
}

/// Why a run ended before its input did.
pub(crate) enum Stopped {
    /// By Ctrl-C or a signal.
    ByUser,
    /// By an error that concerns every token.
    ByError(Failure),
}

/// What a run has come to.
struct State<'a> {
    journal: &'a mut Journal,
    progress: &'a mut Progress,
    stopped: Option<Stopped>,
    /// Tokens whose request met a rate limit.
    again: Vec<Work>,
    paused_until: Option<Instant>,
    pauses: usize,
    failures: usize,
}

impl Engine<'_> {
    /// Judges all tokens until there are no more, or there is no point in going on. What is in flight is finished in any case.
    pub(crate) async fn run(
        &self,
        mut work: Receiver<Work>,
        journal: &mut Journal,
        progress: &mut Progress,
    ) -> Result<Option<Stopped>, Failure> {
        let mut state = State {
            journal,
            progress,
            stopped: None,
            again: Vec::new(),
            paused_until: None,
            pauses: 0,
            failures: 0,
        };
        let mut in_flight = FuturesUnordered::new();
        let mut tick = tokio::time::interval(TICK);
        let mut interrupt = std::pin::pin!(interrupted());
        let mut has_more = true;
        loop {
            let goes_on = state.stopped.is_none() && (has_more || !state.again.is_empty());
            if !goes_on && in_flight.is_empty() {
                break;
            }
            let has_room = goes_on && !state.is_paused() && in_flight.len() < self.concurrency;
            if has_room && let Some(work) = state.again.pop() {
                in_flight.push(judge::judge(self.app, work, self.revokes));
                continue;
            }
            tokio::select! {
                biased;
                () = &mut interrupt, if state.stopped.is_none() => state.stopped = Some(Stopped::ByUser),
                _ = tick.tick() => state.progress.tick(),
                Some(judged) = in_flight.next() => state.take(judged)?,
                next = work.recv(), if has_room && has_more => match next {
                    Some(work) if work.fingerprint.can_be_an_apps() => {
                        in_flight.push(judge::judge(self.app, work, self.revokes));
                    }
                    Some(work) => state.record(&judge::entry(&work, Verdict::Skipped))?,
                    None => has_more = false,
                },
            }
        }
        state.journal.sync()?;
        Ok(state.stopped)
    }
}

impl State<'_> {
    fn take(&mut self, judged: Judged) -> Result<(), Failure> {
        match judged {
            Judged::Known(entry, wait) => {
                self.failures = 0;
                self.pauses = 0;
                wait.into_iter().for_each(|wait| self.pause(wait));
                self.record(&entry)
            }
            Judged::Failed(entry, trouble) => {
                self.failures += usize::from(trouble.is_unreachable);
                if trouble.concerns_all || self.failures >= FAILURES {
                    self.stop(trouble.failure);
                }
                self.record(&entry)
            }
            Judged::Limited(work, wait) => {
                self.again.push(work);
                self.pause(wait);
                if self.pauses > PAUSES {
                    self.stop(Failure::nothing_done(
                        "the server's rate limit lets no request through",
                    ));
                }
                Ok(())
            }
        }
    }

    fn stop(&mut self, failure: Failure) {
        self.stopped.get_or_insert(Stopped::ByError(failure));
    }

    /// Begins no request for so long. Requests that met the limit together make one pause.
    fn pause(&mut self, wait: Duration) {
        let until = Instant::now() + wait;
        if !self.is_paused() {
            self.pauses += 1;
            self.progress.wait_for_rate_limit(wait);
        }
        self.paused_until = self.paused_until.max(Some(until));
    }

    fn is_paused(&self) -> bool {
        self.paused_until
            .is_some_and(|until| until > Instant::now())
    }

    fn record(&mut self, entry: &Entry) -> Result<(), Failure> {
        self.journal.append(entry).map_err(Failure::after_some)?;
        self.progress.count(entry.verdict);
        Ok(())
    }
}
