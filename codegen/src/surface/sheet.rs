//! The lines of a sheet.

use std::fmt::Write as _;

/// Keys and values, in the order of the sheet.
#[derive(Default)]
pub(super) struct Facts(Vec<(String, String)>);

impl Facts {
    pub(super) fn add(&mut self, key: impl Into<String>, value: impl Into<String>) {
        self.0.push((key.into(), value.into()));
    }

    /// Leaves out what the spec leaves out.
    pub(super) fn add_some(&mut self, key: impl Into<String>, value: Option<String>) {
        if let Some(value) = value {
            self.add(key, value);
        }
    }

    pub(super) fn text(&self) -> String {
        self.0.iter().fold(String::new(), |mut text, (key, value)| {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{key}: {value}");
            text
        })
    }
}
