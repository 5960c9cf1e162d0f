//! Reads reports.

use serde_json::Value;
use std::collections::HashMap;

pub(crate) const NOT_LIVE: &str = "not a live token of this app";

/// The rows of an NDJSON report.
pub(crate) fn rows(report: &str) -> Vec<Value> {
    report
        .lines()
        .map(|line| serde_json::from_str(line).expect("a row"))
        .collect()
}

/// How often each verdict is in a report.
pub(crate) fn verdicts(report: &str) -> HashMap<String, usize> {
    let mut verdicts = HashMap::new();
    for row in rows(report) {
        let verdict = row["verdict"].as_str().expect("a verdict").to_owned();
        *verdicts.entry(verdict).or_default() += 1;
    }
    verdicts
}

pub(crate) fn counts(expected: &[(&str, usize)]) -> HashMap<String, usize> {
    expected
        .iter()
        .map(|(verdict, count)| ((*verdict).to_owned(), *count))
        .collect()
}

/// Tokens that do not exist.
pub(crate) fn unknown(count: usize) -> Vec<String> {
    (0..count).map(|index| format!("gho_{index:036}")).collect()
}
