//! Replaces tokens so that each loss in a killed process is known.

pub(crate) mod command;
mod log;
mod store;
