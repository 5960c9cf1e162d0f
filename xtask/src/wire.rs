//! Runs the wire tests, and tells which of their snapshots changed.

use crate::change::Change;
use crate::snapshots;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs, process};

/// insta leaves new snapshots in a folder of their own, so that whoever only asks finds the repository as it was.
pub(crate) fn changes(root: &Path) -> Result<Vec<Change>, String> {
    let pending = env::temp_dir().join(format!("ghes-oauth-regen-{}", process::id()));
    let result = run(root, &pending).and_then(|()| collect(root, &pending.join(snapshots::FOLDER)));
    // It is in a temporary folder anyhow.
    let _ = fs::remove_dir_all(&pending);
    result
}

fn run(root: &Path, pending: &Path) -> Result<(), String> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .current_dir(root)
        .args(["test", "--test", "wire"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    // What cargo told this program of itself would make build scripts run anew.
    for (name, _) in
        env::vars_os().filter(|(name, _)| name.to_str().is_some_and(is_of_this_program))
    {
        cargo.env_remove(name);
    }
    cargo
        .env("INSTA_PENDING_DIR", pending)
        .env("INSTA_UPDATE", "new")
        .env("INSTA_FORCE_PASS", "1")
        .env("INSTA_OUTPUT", "none");
    let output = cargo
        .spawn()
        .and_then(process::Child::wait_with_output)
        .map_err(|error| format!("cannot start cargo: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let told = String::from_utf8_lossy(&output.stdout);
    Err(format!(
        "{told}the wire tests do not pass, or the crate does not compile: see above"
    ))
}

/// Variables that differ from one package to the next, and not from one run to the next.
fn is_of_this_program(name: &str) -> bool {
    [
        "CARGO_PKG_",
        "CARGO_MANIFEST_",
        "CARGO_BIN_",
        "CARGO_CRATE_",
    ]
    .iter()
    .any(|prefix| name.starts_with(prefix))
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
        // insta keeps the line of the assertion in new snapshots only.
        let text: String = text
            .split_inclusive('\n')
            .filter(|line| !line.starts_with("assertion_line:"))
            .collect();
        changes.extend(Change::to(root, &snapshots::path(name), Some(text)));
    }
    Ok(changes)
}
