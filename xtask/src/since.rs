//! `cargo xtask summary [COMMIT]`: what changed for users since a commit, by the snapshots as they are now.

use crate::snapshots::{self, FOLDER, is_wire};
use crate::summary;
use ghes_oauth_codegen::surface::Surface;
use std::path::Path;
use std::process::Command;

/// The summary as `regen` prints it.
pub fn run(root: &Path, commit: &str) -> Result<String, String> {
    let tree = git(
        root,
        &["ls-tree", "--name-only", commit, &format!("{FOLDER}/")],
    )?;
    let files: Vec<String> = tree
        .lines()
        .filter_map(|path| Some(path.rsplit_once('/')?.1.to_owned()))
        .collect();
    let show = |file: &str| git(root, &["show", &format!("{commit}:{FOLDER}/{file}")]).ok();
    let now = |file: &str| std::fs::read_to_string(root.join(FOLDER).join(file)).ok();

    let sheet = |name: &str| !is_wire(name);
    let (before, after) = (
        snapshots::of(files.clone(), show, sheet),
        snapshots::of(snapshots::files(root), now, sheet),
    );
    let requests = other_requests(
        &snapshots::of(files, show, is_wire),
        &snapshots::of(snapshots::files(root), now, is_wire),
    );
    Ok(summary::markdown(
        &summary::items(&before, &after),
        &requests,
    ))
}

/// The ids of the operations whose requests changed.
fn other_requests(before: &Surface, after: &Surface) -> Vec<String> {
    let changed = before
        .iter()
        .filter(|(name, text)| after.get(*name).is_some_and(|other| other != *text));
    changed
        .map(|(name, _)| name.trim_start_matches("wire.").replacen('.', "/", 1))
        .collect()
}

fn git(root: &Path, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new("git")
        .current_dir(root)
        .args(arguments)
        .output();
    let output = output.map_err(|error| format!("error: cannot start git: {error}"))?;
    if !output.status.success() {
        return Err(format!(
            "error: git: {}",
            String::from_utf8_lossy(&output.stderr)
                .trim()
                .trim_start_matches("fatal: ")
        ));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
