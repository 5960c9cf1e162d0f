//! The formats, and how to recognize them by their content.

use std::fmt;
use std::io::{self, Read};

/// How much of an input is read to find out its format.
const PEEKED: usize = 64 * 1024;

/// A format of input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// One token a line, or lines of any text with tokens in them
    Lines,
    /// A table with a header; see --column
    Csv,
    /// The JSON report of gitleaks
    Gitleaks,
    /// The NDJSON of trufflehog
    Trufflehog,
    /// GitHub's secret-scanning alerts as JSON
    SecretScanning,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Lines => "lines",
            Self::Csv => "CSV",
            Self::Gitleaks => "gitleaks' JSON",
            Self::Trufflehog => "trufflehog's NDJSON",
            Self::SecretScanning => "secret-scanning alerts",
        })
    }
}

/// Reads the beginning of an input: the first line, or more if it may be JSON.
pub(super) fn peek(reader: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut start = vec![0; PEEKED];
    let mut length = 0;
    while length < start.len() {
        let is_enough = !is_json(&start[..length]) && start[..length].contains(&b'\n');
        match reader.read(&mut start[length..])? {
            0 => break,
            read => length += read,
        }
        if is_enough {
            break;
        }
    }
    start.truncate(length);
    Ok(start)
}

/// Returns the program that compressed an input which begins like this.
pub(super) fn compression(start: &[u8]) -> Option<&'static str> {
    const SIGNATURES: [(&[u8], &str); 5] = [
        (b"\x1f\x8b", "gzip"),
        (b"PK\x03\x04", "zip"),
        (b"BZh", "bzip2"),
        (b"\xfd7zXZ\0", "xz"),
        (b"\x28\xb5\x2f\xfd", "zstd"),
    ];
    SIGNATURES
        .iter()
        .find(|(signature, _)| start.starts_with(signature))
        .map(|(_, program)| *program)
}

/// Returns the format that the beginning of an input has.
pub(super) fn detect(start: &[u8], has_column: bool) -> Format {
    let start = start.trim_ascii_start();
    if is_json(start) {
        let has = |key: &str| find(start, format!("\"{key}\"").as_bytes());
        if has("SourceMetadata") || has("DetectorName") {
            return Format::Trufflehog;
        }
        if has("secret_type") {
            return Format::SecretScanning;
        }
        if has("RuleID") && has("Secret") {
            return Format::Gitleaks;
        }
        // gitleaks and `gh api` write this if they found nothing.
        if start.trim_ascii() == b"[]" {
            return Format::Gitleaks;
        }
        return Format::Lines;
    }
    let header = first_line(start);
    let delimiter = delimiter(start);
    let mut fields = header.split(|&byte| byte == delimiter);
    let is_table = fields.clone().count() > 1 || has_column;
    if has_column || (is_table && secret_column(&mut fields).is_some()) {
        return Format::Csv;
    }
    Format::Lines
}

/// Returns the delimiter of a table: the most frequent candidate of its first line.
pub(super) fn delimiter(start: &[u8]) -> u8 {
    let count = |delimiter: u8| {
        let header = first_line(start).iter();
        header.filter(|&&byte| byte == delimiter).count()
    };
    // `max_by_key` takes the last of equals.
    *b"|\t;,"
        .iter()
        .max_by_key(|&&delimiter| count(delimiter))
        .unwrap_or(&b',')
}

/// Returns the first column whose name says that it holds secrets.
pub(super) fn secret_column<'a>(names: impl IntoIterator<Item = &'a [u8]>) -> Option<usize> {
    const NAMES: [&str; 7] = [
        "secret",
        "token",
        "access_token",
        "accesstoken",
        "oauth_token",
        "github_token",
        "raw",
    ];
    names.into_iter().position(|name| {
        let name = name.trim_ascii();
        let name = name
            .strip_prefix(b"\"")
            .and_then(|name| name.strip_suffix(b"\""))
            .unwrap_or(name);
        NAMES
            .iter()
            .any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
    })
}

fn is_json(start: &[u8]) -> bool {
    matches!(start.trim_ascii_start().first(), Some(b'[' | b'{'))
}

fn first_line(start: &[u8]) -> &[u8] {
    start
        .split(|&byte| byte == b'\n')
        .next()
        .unwrap_or_default()
}

fn find(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}
