//! Judges tokens with bounded concurrency, pauses as one at a rate limit, and records each verdict as it is observed.

use super::judge::{self, Done, Judge, Task};
use crate::api::leaked;
use crate::failure::Failure;
use crate::interrupt::interrupted;
use crate::journal::entry::{Entry, Verdict};
use crate::journal::file::Journal;
use crate::progress::Progress;
use crate::source::Work;
use futures_util::stream::{FuturesUnordered, StreamExt as _};
use ghes_oauth::{OAuthApp, Server};
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
    /// Where tokens that are not the app's are reported, if they are.
    pub(crate) github: Option<&'a Server>,
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
    /// What met a rate limit.
    again: Vec<Task>,
    /// Tokens to be reported to GitHub, with their entries.
    leaked: Option<Vec<(Box<Work>, Entry)>>,
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
            leaked: self.github.map(|_| Vec::new()),
            paused_until: None,
            pauses: 0,
            failures: 0,
        };
        let judge = Judge {
            app: self.app,
            revokes: self.revokes,
            github: self.github,
        };
        let mut in_flight = FuturesUnordered::new();
        let mut tick = tokio::time::interval(TICK);
        let mut interrupt = std::pin::pin!(interrupted());
        let mut has_more = true;
        loop {
            let is_last = !has_more && in_flight.is_empty() && state.again.is_empty();
            let report = state.report(is_last);
            state.again.extend(report);
            let goes_on = state.stopped.is_none() && (has_more || !state.again.is_empty());
            if !goes_on && in_flight.is_empty() {
                break;
            }
            let has_room = goes_on && !state.is_paused() && in_flight.len() < self.concurrency;
            if has_room && let Some(task) = state.again.pop() {
                in_flight.push(judge.run(task));
                continue;
            }
            tokio::select! {
                biased;
                () = &mut interrupt, if state.stopped.is_none() => {
                    state.stopped = Some(Stopped::ByUser);
                    state.progress.note(
                        "stopping after the requests in flight; a second Ctrl-C does not wait for them",
                    );
                }
                _ = tick.tick() => state.progress.tick(),
                Some(done) = in_flight.next() => state.take(done)?,
                next = work.recv(), if has_room && has_more => match next {
                    Some(work) if work.fingerprint.can_be_an_apps() => {
                        in_flight.push(judge.run(Task::Judge(Box::new(work))));
                    }
                    Some(work) => {
                        let entry = judge::entry(&work, Verdict::Skipped);
                        state.know(Box::new(work), entry)?;
                    }
                    None => has_more = false,
                },
            }
        }
        state.journal.sync()?;
        Ok(state.stopped)
    }
}

impl State<'_> {
    fn take(&mut self, done: Done) -> Result<(), Failure> {
        match done {
            Done::Known(work, entry, wait) => {
                self.failures = 0;
                self.pauses = 0;
                wait.into_iter().for_each(|wait| self.pause(wait));
                self.know(work, entry)
            }
            Done::Failed(entry, trouble) => {
                self.failures += usize::from(trouble.is_unreachable);
                if trouble.concerns_all || self.failures >= FAILURES {
                    self.stop(trouble.failure);
                }
                self.record(&entry)
            }
            Done::Reported(entries, trouble) => {
                if let Some(trouble) = trouble.filter(|trouble| trouble.concerns_all) {
                    self.stop(trouble.failure);
                }
                self.pauses = 0;
                entries.iter().try_for_each(|entry| self.append(entry))
            }
            Done::Limited(task, wait) => {
                self.again.push(task);
                self.pause(wait);
                if self.pauses > PAUSES {
                    let text = "the server's rate limit lets no request through";
                    self.stop(Failure::nothing_done(text));
                }
                Ok(())
            }
        }
    }

    /// Records a verdict, and keeps a token that is to be reported.
    fn know(&mut self, work: Box<Work>, entry: Entry) -> Result<(), Failure> {
        self.record(&entry)?;
        if let Some(leaked) = &mut self.leaked
            && is_reportable(&entry)
        {
            leaked.push((work, entry));
        }
        Ok(())
    }

    /// Returns the next report: a full one, or at the end whatever there is.
    fn report(&mut self, is_last: bool) -> Option<Task> {
        let leaked = self.leaked.as_mut()?;
        let is_due = leaked.len() >= leaked::MOST || (is_last && !leaked.is_empty());
        is_due.then(|| Task::Report(leaked.drain(..leaked.len().min(leaked::MOST)).collect()))
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
        self.append(entry)?;
        self.progress.count(entry.verdict);
        Ok(())
    }

    fn append(&mut self, entry: &Entry) -> Result<(), Failure> {
        self.journal.append(entry).map_err(Failure::after_some)
    }
}

/// Returns whether GitHub takes reports of such a token: one of a known kind, but for installation tokens, that was not live.
pub(super) fn is_reportable(entry: &Entry) -> bool {
    matches!(entry.verdict, Verdict::NotLive | Verdict::Skipped)
        && matches!(
            entry.kind.as_str(),
            "ghp" | "github_pat" | "gho" | "ghu" | "ghr"
        )
}
