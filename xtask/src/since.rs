//! `cargo xtask summary [COMMIT]`: the changes for users between a commit and the working tree.

use crate::derived::{self, CLIENT, Derived, Stop};
use crate::{snapshots, summary};
use ghes_oauth_codegen::diagnostic::SPEC;
use ghes_oauth_codegen::loader;
use ghes_oauth_codegen::surface::{self, LIB, METHODS, Source, Surface};
use ghes_oauth_codegen::table::Operation;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The summary as `regen` prints it.
pub fn run(root: &Path, commit: &str) -> Result<String, Stop> {
    let (document, generated) = derived::generate(root)?;
    let derived = derived::derive(root, &document, &generated)?;
    Ok(since(root, commit, &derived)?)
}

/// The summary of the changes since a commit, with the surface of the working tree.
pub(crate) fn since(root: &Path, commit: &str, now: &Derived) -> Result<String, String> {
    let items = summary::items(&surface_at(root, commit)?, &now.surface);
    let others = now
        .operations
        .iter()
        .filter(|operation| sends_otherwise(root, commit, operation));
    let others: Vec<String> = others.map(|operation| operation.id.clone()).collect();
    Ok(summary::markdown(&items, &others))
}

/// The surface at a commit: of its spec, its shipped code and its handwritten files.
fn surface_at(root: &Path, commit: &str) -> Result<Surface, String> {
    let show = |path: &str| git(root, &["show", &format!("{commit}:{path}")]);
    let failed = |error: String| format!("error: {commit} cannot be compared with: {error}");
    let document = loader::parse(&show(SPEC)?).map_err(|error| failed(error.to_string()))?;
    let client = show(CLIENT)?;
    // A commit may not have a file that was added later.
    let methods = METHODS.map(|(path, _)| show(path).unwrap_or_default());
    let source = Source {
        document: &document,
        client: &client,
        methods: std::array::from_fn(|at| methods[at].as_str()),
        lib: &show(LIB)?,
    };
    surface::of(&source).map_err(failed)
}

/// Whether the snapshot of its wire test changed.
fn sends_otherwise(root: &Path, commit: &str, operation: &Operation) -> bool {
    let path = snapshots::path(&derived::wire_snapshot(operation));
    let then = git(root, &["show", &format!("{commit}:{path}")]);
    let now = fs::read_to_string(root.join(path));
    then.is_ok_and(|then| {
        now.is_ok_and(|now| snapshots::contents(&then) != snapshots::contents(&now))
    })
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
