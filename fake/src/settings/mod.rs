//! Settings files in TOML, for tests that are not written in Rust.

pub(crate) mod error;
mod faults;
mod file;
mod reader;
mod source;
