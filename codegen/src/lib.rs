#![doc = include_str!("../README.md")]

pub mod diagnostic;
pub mod generate;
pub mod lint;
pub mod loader;
pub mod passes;
mod prose;
mod reference;
pub mod source;
pub mod surface;
pub mod table;
pub mod versions;
pub mod yaml;

use diagnostic::Diagnostic;

/// The Rust source that one spec gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Generated {
    /// Types and calls, for `src/generated.rs`.
    pub client: String,
    /// The operations table, for the module `operations` in it.
    pub operations: String,
}

/// Lints `spec` and generates from it. Every error is reported at once, and a spec with errors never reaches progenitor.
pub fn run(spec: &str) -> Result<Generated, Vec<Diagnostic>> {
    generated(spec, &lint::read(spec)?)
}

/// Generates from `spec`, whose `document` is without errors.
pub fn generated(spec: &str, document: &yaml::Node) -> Result<Generated, Vec<Diagnostic>> {
    Ok(Generated {
        client: generate::client(document)?,
        operations: format!(
            "{HASH_MARK}{:016x}\n{}",
            source::content_hash(spec.as_bytes()),
            table::client::render(document)
        ),
    })
}

/// The beginning of the operations table, before the hash of the spec's text: a build without the generator compares that hash with the
/// spec beside it.
const HASH_MARK: &str = "// content hash of the spec: ";
