//! Judges tokens with bounded concurrency, and records each verdict as it is observed.

use crate::api::app::{self, Observed, Trouble};
use crate::failure::Failure;
use crate::interrupt::interrupted;
use crate::journal::entry::{Entry, Verdict};
use crate::journal::file::Journal;
use crate::progress::Progress;
use crate::source::Work;
use futures_util::stream::{FuturesUnordered, StreamExt as _};
use ghes_oauth::OAuthApp;
use std::sync::mpsc;
use std::time::Duration;
use tokio::sync::mpsc::Receiver;

/// How often the progress is shown.
const TICK: Duration = Duration::from_millis(200);

/// How many requests may fail one after the other before the server is taken to be down.
const FAILURES: usize = 20;

/// How to judge.
pub(crate) struct Engine<'a> {
    pub(crate) app: &'a OAuthApp,
    pub(crate) revokes: bool,
    pub(crate) concurrency: usize,
    pub(crate) rate_limit_waits: &'a mpsc::Receiver<Duration>,
}

/// What became of a token, and the error where there was one.
type Judged = (Entry, Option<Trouble>);

/// Why a run ended before its input did.
pub(crate) enum Stopped {
    /// By Ctrl-C or a signal.
    ByUser,
    /// By an error that concerns every token.
    ByError(Failure),
}

impl Engine<'_> {
    /// Judges all tokens until there are no more, or there is no point in going on. What is in flight is finished in any case.
    pub(crate) async fn run(
        &self,
        mut work: Receiver<Work>,
        journal: &mut Journal,
        progress: &mut Progress,
    ) -> Result<Option<Stopped>, Failure> {
        let mut in_flight = FuturesUnordered::new();
        let mut tick = tokio::time::interval(TICK);
        let mut interrupt = std::pin::pin!(interrupted());
        let mut stopped = None;
        let mut has_more = true;
        let mut failures = 0;
        loop {
            let wants_more = has_more && stopped.is_none() && in_flight.len() < self.concurrency;
            if !wants_more && in_flight.is_empty() {
                break;
            }
            tokio::select! {
                biased;
                () = &mut interrupt, if stopped.is_none() => stopped = Some(Stopped::ByUser),
                _ = tick.tick() => {
                    self.rate_limit_waits.try_iter().for_each(|wait| progress.wait_for_rate_limit(wait));
                    progress.tick();
                }
                Some(judged) = in_flight.next() => {
                    let (entry, trouble): Judged = judged;
                    record(journal, progress, &entry)?;
                    failures = count_failures(failures, trouble.as_ref());
                    if let Some(trouble) = trouble.filter(|trouble| trouble.concerns_all || failures >= FAILURES) {
                        stopped.get_or_insert(Stopped::ByError(trouble.failure));
                    }
                }
                next = work.recv(), if wants_more => match next {
                    Some(work) if work.fingerprint.can_be_an_apps() => in_flight.push(self.judge(work)),
                    Some(work) => record(journal, progress, &entry(&work, Verdict::Skipped))?,
                    None => has_more = false,
                },
            }
        }
        journal.sync()?;
        Ok(stopped)
    }

    /// Checks a token, and revokes it where that is wanted and it is live.
    async fn judge(&self, work: Work) -> Judged {
        let checked = match app::check(self.app, &work.token).await {
            Ok(observed) => observed,
            Err(trouble) => return failed(entry(&work, Verdict::Failed), trouble),
        };
        let verdict = if checked.is_live {
            Verdict::Live
        } else {
            Verdict::NotLive
        };
        let live = with(entry(&work, verdict), checked);
        if live.verdict == Verdict::NotLive || !self.revokes {
            return (live, None);
        }
        match app::revoke(self.app, &work.token).await {
            Ok(Observed {
                is_live: true,
                request_id,
                ..
            }) => {
                let entry = Entry {
                    request_id,
                    ..live.then(Verdict::RevokedNow)
                };
                (entry, None)
            }
            Ok(Observed { request_id, .. }) => {
                let entry = live
                    .then(Verdict::NotLive)
                    .detail("it was live a moment before");
                (
                    Entry {
                        request_id,
                        ..entry
                    },
                    None,
                )
            }
            Err(trouble) => failed(live.then(Verdict::Failed), trouble),
        }
    }
}

fn record(journal: &mut Journal, progress: &mut Progress, entry: &Entry) -> Result<(), Failure> {
    journal.append(entry).map_err(Failure::after_some)?;
    progress.count(entry.verdict);
    Ok(())
}

fn entry(work: &Work, verdict: Verdict) -> Entry {
    Entry::new(&work.fingerprint, &work.source, work.line, verdict)
}

fn with(entry: Entry, observed: Observed) -> Entry {
    Entry {
        scopes: observed.scopes,
        login: observed.login,
        created_at: observed.created_at,
        request_id: observed.request_id,
        ..entry
    }
}

fn failed(entry: Entry, trouble: Trouble) -> Judged {
    let entry = Entry {
        request_id: trouble.request_id.clone(),
        ..entry.detail(trouble.failure.to_string())
    };
    (entry, Some(trouble))
}

/// Returns how many requests in a row the server has not served.
fn count_failures(before: usize, trouble: Option<&Trouble>) -> usize {
    match trouble {
        Some(trouble) if trouble.is_unreachable => before + 1,
        Some(_) => before,
        None => 0,
    }
}
