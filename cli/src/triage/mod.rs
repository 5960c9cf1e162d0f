//! Checks and revokes the tokens in files, and reports on each.

pub(crate) mod command;
mod engine;
mod judge;
mod plan;
mod reports;
