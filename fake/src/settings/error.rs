//! The error of a settings file.

use std::fmt;

/// The error of a settings file: the line, the key and the reason. It shows no value, because a value may be a secret.
///
/// ```
/// use ghes_oauth_fake::Builder;
///
/// let error = Builder::from_toml("version = \"3.16\"\nlisten = 8080").unwrap_err();
/// assert_eq!(error.to_string(), "line 2: listen: expected a string");
/// ```
#[derive(Debug, PartialEq, Eq)]
pub struct SettingsError {
    pub(crate) line: usize,
    /// The key, such as `users[0].password`; empty if the error concerns no key.
    pub(crate) key: String,
    pub(crate) reason: String,
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.line)?;
        if !self.key.is_empty() {
            write!(f, "{}: ", self.key)?;
        }
        f.write_str(&self.reason)
    }
}

impl std::error::Error for SettingsError {}
