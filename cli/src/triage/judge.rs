//! Turns the library's verdict on one token into an entry.

use crate::api::errors;
use crate::journal::entry::{Entry, Verdict};
use crate::source::Work;
use ghes_oauth::{Authorization, Check, Error, Metadata};

/// Returns the entry of a token, with only what was observed.
pub(super) fn judged(work: &Work, result: Result<(Check, Option<Metadata>), Error>) -> Entry {
    let (check, metadata) = match result {
        Ok(found) => found,
        Err(error) => {
            let entry = failed(work, errors::failure(&error).to_string());
            let entry = match error.live_authorization() {
                Some(found) => with(entry, found.clone()),
                None => entry,
            };
            return Entry {
                request_id: error.request_id().map(str::to_owned),
                ..entry
            };
        }
    };
    let observed = match check {
        Check::Live(found) => with(entry(work, Verdict::Live), *found),
        Check::Revoked(found) => with(entry(work, Verdict::RevokedNow), *found),
        Check::NotLive => entry(work, Verdict::NotLive),
        Check::Skipped(_) => entry(work, Verdict::Skipped),
        other => failed(work, format!("the library reports {other:?}")),
    };
    let request_id = metadata.as_ref().and_then(Metadata::request_id);
    Entry {
        request_id: request_id.map(str::to_owned),
        ..observed
    }
}

/// Returns the first entry of a token.
pub(super) fn entry(work: &Work, verdict: Verdict) -> Entry {
    Entry::new(&work.fingerprint, &work.source, work.line, verdict)
}

fn failed(work: &Work, detail: String) -> Entry {
    entry(work, Verdict::Failed).detail(detail)
}

fn with(entry: Entry, found: Authorization) -> Entry {
    Entry {
        scopes: found.scopes,
        login: found.user.map(|user| user.login),
        created_at: found.created_at.map(|time| time.to_string()),
        ..entry
    }
}
