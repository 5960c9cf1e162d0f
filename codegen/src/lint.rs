//! Checks the specification: against OpenAPI, against what progenitor can generate from, and against this house.
//!
//! progenitor panics on much of what OpenAPI allows, and `openapi` drops keys that it does not know without a word.
//! So whatever is not known to work is a error here, with its line and its help, before either of them sees the
//! document. One module holds one group of rules, and the message is next to its rule.

mod component;
mod exchange;
mod grammar;
mod operation;
mod parameter;
mod path;
mod prose;
mod reference;
mod schema;
mod secret;
mod shapes;
mod spelling;
mod text;
mod version;

pub use schema::HANDWRITTEN;

use super::diagnostic::Diagnostic;
use super::yaml::{self, Node};

/// Reads a specification without errors, or tells all that it has.
pub fn read(text: &str) -> Result<Node, Vec<Diagnostic>> {
    let document = yaml::parse(text).map_err(|error| vec![error])?;
    let mut errors = check(&document);
    errors.extend(text::check(text));
    errors.sort_by_key(|error| error.line);
    if errors.is_empty() {
        Ok(document)
    } else {
        Err(errors)
    }
}

/// Every error of the document, from its first line to its last.
fn check(document: &Node) -> Vec<Diagnostic> {
    let mut lint = Lint {
        document,
        operation: None,
        errors: Vec::new(),
    };
    grammar::document(&mut lint);
    if ["paths", "components"].iter().any(|key| {
        document
            .get(key)
            .is_none_or(|part| part.entries().is_empty())
    }) {
        // Everything else would follow from that.
        return lint.errors;
    }
    path::check(&mut lint);
    let operations = operation::all(document);
    for operation in &operations {
        lint.operation = Some(operation.label());
        operation::check(&mut lint, operation);
        parameter::check(&mut lint, operation);
        exchange::check(&mut lint, operation);
    }
    operation::across(&mut lint, &operations);
    lint.operation = None;
    component::check(&mut lint);
    prose::check(&mut lint, document);
    lint.errors.sort_by_key(|error| error.line);
    // What several operations share is found once for each of them.
    lint.errors.dedup();
    lint.errors
}

/// What the rules share.
struct Lint<'a> {
    document: &'a Node,
    /// The operation at hand, by the name it goes by in messages.
    operation: Option<String>,
    errors: Vec<Diagnostic>,
}

impl Lint<'_> {
    fn error(&mut self, line: usize, what: impl Into<String>, help: impl Into<String>) {
        let operation = self.operation.clone();
        self.errors.push(Diagnostic {
            operation,
            ..Diagnostic::new(line, what, help)
        });
    }
}
