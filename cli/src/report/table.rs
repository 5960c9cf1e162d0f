//! Tables for people.

use crate::journal::entry::Entry;
use std::io::{self, Write};

/// Writes the heading of a report.
pub(super) fn heading(out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "{:11} {:8} {:28} {:16} {:16} SOURCE",
        "KIND", "ENDS IN", "VERDICT", "OWNER", "SCOPES"
    )
}

/// Writes one row of a report, which fits into most terminals unless paths are long.
pub(super) fn row(out: &mut dyn Write, entry: &Entry) -> io::Result<()> {
    let scopes = entry.scopes.as_ref().map(|scopes| scopes.join(","));
    let line = entry
        .line
        .map(|line| format!(":{line}"))
        .unwrap_or_default();
    writeln!(
        out,
        "{:11} {:8} {:28} {:16} {:16} {}{line}",
        entry.kind,
        entry.last_eight,
        printable(&entry.words()),
        printable(entry.login.as_deref().unwrap_or("-")),
        printable(
            scopes
                .as_deref()
                .filter(|text| !text.is_empty())
                .unwrap_or("-")
        ),
        printable(&entry.source),
    )
}

/// Writes rows of cells under a heading, each column as wide as its widest cell.
pub(crate) fn columns(
    out: &mut dyn Write,
    heading: &[&str],
    rows: &[Vec<String>],
) -> io::Result<()> {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        let widest = cells.map(|cell| cell.chars().count()).max().unwrap_or(0);
        widest.max(heading[column].len())
    };
    let widths: Vec<usize> = (0..heading.len()).map(width).collect();
    let mut write = |cells: &mut dyn Iterator<Item = &str>| {
        let cells = cells
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:width$}"));
        writeln!(out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    write(&mut heading.iter().copied())?;
    rows.iter()
        .try_for_each(|row| write(&mut row.iter().map(String::as_str)))
}

/// Returns the text without control characters: a note or a path must not move the cursor of a terminal.
pub(crate) fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { '?' } else { c })
        .collect()
}
