//! The text of a settings file, and the line of an error in it.

use crate::settings::error::SettingsError;
use crate::spec::version::Version;
use serde::de::DeserializeOwned;
use serde_path_to_error::{Path, Segment};
use std::ops::Range;
use toml::Spanned;

/// The text of a settings file.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a>(pub(crate) &'a str);

impl Source<'_> {
    /// Reads the file. An error names the key and describes a valid value, but does not show the value.
    pub(crate) fn read<T: DeserializeOwned>(self) -> Result<T, SettingsError> {
        let parsed = toml::Deserializer::parse(self.0).map_err(|error| {
            let start = start(error.span());
            self.error(start, self.key_of_line(start), "this line is not TOML")
        })?;
        serde_path_to_error::deserialize(parsed).map_err(|error| {
            let cause = error.inner();
            self.error(start(cause.span()), key(error.path()), &reason(cause))
        })
    }

    /// Returns the error for a value that has the right type and is wrong nevertheless.
    pub(crate) fn wrong<T>(
        self,
        value: &Spanned<T>,
        key: impl Into<String>,
        reason: &str,
    ) -> SettingsError {
        self.error(value.span().start, key.into(), reason)
    }

    /// Reads a version of GHES such as `3.16`.
    pub(crate) fn version(
        self,
        key: &str,
        text: &Spanned<String>,
    ) -> Result<Version, SettingsError> {
        let numbers = text.get_ref().split_once('.');
        numbers
            .and_then(|(major, minor)| Some(Version::new(major.parse().ok()?, minor.parse().ok()?)))
            .ok_or_else(|| self.wrong(text, key, "a version of GHES reads like \"3.16\""))
    }

    fn error(self, start: usize, key: String, reason: &str) -> SettingsError {
        let before = self.0.get(..start).unwrap_or_default();
        SettingsError {
            line: before.matches('\n').count() + 1,
            key,
            reason: reason.to_owned(),
        }
    }

    /// Returns the key at the beginning of a line, unless it might be something else.
    fn key_of_line(self, start: usize) -> String {
        let before = self.0.get(..start).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |index| index + 1);
        let line = self.0[line_start..].lines().next().unwrap_or_default();
        let is_name = |key: &&str| {
            key.len() <= LONGEST_KEY
                && key
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        };
        let key = line.split_once('=').map(|(key, _)| key.trim());
        key.filter(is_name).unwrap_or_default().to_owned()
    }
}

/// As long as `create_authorization_gone`.
const LONGEST_KEY: usize = 25;

fn start(span: Option<Range<usize>>) -> usize {
    span.map_or(0, |span| span.start)
}

/// Returns a path such as `users[0].password`. A `Spanned` value adds a segment whose name begins with a dollar sign.
fn key(path: &Path) -> String {
    let mut text = String::new();
    for segment in path.iter() {
        match segment {
            Segment::Seq { index } => text.push_str(&format!("[{index}]")),
            Segment::Map { key } if !key.starts_with('$') => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(key);
            }
            _ => {}
        }
    }
    text
}

/// Returns the description of a valid value. The rest of serde's messages quotes the value, unless it is about the name of a field.
fn reason(error: &toml::de::Error) -> String {
    let message = error.message();
    let names_a_field = ["unknown field ", "missing field "]
        .iter()
        .any(|known| message.starts_with(known));
    match message.rsplit_once(", expected ") {
        _ if names_a_field => message.to_owned(),
        Some((_, expected)) => format!("expected {expected}"),
        None => "this setting has another type".to_owned(),
    }
}
