//! A table of the README that a test measures: compared with what stands there, or written into it.

use std::path::Path;

/// One such table.
pub(crate) struct Table {
    /// The lines before and behind it.
    pub(crate) begin: &'static str,
    pub(crate) end: &'static str,
    /// The variable of the environment that asks for writing it, and the test that does.
    pub(crate) update: &'static str,
    pub(crate) command: &'static str,
    /// What its lines contain that may differ from run to run.
    pub(crate) varying: &'static str,
}

impl Table {
    /// Writes the table into the README of this folder where the environment asks for it; else compares them.
    pub(crate) fn publish(&self, folder: &Path, new: &str) -> Result<(), String> {
        let path = folder.join("README.md");
        let readme = std::fs::read_to_string(&path).map_err(|error| error.to_string())?;
        let Some((before, rest)) = readme.split_once(self.begin) else {
            return Err(format!("README.md has no {}", self.begin));
        };
        let Some((old, after)) = rest.split_once(self.end) else {
            return Err(format!("README.md has no {}", self.end));
        };
        if std::env::var_os(self.update).is_some() {
            return std::fs::write(
                &path,
                format!("{before}{}{new}{}{after}", self.begin, self.end),
            )
            .map_err(|error| error.to_string());
        }
        if self.lasting(old) == self.lasting(new) {
            Ok(())
        } else {
            Err(format!(
                "the figures in README.md are others; to renew them: {}=1 {}",
                self.update, self.command
            ))
        }
    }

    /// The lines that are the same in every run on every machine.
    fn lasting<'a>(&self, table: &'a str) -> Vec<&'a str> {
        table
            .lines()
            .filter(|line| !line.contains(self.varying) && !line.is_empty())
            .collect()
    }
}

/// How many of so many, the total first.
pub(crate) fn share((all, some): (usize, usize)) -> String {
    format!("{} of {}", thousands(some), thousands(all))
}

pub(crate) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
