//! The figures of both clients side by side, for `docs/faults.md`.

use crate::tally::Tally;
use faults::published::{self, share, thousands};
use std::path::Path;

/// What the cases came to, and how many of them were left out.
pub(crate) struct Figures {
    pub(crate) cases: usize,
    pub(crate) left_out: usize,
    pub(crate) ours: Tally,
    pub(crate) raw: Tally,
}

type Row = (&'static str, fn(&Tally) -> String);

const ROWS: [Row; 16] = [
    (
        "errors that show a secret, in `Display`, `Debug`, their alternate forms or the chain of sources",
        |tally| share(tally.errors),
    ),
    (
        "runs in which client, arguments or response show one in `Debug`",
        |tally| share(tally.debug),
    ),
    (
        "records of the logs at `TRACE` with a secret in them",
        |tally| thousands(tally.logs),
    ),
    ("invalid arguments that are sent", |tally| {
        share(tally.invalid)
    }),
    (
        "calls that create or replace a token and are retried",
        |tally| share(tally.again),
    ),
    (
        "their errors that call them retryable although the server may have performed them",
        |tally| share(tally.retryable),
    ),
    (
        "redirects to another origin that are followed there",
        |tally| share(tally.elsewhere),
    ),
    (
        "those that hand it a token, a password or a one-time password",
        |tally| share(tally.sent_elsewhere),
    ),
    (
        "requests to a proxy from the environment that was not configured",
        |tally| share(tally.proxied),
    ),
    (
        "responses whose status cannot be read from the result",
        |tally| share(tally.no_status),
    ),
    (
        "responses whose request id cannot be read from it",
        |tally| share(tally.no_id),
    ),
    ("new tokens that arrive and are lost", |tally| {
        share(tally.lost)
    }),
    (
        "new tokens lost in a response that is truncated after them",
        |tally| share(tally.cut),
    ),
    ("calls that outlast their timeout", |tally| {
        thousands(tally.late)
    }),
    ("panics", |tally| thousands(tally.panics)),
    (
        "peak memory of a call that meets a body of 100 MB or an endless one, in bytes",
        |tally| {
            tally
                .peak_memory
                .map_or("not measured".to_owned(), |bytes| thousands(bytes as usize))
        },
    ),
];

impl Figures {
    pub(crate) fn table(&self) -> String {
        let mut text = format!(
            "\n| {} cases, {} runs with either client | `ghes-oauth` | raw client |\n|---|---|---|\n",
            self.cases,
            thousands(self.raw.runs)
        );
        for (label, figure) in ROWS {
            text.push_str(&format!(
                "| {label} | {} | {} |\n",
                figure(&self.ours),
                figure(&self.raw)
            ));
        }
        text + &format!(
            "\n{} cases do not apply to a raw client and are left out for both.\n\n",
            self.left_out
        )
    }

    /// Writes the table into `docs/faults.md` where the environment asks for it.
    pub(crate) fn update(&self) -> Result<(), String> {
        if std::env::var_os("UPDATE_FAULTS").is_none() {
            return Ok(());
        }
        let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        published::write(&project, "docs/faults.md", "raw", &self.table())
    }
}
