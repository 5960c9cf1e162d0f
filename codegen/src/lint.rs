//! Checks the specification: against OpenAPI, against the limits of progenitor, and against the rules of this project.
//!
//! progenitor panics on many documents that OpenAPI allows, and openapiv3 silently drops unknown keys. So lint refuses everything that is
//! not known to work, with its line and a help, before either of them reads the document. Each module holds a group of rules, and each
//! rule its message.

mod component;
mod context;
mod document;
mod exchange;
mod keys;
mod operation;
mod operations;
mod parameter;
mod path;
pub(crate) mod place;
mod prose;
mod reference;
mod schema;
mod schema_shapes;
mod secret;
mod shape;
mod shapes;
mod spelling;
mod text;
mod version;

use crate::diagnostic::Diagnostic;
use crate::loader;
use crate::yaml::Node;
use context::Lint;

/// Reads a specification without errors, or reports all its errors.
pub fn read(text: &str) -> Result<Node, Vec<Diagnostic>> {
    let document = loader::parse(text).map_err(|error| vec![error])?;
    let mut errors = check(&document);
    errors.extend(text::check(text));
    errors.sort_by_key(|error| error.line);
    if errors.is_empty() {
        Ok(document)
    } else {
        Err(errors)
    }
}

/// Returns every error of the document, in the order of the lines.
fn check(document: &Node) -> Vec<Diagnostic> {
    let mut lint = Lint {
        document,
        operation: None,
        errors: Vec::new(),
    };
    document::check(&mut lint);
    if ["paths", "components"].iter().any(|key| {
        document
            .get(key)
            .is_none_or(|part| part.entries().is_empty())
    }) {
        // All other errors would follow from this one.
        return lint.errors;
    }
    version::check_list(&mut lint);
    path::check(&mut lint);
    let operations = operation::all(document);
    for operation in &operations {
        lint.operation = Some(operation.label());
        operation::check(&mut lint, operation);
        parameter::check(&mut lint, operation);
        exchange::check(&mut lint, operation);
    }
    operations::check(&mut lint, &operations);
    lint.operation = None;
    component::check(&mut lint);
    prose::check(&mut lint, document);
    lint.errors.sort_by_key(|error| error.line);
    // An error in something that several operations share is found once for each of them.
    lint.errors.dedup();
    lint.errors
}
