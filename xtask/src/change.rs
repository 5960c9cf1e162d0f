//! A file and its new text.

use std::path::Path;
use std::{fs, io};

/// One file, with its current and its new text.
#[derive(Clone, Debug)]
pub struct Change {
    /// Seen from the root of the repository.
    pub path: String,
    /// `None` for a file that does not exist.
    pub before: Option<String>,
    /// `None` for a file that should not exist.
    pub after: Option<String>,
}

impl Change {
    /// Returns the change that `path` needs, if any.
    pub(crate) fn to(root: &Path, path: &str, after: Option<String>) -> Option<Self> {
        let before = fs::read_to_string(root.join(path)).ok();
        (before != after).then(|| Self {
            path: path.to_owned(),
            before,
            after,
        })
    }

    /// Writes the change.
    pub(crate) fn apply(&self, root: &Path) -> Result<(), String> {
        let path = root.join(&self.path);
        let done = match &self.after {
            Some(text) => path
                .parent()
                .map_or(Ok(()), fs::create_dir_all)
                .and_then(|()| fs::write(&path, text)),
            None => fs::remove_file(&path),
        };
        done.map_err(|error: io::Error| format!("cannot write {}: {error}", self.path))
    }
}
