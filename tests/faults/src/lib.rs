//! Fault injection: a scripted server plays every fault with every operation that can meet it.
//!
//! Each trial has a name, and cargo's own filter finds it: `cargo test --test faults retry_after`,
//! `cargo test --test faults -- --exact 404::html`, `cargo test --test faults -- --list`.
//!
//! - [`cases`] are data: an input, the server's script, the expected result. A trial runs one case over all operations that it applies to.
//!   Each run counts the requests and searches everything that is printed for the secrets of [`secrets`].
//! - `truncated`, `dropped`, `crowds` and `process` are written out.
//! - [`trial`] searches the logs of every trial at `TRACE`, and fails it for a panic in any thread.
//!
//! `UPDATE_FAULTS=1 cargo test --test faults` writes the figures of the whole suite into `docs/faults.md`; see [`figures`].
//! `cargo test --manifest-path tests/raw-client/Cargo.toml` runs the same cases against a raw generated client.
#![allow(
    missing_docs,
    missing_debug_implementations,
    reason = "for the tests of this repository alone"
)]
#![allow(clippy::unwrap_used, reason = "a panic fails the test")]
#![allow(clippy::print_stdout, reason = "a child reports by it")]

mod bodies;
pub mod case;
pub mod cases;
pub mod certificates;
mod crowds;
mod dropped;
pub mod figures;
mod http2;
pub mod leaks;
mod many;
pub mod permits;
pub mod process;
mod programs;
pub mod published;
pub mod requests;
pub mod responses;
mod search;
pub mod secrets;
pub mod server;
pub mod setup;
pub mod trial;
pub mod truncated;

use libtest_mimic::Trial;

/// Every trial; those that wait longest come first.
pub fn trials() -> Vec<Trial> {
    let mut trials = http2::trials();
    trials.extend(truncated::trials());
    trials.extend(cases::all().into_iter().map(case::Case::trial));
    trials.extend(dropped::trials());
    trials.extend(process::trials());
    trials.extend(programs::trials());
    trials.extend(search::trials());
    trials.extend(crowds::trials());
    trials
}
