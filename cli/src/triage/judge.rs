//! Judges one token, or reports a batch of tokens to GitHub.

use crate::api::app::{self, Observed, Trouble};
use crate::api::leaked;
use crate::journal::entry::{Entry, Verdict};
use crate::source::Work;
use ghes_oauth::{OAuthApp, Server};
use std::time::Duration;

/// What is to be done by one or two requests.
pub(super) enum Task {
    /// To check a token, and to revoke it where that is wanted.
    Judge(Box<Work>),
    /// To report tokens that are not the app's, each with its entry.
    Report(Vec<(Box<Work>, Entry)>),
}

/// What came of it.
pub(super) enum Done {
    /// The verdict, and how long the server wants no further request.
    Known(Box<Work>, Entry, Option<Duration>),
    /// The request failed.
    Failed(Entry, Trouble),
    /// GitHub has accepted the tokens, or the request failed.
    Reported(Vec<Entry>, Option<Trouble>),
    /// A rate limit is used up: the task is to be done after this time.
    Limited(Task, Duration),
}

/// The servers, and what to do there.
#[derive(Clone, Copy)]
pub(super) struct Judge<'a> {
    pub(super) app: &'a OAuthApp,
    pub(super) revokes: bool,
    /// Where tokens of any owner are reported.
    pub(super) github: Option<&'a Server>,
}

impl Judge<'_> {
    pub(super) async fn run(self, task: Task) -> Done {
        match task {
            Task::Judge(work) => self.judge(work).await,
            Task::Report(tokens) => self.report(tokens).await,
        }
    }

    async fn judge(self, work: Box<Work>) -> Done {
        let checked = match app::check(self.app, &work.token).await {
            Ok(observed) => observed,
            Err(trouble) => return failed(entry(&work, Verdict::Failed), trouble, work),
        };
        let wait = checked.wait;
        if !checked.is_live {
            let entry = with(entry(&work, Verdict::NotLive), checked);
            return Done::Known(work, entry, wait);
        }
        let live = with(entry(&work, Verdict::Live), checked);
        if !self.revokes {
            return Done::Known(work, live, wait);
        }
        let revoked = match app::revoke(self.app, &work.token).await {
            Ok(observed) => observed,
            Err(trouble) => return failed(live.then(Verdict::Failed), trouble, work),
        };
        let verdict = if revoked.is_live {
            Verdict::RevokedNow
        } else {
            Verdict::NotLive
        };
        let entry = Entry {
            request_id: revoked.request_id,
            ..live.then(verdict)
        };
        Done::Known(work, entry, revoked.wait)
    }

    async fn report(self, tokens: Vec<(Box<Work>, Entry)>) -> Done {
        let Some(github) = self.github else {
            return Done::Reported(Vec::new(), None);
        };
        let reported = leaked::report(github, tokens.iter().map(|(work, _)| &work.token)).await;
        let entries = |verdict, request_id: Option<String>, detail: Option<String>| {
            let entry = |(_, entry): &(Box<Work>, Entry)| Entry {
                request_id: request_id.clone(),
                detail: detail.clone(),
                ..entry.then(verdict)
            };
            tokens.iter().map(entry).collect()
        };
        match reported {
            Ok(request_id) => Done::Reported(entries(Verdict::Submitted, request_id, None), None),
            Err(Trouble {
                wait: Some(wait), ..
            }) => Done::Limited(Task::Report(tokens), wait),
            Err(trouble) => {
                let detail = trouble.failure.to_string();
                let entries = entries(Verdict::Failed, trouble.request_id.clone(), Some(detail));
                Done::Reported(entries, Some(trouble))
            }
        }
    }
}

/// Returns the first entry of a token.
pub(super) fn entry(work: &Work, verdict: Verdict) -> Entry {
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

fn failed(entry: Entry, trouble: Trouble, work: Box<Work>) -> Done {
    if let Some(wait) = trouble.wait {
        return Done::Limited(Task::Judge(work), wait);
    }
    let entry = Entry {
        request_id: trouble.request_id.clone(),
        ..entry.detail(trouble.failure.to_string())
    };
    Done::Failed(entry, trouble)
}
