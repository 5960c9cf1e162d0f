//! The file of a report: a new file that replaces the old one only when it is complete.

use crate::failure::Failure;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use tempfile::NamedTempFile;

/// Checks that the report can be written, and would not replace a file that the run reads or writes.
pub(crate) fn check<'a>(
    report: &Path,
    others: impl IntoIterator<Item = &'a Path>,
) -> Result<(), Failure> {
    let place = |path: &Path| fs::canonicalize(path).ok();
    let report_place = place(report);
    let is_same =
        |other: &Path| other == report || (report_place.is_some() && place(other) == report_place);
    if others.into_iter().any(is_same) {
        return Err(Failure::nothing_done(format!(
            "the report {} would replace an input or the journal",
            report.display()
        ))
        .help("choose another file"));
    }
    // An error now is better than one after the work.
    if is_replaceable(report) {
        new_file(report).map_err(|error| {
            Failure::nothing_done(format!("cannot write {}: {error}", report.display()))
        })?;
    }
    Ok(())
}

/// Returns whether the path is a regular file. Devices and pipes are written to and not replaced.
fn is_replaceable(path: &Path) -> bool {
    fs::metadata(path).map_or(true, |metadata| metadata.is_file())
}

/// Creates a file beside the one that it replaces.
fn new_file(path: &Path) -> io::Result<NamedTempFile> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    tempfile::Builder::new()
        .prefix(".ghes-oauth-")
        .tempfile_in(folder)
}

/// Calls `write` with the new content of the file, and puts it in place.
pub(crate) fn write<T>(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let cannot = |error: io::Error| {
        Failure::nothing_done(format!("cannot write {}: {error}", path.display())).after_some()
    };
    if !is_replaceable(path) {
        return write(&mut File::options().write(true).open(path).map_err(cannot)?);
    }
    let mut file = new_file(path).map_err(cannot)?;
    let result = write(&mut file)?;
    file.persist(path).map_err(|error| cannot(error.error))?;
    Ok(result)
}
