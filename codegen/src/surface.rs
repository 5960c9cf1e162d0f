//! The part of the spec that users see: a sheet for each operation and type, and one for the document.
//!
//! A sheet's text has one fact a line, so that a diff by line is a diff by fact. Rust types are read from the generated code, and all other
//! facts from the spec: a generator that writes the same types in another way changes no line, and neither does an edit of the spec
//! without meaning.

mod attributes;
mod code;
mod document;
mod methods;
mod operation;
pub mod sheet;
mod signature;
mod spec;
mod types;

pub use methods::METHODS;

use crate::lint::place::HANDWRITTEN;
use crate::table::{self, Operation};
use crate::yaml::Node;
use serde_json::Value;
use sheet::{Name, Sheet};
use std::collections::{BTreeMap, BTreeSet};

/// The handwritten file with the exports.
pub const LIB: &str = "src/lib.rs";

/// The sources of the surface.
#[derive(Debug)]
pub struct Source<'a> {
    /// The linted spec.
    pub document: &'a Node,
    /// The generated client.
    pub client: &'a str,
    /// The text of each file of [`METHODS`].
    pub methods: [&'a str; 5],
    /// The text of [`LIB`].
    pub lib: &'a str,
}

/// The sheets by name.
pub type Surface = BTreeMap<Name, Sheet>;

/// Reads the surface; fails only on invalid Rust.
pub fn of(source: &Source<'_>) -> Result<Surface, String> {
    let json = source.document.to_json();
    let code = code::Code::parse(source.client)
        .map_err(|error| format!("error: the generated client is not Rust: {error}"))?;
    let methods = methods::read(source.methods)?;
    let exported = exported(source)?;

    let mut surface = Surface::from([(Name::Document, document::sheet(&json))]);
    for operation in table::operations(source.document) {
        let method = methods
            .iter()
            .find(|method| method.function == operation.function());
        let sheet = operation::sheet(
            &json,
            &operation,
            code.functions.get(&operation.function()),
            method,
        );
        surface.insert(Name::Operation(operation.id), sheet);
    }
    let roles = spec::roles(&json);
    for name in schemas(&json) {
        let sheet = types::sheet(&json, &name, &code, roles.get(&name), &exported);
        surface.insert(Name::Type(name), sheet);
    }
    Ok(surface)
}

/// Returns how the handwritten code disagrees with the spec: its methods, their `#[deprecated]` attributes, and its exports.
pub fn errors(source: &Source<'_>, operations: &[Operation]) -> Result<Vec<String>, String> {
    let mut errors = methods::errors(operations, &methods::read(source.methods)?);
    let exported = exported(source)?;
    for (name, roles) in spec::roles(&source.document.to_json()) {
        let path = format!("generated::types::{name}");
        let is_generated = !HANDWRITTEN.contains(&name.as_str());
        if is_generated && roles.contains("responses") && !exported.contains(&path) {
            errors.push(format!(
                "error: {name}: responses have it, and src/lib.rs does not export it\n  = help: add it to `pub use generated::types::{{…}}`"
            ));
        }
    }
    Ok(errors)
}

fn exported(source: &Source<'_>) -> Result<BTreeSet<String>, String> {
    code::exported(source.lib).map_err(|error| {
        format!("error: {LIB} is not Rust: {error}\n  = help: cargo check names the place")
    })
}

fn schemas(json: &Value) -> BTreeSet<String> {
    json["components"]["schemas"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, _)| name.clone())
        .collect()
}
