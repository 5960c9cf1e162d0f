//! Reads tokens from lists, logs, tables and the reports of secret scanners.

mod bound;
mod csv;
pub(crate) mod format;
mod json;
mod lines;
pub(crate) mod output;
pub(crate) mod read;
mod text;
