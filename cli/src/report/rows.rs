//! Writes the rows of a journal as CSV, NDJSON or a table.

use super::summary::Summary;
use super::table;
use crate::failure::Failure;
use crate::journal::entry::Entry;
use crate::journal::file::Journal;
use crate::token::fingerprint::base64_of;
use crate::token::seen::Seen;
use serde::Serialize;
use std::collections::HashMap;
use std::io::{self, BufWriter, Write};

/// The form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Csv,
    Ndjson,
    Table,
}

/// Writes one row.
type WriteRow<'a> = Box<dyn FnMut(&Entry) -> io::Result<()> + 'a>;

/// One row. Never a token.
#[derive(Serialize)]
struct Row<'a> {
    kind: &'a str,
    last_eight: &'a str,
    sha256: &'a str,
    sha256_base64: String,
    source: &'a str,
    line: Option<u64>,
    verdict: String,
    scopes: Option<String>,
    login: Option<&'a str>,
    created_at: Option<&'a str>,
    observed_at: &'a str,
    request_id: Option<&'a str>,
}

impl<'a> From<&'a Entry> for Row<'a> {
    fn from(entry: &'a Entry) -> Self {
        Self {
            kind: &entry.kind,
            last_eight: &entry.last_eight,
            sha256: &entry.sha256,
            sha256_base64: base64_of(&entry.sha256),
            source: &entry.source,
            line: entry.line,
            verdict: entry.words(),
            scopes: entry.scopes.as_ref().map(|scopes| scopes.join(" ")),
            login: entry.login.as_deref(),
            created_at: entry.created_at.as_deref(),
            observed_at: &entry.observed_at,
            request_id: entry.request_id.as_deref(),
        }
    }
}

/// Writes the last entry of each token of the journal, and returns the count of each verdict.
pub(crate) fn write(
    journal: &Journal,
    form: Form,
    out: &mut dyn Write,
) -> Result<Summary, Failure> {
    let mut out = BufWriter::new(out);
    let mut summary = Summary::default();
    let mut writer: WriteRow<'_> = match form {
        Form::Csv => {
            let mut csv = csv::Writer::from_writer(&mut out);
            Box::new(move |entry| csv.serialize(Row::from(entry)).map_err(io::Error::from))
        }
        Form::Ndjson => Box::new(|entry| {
            serde_json::to_writer(&mut out, &Row::from(entry))?;
            out.write_all(b"\n")
        }),
        Form::Table => {
            table::heading(&mut out).map_err(|error| cannot_write(&error))?;
            Box::new(|entry| table::row(&mut out, entry))
        }
    };
    let mut result = Ok(());
    each_last(journal, |entry| {
        summary.count(entry.verdict);
        if result.is_ok() {
            result = writer(&entry);
        }
    })?;
    drop(writer);
    result
        .and_then(|()| out.flush())
        .map_err(|error| cannot_write(&error))?;
    Ok(summary)
}

/// Calls `each` with the last entry of each token, in the order of the journal. It takes 16 bytes a token, and a little more for each token
/// with several entries.
fn each_last(journal: &Journal, mut each: impl FnMut(Entry)) -> Result<(), Failure> {
    let mut seen = Seen::default();
    let mut later: HashMap<u128, u32> = HashMap::new();
    journal.entries(|entry| {
        let key = entry.key().filter(|&key| !seen.insert(key));
        if let Some(key) = key {
            *later.entry(key).or_default() += 1;
        }
    })?;
    drop(seen);
    journal.entries(|entry| {
        let waits = entry.key().and_then(|key| later.get_mut(&key));
        match waits {
            Some(waits) if *waits > 0 => *waits -= 1,
            _ => each(entry),
        }
    })
}

/// Returns the keys of the tokens whose verdict needs no further request.
pub(crate) fn done(journal: &Journal, is_done: impl Fn(&Entry) -> bool) -> Result<Seen, Failure> {
    let mut done = Seen::default();
    journal.entries(|entry| {
        if let Some(key) = entry.key().filter(|_| is_done(&entry)) {
            done.insert(key);
        }
    })?;
    Ok(done)
}

fn cannot_write(error: &io::Error) -> Failure {
    Failure::nothing_done(format!("cannot write the report: {error}"))
        .help("with --journal and --resume it is written again without further requests")
        .after_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::entry::Verdict;
    use crate::token::fingerprint::Fingerprint;
    use ghes_oauth::AccessToken;

    fn entry(index: u32, verdict: Verdict) -> Entry {
        let token = AccessToken::new(format!("gho_{index:036}"));
        Entry::new(
            &Fingerprint::of(&token),
            "a, \"b\".txt",
            Some(index.into()),
            verdict,
        )
    }

    fn journal() -> Journal {
        let mut journal = Journal::temporary().unwrap();
        let entries = [
            entry(1, Verdict::Failed).detail("timeout"),
            entry(2, Verdict::Live),
            entry(3, Verdict::NotLive),
            entry(2, Verdict::RevokedNow),
            entry(1, Verdict::Failed).detail("another timeout"),
            entry(1, Verdict::NotLive),
        ];
        for entry in entries {
            journal.append(&entry).unwrap();
        }
        journal
    }

    fn report(form: Form) -> (String, Summary) {
        let mut out = Vec::new();
        let summary = write(&journal(), form, &mut out).unwrap();
        (String::from_utf8(out).unwrap(), summary)
    }

    #[test]
    fn each_token_has_one_row_with_its_last_verdict() {
        let (text, summary) = report(Form::Ndjson);
        let verdicts: Vec<_> = text
            .lines()
            .map(|line| {
                let row: serde_json::Value = serde_json::from_str(line).unwrap();
                (
                    row["line"].as_u64().unwrap(),
                    row["verdict"].as_str().unwrap().to_owned(),
                )
            })
            .collect();
        let not_live = "not a live token of this app".to_owned();
        assert_eq!(
            verdicts,
            [
                (3, not_live.clone()),
                (2, "revoked now".to_owned()),
                (1, not_live)
            ]
        );
        assert_eq!(summary.total(), 3);
    }

    #[test]
    fn csv_quotes_what_needs_it() {
        let (text, _) = report(Form::Csv);
        let mut lines = text.lines();
        assert_eq!(
            lines.next(),
            Some(
                "kind,last_eight,sha256,sha256_base64,source,line,verdict,scopes,login,created_at,observed_at,request_id"
            )
        );
        assert!(
            lines.all(|line| line.contains("\"a, \"\"b\"\".txt\"")),
            "{text}"
        );
    }

    #[test]
    fn only_final_verdicts_are_done() {
        let done = done(&journal(), |entry| entry.verdict == Verdict::RevokedNow).unwrap();
        assert_eq!(done.len(), 1);
        assert!(done.contains(entry(2, Verdict::Live).key().unwrap()));
    }
}
