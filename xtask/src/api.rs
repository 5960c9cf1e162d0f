//! `cargo xtask api [--check]`: the whole public API of each published crate, as rustdoc sees it, one item a line.
//!
//! The files in `tests/api` show a change of a handwritten item in a review, as the other snapshots show a change of the spec.

use crate::cargo;
use crate::change::Change;
use crate::diff;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the files, seen from the root of the repository.
const FOLDER: &str = "tests/api";

/// The compiler whose JSON public-api 0.52.1 reads: the format changes with releases of Rust.
const COMPILER: &str = "1.95";

/// The libraries that are published, each with the features that add to its API.
const CRATES: [(&str, &str); 3] = [
    ("ghes-oauth-codegen", ""),
    ("ghes-oauth", "blocking,http2,schemars"),
    ("ghes-oauth-fake", ""),
];

/// Writes the files, or only reports differences; the text is for the terminal, and empty if everything is up to date.
pub fn run(root: &Path, check: bool) -> Result<String, String> {
    let mut report = String::new();
    for (name, features) in CRATES {
        let path = format!("{FOLDER}/{name}.txt");
        let Some(change) = Change::to(root, &path, Some(of(root, name, features)?)) else {
            continue;
        };
        let (before, after) = (
            change.before.as_deref().unwrap_or_default(),
            change.after.as_deref().unwrap_or_default(),
        );
        report += &diff::of(&path, before, after);
        if !check {
            change.apply(root)?;
        }
    }
    Ok(report)
}

/// The public API of one crate.
fn of(root: &Path, name: &str, features: &str) -> Result<String, String> {
    let json = document(root, name, features)?;
    let api = public_api::Builder::from_rustdoc_json(&json)
        .omit_blanket_impls(true)
        .build()
        .map_err(|error| {
            let found = cargo::version(root).unwrap_or_else(|_| "an unknown one".to_owned());
            format!(
                "error: what rustdoc wrote cannot be read: {error}\n  = help: public-api reads what rustc {COMPILER} writes, and this is {found}; run `RUSTUP_TOOLCHAIN={COMPILER} cargo xtask api`, or change public-api's version and COMPILER in xtask/src/api.rs"
            )
        })?;
    Ok(api.items().map(|item| format!("{item}\n")).collect())
}

/// Lets rustdoc write its JSON. The variable that enables it on a stable compiler makes cargo rebuild everything, so it uses a separate
/// target directory.
fn document(root: &Path, name: &str, features: &str) -> Result<PathBuf, String> {
    let target = root.join("target/api");
    let mut command = cargo::command(root);
    command
        .args(["rustdoc", "--quiet", "--lib", "--package", name])
        .args(["--features", features])
        .arg("--target-dir")
        .arg(&target)
        .args(["--", "-Z", "unstable-options", "--output-format", "json"])
        .args(["--cap-lints", "warn"])
        .env("RUSTC_BOOTSTRAP", "1");
    cargo::run(command, &format!("rustdoc cannot document {name}"))?;
    let json = target.join(format!("doc/{}.json", name.replace('-', "_")));
    fs::metadata(&json)
        .map_err(|error| format!("error: {} is missing: {error}", json.display()))?;
    Ok(json)
}
