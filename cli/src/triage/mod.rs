//! From files of leaked tokens to a report on each.

pub(crate) mod command;
mod engine;
mod judge;
mod plan;
mod reports;
