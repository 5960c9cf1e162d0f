//! Replaces tokens so that a killed process loses none unseen.

pub(crate) mod command;
mod log;
mod store;
