//! `cargo xtask version 3.23`: adds a GHES version to the spec, and names the texts that mention the last one.

use ghes_oauth_codegen::diagnostic::SPEC;
use ghes_oauth_codegen::loader;
use ghes_oauth_codegen::versions::{self, Version};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Files that may keep mentioning an old version, or that `regen` refreshes.
const KEPT: [&str; 7] = [
    "CHANGELOG.md",
    "Cargo.lock",
    "openapi/generated",
    "tests/data",
    "tests/snapshots",
    "xtask/tests",
    "fake/src/spec/generated.rs",
];

/// Writes the version into the spec; the text lists the manual steps.
pub fn run(root: &Path, version: &str) -> Result<String, String> {
    let path = root.join(SPEC);
    let spec = fs::read_to_string(&path).map_err(|error| format!("error: {SPEC}: {error}"))?;
    let document = loader::parse(&spec).map_err(|error| error.to_string())?;
    let known = versions::known(&document);
    let (first, newest) = *known
        .last()
        .ok_or_else(|| format!("error: {SPEC} lists no versions under `{}`", versions::KEY))?;
    let wanted = versions::parse(version)
        .ok_or_else(|| format!("error: `{version}` is not a version, such as 3.23"))?;
    if !versions::follows(wanted, newest) {
        let (next, major) = ((newest.0, newest.1 + 1), (newest.0 + 1, 0));
        return Err(format!(
            "error: GHES {version} does not follow {}\n  = help: add {} or {}",
            text(newest),
            text(next),
            text(major)
        ));
    }
    let last = format!("  - {} to {}\n", text(first), text(newest));
    let added = if wanted.0 == newest.0 {
        format!("  - {} to {version}\n", text(first))
    } else {
        format!("{last}  - {version} to {version}\n")
    };
    if !spec.contains(&last) {
        return Err(format!("error: {SPEC} has no line `{}`", last.trim_end()));
    }
    fs::write(&path, spec.replacen(&last, &added, 1))
        .map_err(|error| format!("error: {SPEC}: {error}"))?;
    let mentions = mentions(root, &text(newest))?;
    Ok(format!(
        "{SPEC}: {version} is known now\n\nleft to do:\n  cargo xtask drift FILE, with GitHub's description of {version}\n  cargo xtask regen\n{mentions}"
    ))
}

fn text(version: Version) -> String {
    format!("{}.{}", version.0, version.1)
}

/// The places that still mention the last version, by file and line.
fn mentions(root: &Path, version: &str) -> Result<String, String> {
    let output = Command::new("git")
        .current_dir(root)
        .args([
            "grep",
            "--line-number",
            "--fixed-strings",
            "--word-regexp",
            version,
        ])
        .output()
        .map_err(|error| format!("error: cannot start git: {error}"))?;
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    let is_kept = |line: &&str| KEPT.iter().any(|kept| line.starts_with(kept));
    Ok(lines
        .lines()
        .filter(|line| !is_kept(line))
        .map(|line| format!("  look at {}\n", line.trim_end()))
        .collect())
}
