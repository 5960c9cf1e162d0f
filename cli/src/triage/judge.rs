//! Judges one token.

use crate::api::app::{self, Observed, Trouble};
use crate::journal::entry::{Entry, Verdict};
use crate::source::Work;
use ghes_oauth::OAuthApp;
use std::time::Duration;

/// What became of a token.
pub(super) enum Judged {
    /// Its verdict, and how long the server wants no further request.
    Known(Entry, Option<Duration>),
    /// The request failed.
    Failed(Entry, Trouble),
    /// A rate limit is used up: the token is to be judged after this time.
    Limited(Work, Duration),
}

/// Checks a token, and revokes it where that is wanted and it is live.
pub(super) async fn judge(app: &OAuthApp, work: Work, revokes: bool) -> Judged {
    let checked = match app::check(app, &work.token).await {
        Ok(observed) => observed,
        Err(trouble) => return failed(entry(&work, Verdict::Failed), trouble, work),
    };
    let wait = checked.wait;
    if !checked.is_live {
        return Judged::Known(with(entry(&work, Verdict::NotLive), checked), wait);
    }
    let live = with(entry(&work, Verdict::Live), checked);
    if !revokes {
        return Judged::Known(live, wait);
    }
    let revoked = match app::revoke(app, &work.token).await {
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
    Judged::Known(entry, revoked.wait)
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

fn failed(entry: Entry, trouble: Trouble, work: Work) -> Judged {
    if let Some(wait) = trouble.wait {
        return Judged::Limited(work, wait);
    }
    let entry = Entry {
        request_id: trouble.request_id.clone(),
        ..entry.detail(trouble.failure.to_string())
    };
    Judged::Failed(entry, trouble)
}
