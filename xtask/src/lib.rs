//! The maintainer's tasks, as a library so that its tests reach the generator.
#![allow(
    clippy::print_stderr,
    reason = "a command line tool talks to its terminal"
)]

mod change;
pub mod derived;
mod diff;
pub mod drift;
mod notes;
pub mod ops;
mod readme;
pub mod regen;
pub mod show;
pub mod since;
mod snapshots;
pub mod summary;
mod wire;

use std::io::Write as _;

/// Prints what a task has to say. Whoever reads it may stop in the middle.
pub fn print(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}
