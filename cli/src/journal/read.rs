//! Reads journals, which may be damaged or merged by `cat`.

use super::entry::{Entry, Header};
use serde::de::IgnoredAny;
use std::io::{self, BufRead, BufReader, Read};

/// One line of a journal.
pub(crate) enum Line {
    Header(Header),
    Entry(Box<Entry>),
    /// Torn, or damaged by a power failure.
    Torn,
    /// Whole, and not a journal's.
    Foreign,
}

/// Calls `each` with every line.
pub(crate) fn lines(reader: impl Read, mut each: impl FnMut(Line)) -> io::Result<()> {
    let mut reader = BufReader::new(reader);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line)? > 0 {
        // After a power failure a block of zeros may precede what was written next.
        let text = line.trim_ascii();
        let start = text
            .iter()
            .position(|&byte| byte != 0)
            .unwrap_or(text.len());
        if start < text.len() || start > 0 {
            each(parse(&text[start..]));
        }
        line.clear();
    }
    Ok(())
}

fn parse(line: &[u8]) -> Line {
    if let Ok(entry) = serde_json::from_slice::<Entry>(line) {
        return Line::Entry(Box::new(entry));
    }
    match serde_json::from_slice(line) {
        Ok(header) => Line::Header(header),
        Err(_) if !line.starts_with(b"{") => Line::Foreign,
        Err(_) if serde_json::from_slice::<IgnoredAny>(line).is_ok() => Line::Foreign,
        Err(_) => Line::Torn,
    }
}
