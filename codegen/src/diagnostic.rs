//! Errors in the specification, reported as a compiler reports them.

use std::fmt;

/// The file that errors are reported against, seen from the root of the repository.
pub const SPEC: &str = "openapi/ghes-oauth.yaml";

/// One error: its place, and how to fix it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Diagnostic {
    /// Counted from 1.
    pub line: usize,
    /// The operation with the error, by id, or by method and path if it has no id.
    pub operation: Option<String>,
    /// The problem, in one line without a full stop.
    pub what: String,
    /// What to do about it.
    pub help: String,
}

impl Diagnostic {
    /// An error of no operation in particular.
    pub fn new(line: usize, what: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            line,
            operation: None,
            what: what.into(),
            help: help.into(),
        }
    }
}

/// Returns the error for a spec that cannot be read.
pub fn unreadable(error: &std::io::Error) -> String {
    format!(
        "error: the specification cannot be read: {error}\n --> {SPEC}\n  = help: restore it: git checkout -- {SPEC}"
    )
}

/// ```text
/// error: apps/check-token: path parameter `client_id` is not declared
///  --> openapi/ghes-oauth.yaml:57
///   = help: add it under `parameters`
/// ```
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("error: ")?;
        if let Some(operation) = &self.operation {
            write!(f, "{operation}: ")?;
        }
        write!(
            f,
            "{}\n --> {SPEC}:{}\n  = help: {}",
            self.what, self.line, self.help
        )
    }
}
