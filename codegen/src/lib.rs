#![doc = include_str!("../README.md")]

pub mod diagnostic;
pub mod fake;
pub mod generate;
pub mod lint;
pub mod passes;
pub mod prose;
pub mod source;
pub mod surface;
pub mod table;
pub mod yaml;

use diagnostic::Diagnostic;

/// The Rust source that one spec gives.
#[derive(Debug)]
pub struct Generated {
    /// Types and calls, for `src/generated.rs`.
    pub client: String,
    /// The operations table, for `src/model/operations.rs`.
    pub operations: String,
}

/// Lints `spec` and generates from it; every error is reported at once, and none reaches progenitor.
pub fn run(spec: &str) -> Result<Generated, Vec<Diagnostic>> {
    generated(&lint::read(spec)?)
}

/// Generates from a specification without errors.
pub fn generated(document: &yaml::Node) -> Result<Generated, Vec<Diagnostic>> {
    let json = document.to_json();
    let operations = table::operations(document, &json);
    Ok(Generated {
        client: generate::client(json)?,
        operations: table::render(&operations),
    })
}
