//! Reports the tokens that are not the app's to GitHub, concurrently with the run: neither waits for the other's rate limit.

use crate::api::leaked::{self, Refused};
use crate::failure::Failure;
use crate::journal::entry::{Entry, Verdict};
use crate::terminal;
use ghes_oauth::{AccessToken, Server};
use std::pin::Pin;
use tokio::time::Instant;

/// How many tokens may wait for a report before the run waits for them.
const MOST_WAITING: usize = 20 * leaked::MOST;

/// A token for a report, with its earlier observation.
type Leaked = (AccessToken, Entry);

type Report<'a> =
    Pin<Box<dyn Future<Output = (Vec<Leaked>, Result<Option<String>, Refused>)> + 'a>>;

/// The reports of a run, one at a time.
pub(super) struct Reports<'a> {
    github: &'a Server,
    waiting: Vec<Leaked>,
    in_flight: Option<Report<'a>>,
    resumes_at: Option<Instant>,
    is_stopped: bool,
    /// Why no more tokens are reported.
    failure: Option<Failure>,
}

/// Returns whether GitHub accepts reports of such a token: one of a known kind other than an installation token, that was not live.
pub(super) fn takes(entry: &Entry) -> bool {
    matches!(entry.verdict, Verdict::NotLive | Verdict::Skipped)
        && matches!(
            entry.kind.as_str(),
            "ghp" | "github_pat" | "gho" | "ghu" | "ghr"
        )
}

impl<'a> Reports<'a> {
    pub(super) fn new(github: &'a Server) -> Self {
        Self {
            github,
            waiting: Vec::new(),
            in_flight: None,
            resumes_at: None,
            is_stopped: false,
            failure: None,
        }
    }

    pub(super) fn add(&mut self, token: AccessToken, entry: Entry) {
        if !self.is_stopped {
            self.waiting.push((token, entry));
        }
    }

    pub(super) fn has_room(&self) -> bool {
        self.waiting.len() < MOST_WAITING
    }

    pub(super) fn is_busy(&self) -> bool {
        self.in_flight.is_some()
    }

    pub(super) fn is_done(&self) -> bool {
        self.in_flight.is_none() && self.waiting.is_empty()
    }

    /// Drops the tokens that wait; a report in flight is finished.
    pub(super) fn stop(&mut self) {
        self.is_stopped = true;
        self.waiting.clear();
    }

    /// Sends the next report when it is full, or at the end of the run.
    pub(super) fn start(&mut self, is_last: bool) {
        let is_full = self.waiting.len() >= leaked::MOST;
        let is_paused = self.resumes_at.is_some_and(|at| at > Instant::now());
        if self.is_busy() || is_paused || self.waiting.is_empty() || !(is_full || is_last) {
            return;
        }
        let count = self.waiting.len().min(leaked::MOST);
        let tokens: Vec<_> = self.waiting.drain(..count).collect();
        let github = self.github;
        self.in_flight = Some(Box::pin(async move {
            let reported = leaked::report(github, tokens.iter().map(|(token, _)| token)).await;
            (tokens, reported)
        }));
    }

    /// Waits for the report in flight, and returns the results of its tokens.
    pub(super) async fn next(reports: &mut Option<Self>) -> Vec<Entry> {
        let Some(reports) = reports else {
            return Vec::new();
        };
        let Some(report) = &mut reports.in_flight else {
            return Vec::new();
        };
        let (tokens, reported) = report.await;
        reports.in_flight = None;
        let entries = |verdict, request_id: Option<String>, detail: Option<String>| {
            let entry = |(_, entry): &Leaked| Entry {
                request_id: request_id.clone(),
                detail: detail.clone(),
                ..entry.then(verdict)
            };
            tokens.iter().map(entry).collect()
        };
        let refused = match reported {
            Ok(request_id) => return entries(Verdict::Submitted, request_id, None),
            Err(refused) => refused,
        };
        if let Some(wait) = refused.wait {
            if reports.is_stopped {
                return Vec::new();
            }
            terminal::note(&format!(
                "GitHub takes no further report for {} s",
                wait.as_secs()
            ));
            reports.resumes_at = Some(Instant::now() + wait);
            reports.waiting.splice(..0, tokens);
            return Vec::new();
        }
        let detail = refused.failure.to_string();
        let entries = entries(Verdict::Failed, refused.request_id, Some(detail));
        if refused.concerns_all {
            reports.stop();
            reports.failure = Some(refused.failure);
        }
        entries
    }

    /// Returns why tokens are missing in the reports, if any are.
    pub(super) fn into_failure(self) -> Option<Failure> {
        self.failure
    }
}
