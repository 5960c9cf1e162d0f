//! What users see of the spec, as text: a sheet for each operation and type, and one for the document.
//!
//! A sheet has one fact a line, so that a diff by line is a diff by fact. Rust types are those of the generated code and
//! everything else is the spec's: a generator that gives the same types changes no line, however it writes them, and
//! neither does an edit of the spec without meaning.

mod data;
mod document;
mod facts;
mod methods;
mod operation;
mod source;
mod spec;
mod tidy;

pub use source::{HANDWRITTEN, Source};

use crate::table::{self, Operation};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The sheets by name, such as `op.apps.check-token` and `type.Authorization`.
pub type Surface = BTreeMap<String, String>;

/// Reads the surface; fails only on Rust that is none.
pub fn of(source: &Source<'_>) -> Result<Surface, String> {
    let json = source.document.to_json();
    let code = tidy::Code::parse(source.client)
        .map_err(|error| format!("error: the generated client is no Rust: {error}"))?;
    let methods = methods::read(source)?;
    let exported = tidy::exported(source.handwritten[3]).map_err(|error| {
        format!("error: src/lib.rs is no Rust: {error}\n  = help: cargo check tells where")
    })?;

    let mut surface = Surface::from([("document".to_owned(), document::facts(&json).text())]);
    for operation in table::operations(source.document, &json) {
        let method = methods
            .iter()
            .find(|method| method.function == operation.function());
        let facts = operation::facts(
            &json,
            &operation,
            code.functions.get(&operation.function()),
            method,
        );
        surface.insert(operation_sheet(&operation.id), facts.text());
    }
    let roles = spec::roles(&json);
    for name in schemas(&json) {
        let facts = data::facts(&json, &name, &code, roles.get(&name), &exported);
        surface.insert(format!("type.{name}"), facts.text());
    }
    Ok(surface)
}

/// How the handwritten methods and their `#[deprecated]` attributes disagree with the operations.
pub fn errors(source: &Source<'_>, operations: &[Operation]) -> Result<Vec<String>, String> {
    Ok(methods::errors(operations, &methods::read(source)?))
}

/// The sheet of an operation: `op.apps.check-token`.
fn operation_sheet(id: &str) -> String {
    format!("op.{}", id.replace('/', "."))
}

fn schemas(json: &Value) -> BTreeSet<String> {
    json["components"]["schemas"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, _)| name.clone())
        .collect()
}
