//! What is wrong with a settings file.

use std::fmt;

/// What is wrong with a settings file: the line and the reason, without anything that the file says.
#[derive(Debug, PartialEq, Eq)]
pub struct SettingsError {
    pub(crate) line: usize,
    pub(crate) reason: String,
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

impl std::error::Error for SettingsError {}
