//! The record of a triage: one line a verdict, appended as it is observed, and never a token in it.

pub(crate) mod entry;
pub(crate) mod file;
pub(crate) mod read;
