//! `cargo xtask regen`: refreshes everything that is derived from the spec; with `--check` it only reports stale files.

use crate::change::Change;
use crate::derived::{self, Derived, Stop};
use crate::terminal::print;
use crate::wire::{self, Wire};
use crate::{cargo, diff, since, snapshots};
use std::path::Path;
use std::time::Instant;

const FIX: &str = "cargo xtask regen";

/// Everything is up to date.
pub const FRESH: u8 = 0;
/// Something is stale, or a manual step is left, or the spec has an error.
pub const STALE: u8 = 1;
/// The check failed: a file cannot be read, the crate does not compile, or its wire tests do not pass.
pub const FAILED: u8 = 2;

/// Runs it on the repository at `root`, and returns the exit code; `check` writes nothing there.
pub fn run(root: &Path, check: bool) -> u8 {
    let log = Log(Instant::now());
    let code = derive(root, &log).and_then(|derived| {
        Ok(if check {
            self::check(root, &log, &derived)?
        } else {
            refresh(root, &log, &derived)?
        })
    });
    let (message, code) = match code {
        Ok(code) => return code,
        Err(Stop::Errors(message)) => (message, STALE),
        Err(Stop::Failure(message)) => (message, FAILED),
    };
    eprintln!("{}\nfix this by hand, then run: {FIX}", message.trim_end());
    code
}

fn derive(root: &Path, log: &Log) -> Result<Derived, Stop> {
    log.print("linting the spec and generating from it");
    let (document, generated) = derived::generate(root)?;
    log.print("deriving snapshots, README table, deprecation notes and the shipped code");
    Ok(derived::derive(root, &document, &generated)?)
}

fn refresh(root: &Path, log: &Log, derived: &Derived) -> Result<u8, String> {
    apply(root, log, &derived.changes)?;
    // Also if the crate does not compile, because the spec may be the reason.
    let wire = wire_changes(root, log, derived)?;
    apply(root, log, &wire.changes)?;
    log.print("for the pull request (cargo xtask summary repeats it, from any commit on):");
    // Compared with the last commit, so that a second run prints the same.
    match since::since(root, "HEAD", derived) {
        Ok(summary) => print(&summary),
        Err(error) => log.print(&format!("nothing to compare with: {error}")),
    }
    if let Some(failure) = wire.failure {
        return Err(failure);
    }
    let by_hand = by_hand(derived);
    if by_hand.is_empty() {
        return Ok(FRESH);
    }
    eprintln!("\n{by_hand}fix this by hand, then run: {FIX}");
    Ok(STALE)
}

fn check(root: &Path, log: &Log, derived: &Derived) -> Result<u8, String> {
    let mut changes = derived.changes.clone();
    let wire = wire_changes(root, log, derived)?;
    changes.extend(wire.changes);
    print(&changes.iter().map(difference).collect::<String>());
    // A left-over snapshot fails the tests, and was reported.
    let may_fail = changes
        .iter()
        .any(|change| change.after.is_none() && snapshots::is_of_wire(&change.path));
    if let Some(failure) = wire.failure.filter(|_| !may_fail) {
        return Err(failure);
    }
    let by_hand = by_hand(derived);
    let last = match (changes.len(), by_hand.is_empty()) {
        (0, true) => {
            if derived.missing.is_empty() {
                log.print("compiling every target with all features");
                compile(root)?;
            }
            log.print("everything is up to date");
            return Ok(FRESH);
        }
        (0, false) => format!("\n{by_hand}fix this by hand, then run: {FIX}\n"),
        (1, true) => format!("\n1 file is stale; fix it with: {FIX}\n"),
        (count, true) => format!("\n{count} files are stale; fix them with: {FIX}\n"),
        (_, false) => format!("\n{by_hand}fix this by hand, and the rest with: {FIX}\n"),
    };
    print(&last);
    Ok(STALE)
}

/// With the tests of all crates: a target that does not compile is not up to date.
fn compile(root: &Path) -> Result<(), String> {
    let mut command = cargo::command(root);
    command.args([
        "check",
        "--quiet",
        "--workspace",
        "--all-targets",
        "--all-features",
    ]);
    cargo::run(
        command,
        "a crate or a test does not compile with all features",
    )
    .map(drop)
}

/// Leaves out generated code: its changes show in the snapshots.
fn difference(change: &Change) -> String {
    match &change.after {
        Some(_) if derived::is_generated(&change.path) => format!(
            "{}: not what the generator makes of the spec\n",
            change.path
        ),
        Some(after) => diff::of(
            &change.path,
            change.before.as_deref().unwrap_or_default(),
            after,
        ),
        None => format!("{}: left over, nothing refers to it\n", change.path),
    }
}

fn apply(root: &Path, log: &Log, changes: &[Change]) -> Result<(), String> {
    for change in changes {
        log.print(&format!(
            "{} {}",
            if change.after.is_some() {
                "writing"
            } else {
                "removing"
            },
            change.path
        ));
        change.apply(root)?;
    }
    Ok(())
}

fn wire_changes(root: &Path, log: &Log, derived: &Derived) -> Result<Wire, String> {
    if !derived.missing.is_empty() {
        return Ok(Wire {
            changes: Vec::new(),
            failure: None,
        });
    }
    log.print("building the crate and running its wire tests");
    wire::changes(root)
}

/// Prints the manual steps.
fn by_hand(derived: &Derived) -> String {
    derived
        .missing
        .iter()
        .chain(&derived.by_hand)
        .map(|error| format!("{error}\n\n"))
        .collect()
}

/// Prints each step on standard error, with the seconds since the start.
struct Log(Instant);

impl Log {
    fn print(&self, what: &str) {
        eprintln!("{:>5.1}s {what}", self.0.elapsed().as_secs_f32());
    }
}
