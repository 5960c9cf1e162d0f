//! Warns about files that other users may read or change.

use crate::input::read::Input;
use crate::terminal;
use crate::token::scan;
use std::fs;
use std::path::Path;

/// Warns about files of tokens that other users may read.
pub(crate) fn warn_of_readable(inputs: &[Input]) {
    inputs
        .iter()
        .filter(|input| !input.is_stream())
        .for_each(|input| warn_if_readable(&input.path));
}

/// Warns about a file with secrets that other users may read.
pub(super) fn warn_if_readable(path: &Path) {
    warn_of_mode(path, 0o044, "read");
}

/// Warns about a settings file that other users may change: they could send the app's secret to a server of theirs.
pub(crate) fn warn_if_writable(path: &Path) {
    warn_of_mode(path, 0o022, "change");
}

#[cfg(unix)]
fn warn_of_mode(path: &Path, bits: u32, verb: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    let mode =
        fs::metadata(path).map(|metadata| (metadata.is_file(), metadata.permissions().mode()));
    if let Ok((true, mode)) = mode
        && mode & bits != 0
    {
        let path = scan::masked(&path.to_string_lossy());
        terminal::warn(&format!(
            "other users may {verb} {path} (mode {:03o}): chmod 600 {path}",
            mode & 0o777
        ));
    }
}

#[cfg(not(unix))]
fn warn_of_mode(_: &Path, _: u32, _: &str) {}
