#![doc = include_str!("../README.md")]

pub mod fake;
pub mod fault;
pub mod generate;
pub mod lint;
pub mod passes;
pub mod prose;
pub mod source;
pub mod surface;
pub mod table;
pub mod yaml;

use fault::Fault;

/// The Rust source that one spec gives.
#[derive(Debug)]
pub struct Generated {
    /// Types and calls, for `src/generated.rs`.
    pub client: String,
    /// The operations table, for `src/model/operations.rs`.
    pub operations: String,
}

/// Lints `spec` and generates from it; every fault is reported at once, and none reaches progenitor.
pub fn run(spec: &str) -> Result<Generated, Vec<Fault>> {
    generated(&lint::read(spec)?)
}

/// Generates from a specification that has no fault.
pub fn generated(document: &yaml::Node) -> Result<Generated, Vec<Fault>> {
    let json = document.to_json();
    let operations = table::operations(document, &json);
    Ok(Generated {
        client: generate::client(json)?,
        operations: table::render(&operations),
    })
}
