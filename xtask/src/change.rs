//! A file, and the text that it is to have.

use std::path::Path;
use std::{fs, io};

/// One file, as it is and as it should be.
#[derive(Clone, Debug)]
pub struct Change {
    /// Seen from the root of the repository.
    pub path: String,
    /// None for a file that is not there.
    pub before: Option<String>,
    /// None for a file that should not be there.
    pub after: Option<String>,
}

impl Change {
    /// The change that `path` needs, if it needs any.
    pub(crate) fn to(root: &Path, path: &str, after: Option<String>) -> Option<Self> {
        let before = fs::read_to_string(root.join(path)).ok();
        (before != after).then(|| Self {
            path: path.to_owned(),
            before,
            after,
        })
    }

    /// Carries it out.
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
