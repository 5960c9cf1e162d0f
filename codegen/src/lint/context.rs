//! The state that the rules share: the document, and the errors so far.

use crate::diagnostic::Diagnostic;
use crate::yaml::Node;

/// A run of the lint over one document.
pub(super) struct Lint<'a> {
    pub(super) document: &'a Node,
    /// The current operation, by its name in messages.
    pub(super) operation: Option<String>,
    pub(super) errors: Vec<Diagnostic>,
}

impl Lint<'_> {
    /// Reports an error of the current operation.
    pub(super) fn error(&mut self, line: usize, what: impl Into<String>, help: impl Into<String>) {
        let operation = self.operation.clone();
        self.errors.push(Diagnostic {
            operation,
            ..Diagnostic::new(line, what, help)
        });
    }
}
