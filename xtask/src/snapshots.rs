//! The snapshot files in insta's format; `tests/surface.rs` and `tests/wire.rs` create and check the contents.

use ghes_oauth_codegen::surface::sheet::Sheet;
use std::fs;
use std::path::Path;

/// Their folder, seen from the root of the repository.
pub(crate) const FOLDER: &str = "tests/snapshots";

/// The header that insta writes for `tests/surface.rs`.
const HEADER: &str = "---\nsource: tests/surface.rs\ndescription: \"What users see of the spec. Stale? Run `cargo xtask regen` and review the diff.\"\n---\n";

/// The file of a snapshot.
pub(crate) fn path(name: &str) -> String {
    format!("{FOLDER}/{name}.snap")
}

/// A sheet of the surface as a file.
pub(crate) fn file(sheet: &Sheet) -> String {
    format!("{HEADER}{sheet}")
}

/// The content of a snapshot file below its header.
pub(crate) fn contents(file: &str) -> &str {
    file.strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"))
        .map_or(file, |(_, contents)| contents)
}

/// The names of the files in the folder, sorted; empty if the folder does not exist.
pub(crate) fn files(root: &Path) -> Vec<String> {
    let entries = fs::read_dir(root.join(FOLDER)).into_iter().flatten();
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}

/// Whether a snapshot is of a request: `tests/snapshots/wire.apps.check-token.snap`.
pub(crate) fn is_of_wire(path: &str) -> bool {
    path.strip_prefix(FOLDER)
        .is_some_and(|name| name.starts_with("/wire."))
}
