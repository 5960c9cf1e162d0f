//! Checks or revokes tokens as a batch of the library, and records each verdict as it is observed.

use super::judge::{entry, judged};
use super::reports::Reports;
use crate::api::{app, errors};
use crate::failure::Failure;
use crate::interrupt::interrupted;
use crate::journal::entry::{Entry, Verdict};
use crate::journal::file::Journal;
use crate::progress::Progress;
use crate::source::Work;
use ghes_oauth::{OAuthApp, Server};
use std::collections::HashMap;
use std::time::Duration;
use tokio::sync::mpsc::{Receiver, unbounded_channel};

/// How often the progress is shown.
const TICK: Duration = Duration::from_millis(200);

/// How many consecutive requests may fail before the server counts as down.
const FAILURES: usize = 20;

/// The settings of a run.
pub(crate) struct Engine<'a> {
    pub(crate) app: &'a OAuthApp,
    pub(crate) revokes: bool,
    pub(crate) concurrency: usize,
    /// The reports for tokens that are not the app's, if they are reported.
    pub(crate) github: Option<&'a Server>,
}

/// Why a run ended before its input did.
pub(crate) enum Stopped {
    /// By Ctrl-C or a signal.
    ByUser,
    /// By an error that concerns every token.
    ByError(Failure),
}

impl Engine<'_> {
    /// Handles all tokens, until there are no more or further requests would be pointless. Requests in flight are finished in any case.
    pub(crate) async fn run(
        &self,
        mut work: Receiver<Work>,
        journal: &mut Journal,
        progress: &mut Progress,
    ) -> Result<Option<Stopped>, Failure> {
        let (sender, tokens) = unbounded_channel();
        // `None` once no more tokens are taken.
        let mut sender = Some(sender);
        let mut batch = app::judge(self.app, tokens, self.revokes, self.concurrency);
        let mut reports = self.github.map(Reports::new);
        let mut pending = HashMap::new();
        let mut sent = 0;
        let mut failures = 0;
        let mut stopped = None;
        let mut is_judging = true;
        let mut tick = tokio::time::interval(TICK);
        let mut interrupt = std::pin::pin!(interrupted());
        loop {
            if let Some(reports) = &mut reports {
                reports.start(!is_judging);
            }
            if !is_judging && reports.as_ref().is_none_or(Reports::is_done) {
                break;
            }
            let has_room =
                pending.len() < self.concurrency && reports.as_ref().is_none_or(Reports::has_room);
            tokio::select! {
                biased;
                () = &mut interrupt, if stopped.is_none() => {
                    progress.note(
                        "stopping after the requests in flight; a second Ctrl-C does not wait for them",
                    );
                    stopped = Some(Stopped::ByUser);
                    batch.stop();
                    sender = None;
                    reports.iter_mut().for_each(Reports::stop);
                }
                _ = tick.tick() => {
                    progress.pause(batch.paused_for());
                    progress.tick();
                }
                next = batch.next_with_metadata(), if is_judging => {
                    let Some((index, result)) = next else {
                        is_judging = false;
                        sender = None;
                        continue;
                    };
                    let Some(work) = pending.remove(&index) else { continue };
                    let error = result.as_ref().err();
                    failures = match error {
                        Some(error) if errors::is_unreachable(error) => failures + 1,
                        _ => 0,
                    };
                    if let Some(error) = error
                        && stopped.is_none()
                        && (batch.is_stopped() || failures >= FAILURES)
                    {
                        stopped = Some(Stopped::ByError(errors::failure(error)));
                        batch.stop();
                        sender = None;
                    }
                    // A rate limit that is not waited for is not a fact about the token.
                    if error.is_some_and(|error| error.is_rate_limited()) {
                        continue;
                    }
                    let entry = judged(&work, result);
                    record(journal, progress, &entry)?;
                    keep(&mut reports, work, entry);
                }
                entries = Reports::next(&mut reports), if reports.as_ref().is_some_and(Reports::is_busy) => {
                    for entry in &entries {
                        journal.append(entry).map_err(Failure::after_some)?;
                    }
                }
                next = work.recv(), if has_room && sender.is_some() => match (next, &sender) {
                    (Some(work), Some(sender)) if work.fingerprint.can_be_an_apps() => {
                        // The batch is the receiver, and it lives as long as this loop.
                        let _ = sender.send(work.token.clone());
                        pending.insert(sent, work);
                        sent += 1;
                    }
                    (Some(work), _) => {
                        let entry = entry(&work, Verdict::Skipped);
                        record(journal, progress, &entry)?;
                        keep(&mut reports, work, entry);
                    }
                    (None, _) => sender = None,
                },
            }
        }
        journal.sync()?;
        let unreported = reports.and_then(Reports::into_failure);
        Ok(stopped.or(unreported.map(Stopped::ByError)))
    }
}

fn record(journal: &mut Journal, progress: &mut Progress, entry: &Entry) -> Result<(), Failure> {
    journal.append(entry).map_err(Failure::after_some)?;
    progress.count(entry.verdict);
    Ok(())
}

/// Keeps a token for a report to GitHub.
fn keep(reports: &mut Option<Reports<'_>>, work: Work, entry: Entry) {
    if let Some(reports) = reports
        && super::reports::takes(&entry)
    {
        reports.add(work.token, entry);
    }
}
