//! A settings file: what a builder says, as TOML, for whoever does not write Rust.

pub(crate) mod error;
mod faults;
mod file;
mod reader;
mod source;
mod version;
