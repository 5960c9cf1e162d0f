//! The command line. Completions and man pages are made from the same types.

pub(crate) mod cli;
pub(crate) mod connection;
pub(crate) mod fake;
mod input;
pub(crate) mod lists;
pub(crate) mod secrets;
pub(crate) mod tokens;
pub(crate) mod triage;
pub(crate) mod usage;
