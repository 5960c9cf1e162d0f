//! Checks the specification: against OpenAPI, against what progenitor can generate from, and against this house.
//!
//! progenitor panics on much of what OpenAPI allows, and `openapi` drops keys that it does not know without a word.
//! So whatever is not known to work is a fault here, with its line and its mend, before either of them sees the
//! document. One module holds one group of rules, and the message stands beside its rule.

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

use super::fault::Fault;
use super::yaml::{self, Node};

/// Reads a specification that has no fault, or tells all that it has.
pub fn read(text: &str) -> Result<Node, Vec<Fault>> {
    let document = yaml::parse(text).map_err(|fault| vec![fault])?;
    let mut faults = check(&document);
    faults.extend(text::check(text));
    faults.sort_by_key(|fault| fault.line);
    if faults.is_empty() {
        Ok(document)
    } else {
        Err(faults)
    }
}

/// Every fault of the document, from its first line to its last.
fn check(document: &Node) -> Vec<Fault> {
    let mut lint = Lint {
        document,
        operation: None,
        faults: Vec::new(),
    };
    grammar::document(&mut lint);
    if ["paths", "components"].iter().any(|key| {
        document
            .get(key)
            .is_none_or(|part| part.entries().is_empty())
    }) {
        // Everything else would follow from that.
        return lint.faults;
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
    lint.faults.sort_by_key(|fault| fault.line);
    // What several operations share is found once for each of them.
    lint.faults.dedup();
    lint.faults
}

/// What the rules share.
struct Lint<'a> {
    document: &'a Node,
    /// The operation at hand, by the name it goes by in messages.
    operation: Option<String>,
    faults: Vec<Fault>,
}

impl Lint<'_> {
    fn fault(&mut self, line: usize, what: impl Into<String>, mend: impl Into<String>) {
        let operation = self.operation.clone();
        self.faults.push(Fault {
            operation,
            ..Fault::new(line, what, mend)
        });
    }
}
