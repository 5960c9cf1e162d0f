//! The maintainer's tasks, as a library so that its tests reach the generator.
#![allow(
    clippy::print_stderr,
    reason = "a command line tool talks to its terminal"
)]

pub mod api;
mod cargo;
mod change;
mod deprecation;
pub mod derived;
mod diff;
pub mod drift;
pub mod modules;
pub mod ops;
pub mod package;
mod readme;
pub mod regen;
pub mod show;
pub mod since;
mod snapshots;
pub mod summary;
pub mod terminal;
pub mod version;
mod wire;
