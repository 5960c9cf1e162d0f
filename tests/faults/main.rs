//! What the client does when things go wrong: a scripted server plays every fault with every operation that can meet it.
//!
//! Each trial has a name, and cargo's own filter finds it: `cargo test --test faults retry_after`,
//! `cargo test --test faults -- --exact 404::html`, `cargo test --test faults -- --list`.
//!
//! - [`cases`] are data: an input, what the server does, what must come of it. A trial runs one case over all the operations
//!   that it applies to. Each run counts the requests and searches all that is printed for the secrets of [`secrets`].
//! - [`truncated`], [`dropped`], [`crowds`] and [`process`] are written out.
//! - [`trial`] searches the logs of every trial at `TRACE`, and fails it for a panic in any thread.
//!
//! `UPDATE_FAULTS=1 cargo test --test faults` writes the figures of the whole suite into `docs/faults.md`; see [`figures`].
//! The same cases are put to a raw generated client by `cargo test --manifest-path tests/raw-client/Cargo.toml`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the figures are for people"
)]

mod answers;
mod bodies;
mod calls;
mod case;
mod cases;
mod certificates;
mod crowds;
mod dropped;
mod figures;
mod leaks;
mod many;
mod permits;
mod process;
mod published;
mod requests;
mod search;
mod secrets;
mod server;
mod setup;
mod trial;
mod truncated;

use libtest_mimic::{Arguments, Trial};

fn main() {
    if let Ok(task) = std::env::var(process::TASK) {
        return process::child_main(&task);
    }
    leaks::install();
    let mut arguments = Arguments::from_args();
    // Most of a trial is waiting, for a pause or a timeout.
    arguments.test_threads.get_or_insert(permits::RUNS);
    let conclusion = libtest_mimic::run(&arguments, trials());
    let incomplete = conclusion.has_failed() || conclusion.num_filtered_out > 0;
    if let Err(error) = figures::update(incomplete) {
        eprintln!("{error}");
        std::process::exit(1);
    }
    conclusion.exit()
}

fn trials() -> Vec<Trial> {
    let mut trials = truncated::trials();
    trials.extend(cases::all().into_iter().map(case::Case::trial));
    trials.extend(dropped::trials());
    trials.extend(process::trials());
    trials.extend(search::trials());
    trials.extend(crowds::trials());
    trials
}
