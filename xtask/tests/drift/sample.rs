//! The descriptions, and the specification that they are compared with.

use std::fs;
use xtask::drift::{Report, Server, compare};

pub(crate) const GHES_2_19: &str = include_str!("ghes-2.19.json");
pub(crate) const GHES_3_19: &str = include_str!("ghes-3.19.json");
pub(crate) const GITHUB_COM: &str = include_str!("github.com.json");
pub(crate) const CURATION: &str = include_str!("../../../openapi/CURATION.md");

pub(crate) fn ours() -> String {
    fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../openapi/ghes-oauth.yaml"
    ))
    .unwrap()
}

pub(crate) fn report(description: &str, server: Option<Server>) -> Report {
    compare(description, &ours(), CURATION, server).unwrap()
}

/// The report on a description, line by line.
pub(crate) fn lines(description: &str) -> Vec<String> {
    report(description, None)
        .unexplained
        .iter()
        .map(ToString::to_string)
        .collect()
}
