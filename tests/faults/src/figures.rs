//! The figures of the whole suite, for `docs/faults.md`.

use crate::published::{self, share, thousands};
use std::path::Path;
use std::sync::Mutex;

/// Asks for writing the figures.
const UPDATE: &str = "UPDATE_FAULTS";

/// The sums of all trials. Figures for which a trial fails are not counted: they are 0 if the suite passes.
#[derive(Default)]
pub struct Figures {
    pub cases: usize,
    /// Runs of cases over operations.
    pub runs: usize,
    /// Responses that end before the token's closing quote, and how many of them are reported as an unknown outcome.
    pub before: (usize, usize),
    /// Responses that end after it, and how many of them yield the token.
    pub after: (usize, usize),
    /// The most bytes that a call with a hostile body took.
    pub peak_memory: Option<u64>,
    /// Calls dropped at a random moment.
    pub dropped: usize,
    /// Resets in flight on one client.
    pub in_flight: usize,
    /// Calls to a server that closes its connections.
    pub raced: usize,
    /// Requests, and the calls that made them, to a server that responds to all with 503.
    pub storm: (usize, usize),
}

static FIGURES: Mutex<Option<Figures>> = Mutex::new(None);

/// Adds what a trial counted.
pub fn add(change: impl FnOnce(&mut Figures)) {
    change(FIGURES.lock().unwrap().get_or_insert_default());
}

/// Writes the figures into `docs/faults.md` if the environment asks for it.
///
/// # Errors
///
/// A part of the suite has failed or has not been run, or the page cannot be written.
pub fn update(incomplete: bool) -> Result<(), String> {
    if std::env::var_os(UPDATE).is_none() {
        return Ok(());
    }
    if incomplete {
        return Err(format!(
            "{UPDATE} needs the whole suite, and all of it passing"
        ));
    }
    let figures = FIGURES.lock().unwrap().take().unwrap_or_default();
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    published::write(&project, "docs/faults.md", "faults", &figures.table())
}

impl Figures {
    fn table(&self) -> String {
        let memory = self
            .peak_memory
            .map_or("not measured".to_owned(), |bytes| thousands(bytes as usize));
        let rows = [
            ("named cases", thousands(self.cases)),
            (
                "their runs, over the operations that each applies to",
                thousands(self.runs),
            ),
            (
                "secrets found in values, errors, `Debug`, logs at `TRACE` and panics",
                "0".to_owned(),
            ),
            (
                "calls that are not idempotent and were sent twice",
                "0".to_owned(),
            ),
            (
                "connections to another origin, or to a proxy that was not configured",
                "0".to_owned(),
            ),
            (
                "peak memory of a call that meets a body of 100 MB or an endless one, in bytes",
                memory,
            ),
            (
                "responses truncated before the token's closing quote: reported as an unknown outcome",
                share(self.before),
            ),
            (
                "truncated anywhere after it, by reset, close or stall: token recovered",
                share(self.after),
            ),
            (
                "calls dropped at a random moment, no token lost or mixed up",
                thousands(self.dropped),
            ),
            (
                "resets in flight on one client at one time",
                thousands(self.in_flight),
            ),
            (
                "calls in a race with closing connections, none failed and no reset sent twice",
                thousands(self.raced),
            ),
            (
                "calls to a server that responds to all with 503, and their requests",
                format!(
                    "{} and {}",
                    thousands(self.storm.1),
                    thousands(self.storm.0)
                ),
            ),
        ];
        let rows = rows.map(|(label, figure)| format!("| {label} | {figure} |\n"));
        format!("\n| figure | |\n|---|---|\n{}\n", rows.concat())
    }
}
