//! Runs the wire tests, and reports which of their snapshots changed.

use crate::cargo;
use crate::change::Change;
use crate::snapshots;
use std::path::{Path, PathBuf};
use std::{env, fs, process};

/// The results of the wire tests: the changed snapshots, and their errors, if any; insta writes snapshots in either case.
pub(crate) struct Wire {
    pub(crate) changes: Vec<Change>,
    pub(crate) failure: Option<String>,
}

/// insta writes new snapshots into a separate folder, so that a check leaves the repository unchanged.
pub(crate) fn changes(root: &Path) -> Result<Wire, String> {
    let pending = env::temp_dir().join(format!("ghes-oauth-regen-{}", process::id()));
    let failure = run(root, &pending).err();
    let changes = collect(root, &pending.join(snapshots::FOLDER));
    // It is in a temporary folder.
    let _ = fs::remove_dir_all(&pending);
    Ok(Wire {
        changes: changes?,
        failure,
    })
}

fn run(root: &Path, pending: &Path) -> Result<(), String> {
    let mut command = cargo::command(root);
    command
        .args(["test", "--test", "wire"])
        .env("INSTA_PENDING_DIR", pending)
        .env("INSTA_UPDATE", "new")
        .env("INSTA_FORCE_PASS", "1")
        .env("INSTA_OUTPUT", "none");
    cargo::run(
        command,
        "the wire tests do not pass, or the crate does not compile",
    )
    .map(drop)
}

fn collect(root: &Path, pending: &Path) -> Result<Vec<Change>, String> {
    let entries = fs::read_dir(pending).into_iter().flatten();
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    files.sort();
    let mut changes = Vec::new();
    for file in files {
        let Some(name) = file
            .file_name()
            .and_then(|name| name.to_str()?.strip_suffix(".snap.new"))
        else {
            continue;
        };
        let text = fs::read_to_string(&file)
            .map_err(|error| format!("cannot read {}: {error}", file.display()))?;
        // insta keeps the line of the assertion only in new snapshots.
        let text: String = text
            .split_inclusive('\n')
            .filter(|line| !line.starts_with("assertion_line:"))
            .collect();
        changes.extend(Change::to(root, &snapshots::path(name), Some(text)));
    }
    Ok(changes)
}
