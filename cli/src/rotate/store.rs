//! The file of new tokens: complete at any moment, and readable only by its owner.

use crate::failure::Failure;
use crate::journal::entry::now;
use crate::token::fingerprint::Fingerprint;
use ghes_oauth::AccessToken;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// A line of the file.
#[derive(Serialize)]
struct New<'a> {
    /// The SHA-256 of the old token.
    replaces: &'a str,
    /// The last eight characters of the old token.
    old_last_eight: &'a str,
    token: &'a str,
    rotated_at: String,
}

/// The part of a line that is read back.
#[derive(Deserialize)]
struct Known {
    replaces: String,
}

/// The file of new tokens.
pub(super) struct Store {
    path: PathBuf,
    content: Zeroizing<Vec<u8>>,
    replaced: HashSet<String>,
}

impl Store {
    /// Reads the file, which need not exist.
    pub(super) fn open(path: &Path) -> Result<Self, Failure> {
        if fs::metadata(path).is_ok_and(|found| !found.is_file()) {
            return Err(
                Failure::nothing_done(format!("{} is not a regular file", path.display()))
                    .help("choose another file, which need not exist"),
            );
        }
        let content = match fs::read(path) {
            Ok(content) => Zeroizing::new(content),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Zeroizing::default(),
            Err(error) => {
                let text = format!("cannot read {}: {error}", path.display());
                return Err(Failure::nothing_done(text));
            }
        };
        let lines = content
            .split(|&byte| byte == b'\n')
            .filter(|line| !line.is_empty());
        let replaced = lines
            .map(|line| serde_json::from_slice::<Known>(line).map(|known| known.replaces))
            .collect::<Result<_, _>>()
            .map_err(|_| {
                Failure::nothing_done(format!(
                    "{} is not a file of rotated tokens",
                    path.display()
                ))
                .help("choose another file, which need not exist")
            })?;
        Ok(Self {
            path: path.to_owned(),
            content,
            replaced,
        })
    }

    /// Returns whether the file has the successor of this token.
    pub(super) fn has_successor_of(&self, old: &Fingerprint) -> bool {
        self.replaced.contains(old.sha256())
    }

    /// Adds a new token. It is on the disk when this returns: a new file is written and then replaces the old one.
    pub(super) fn add(&mut self, old: &Fingerprint, token: &AccessToken) -> Result<(), Failure> {
        let line = New {
            replaces: old.sha256(),
            old_last_eight: old.last_eight(),
            token: token.expose_secret(),
            rotated_at: now(),
        };
        // Reserved beforehand, because a vector that grows leaves a copy of its content in memory.
        let mut content = Zeroizing::new(Vec::with_capacity(
            self.content.len() + 512 + token.expose_secret().len(),
        ));
        content.extend_from_slice(&self.content);
        let written = serde_json::to_writer(&mut *content, &line).map_err(io::Error::from);
        content.push(b'\n');
        self.content = content;
        written.and_then(|()| self.write()).map_err(|error| {
            Failure::nothing_done(format!(
                "cannot write {}: {error}; the token that replaces the one ending in {} is lost",
                self.path.display(),
                old.last_eight()
            ))
            .after_some()
        })?;
        self.replaced.insert(old.sha256().to_owned());
        Ok(())
    }

    /// Checks, before any token is replaced, that the file can be written.
    pub(super) fn try_out(&self) -> Result<(), Failure> {
        self.write().map_err(|error| {
            Failure::nothing_done(format!("cannot write {}: {error}", self.path.display()))
                .help("choose another --out")
        })
    }

    fn write(&self) -> io::Result<()> {
        let folder = match self.path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        // Made with mode 0600 from the start.
        let mut file = tempfile::Builder::new()
            .prefix(".ghes-oauth-")
            .tempfile_in(folder)?;
        file.write_all(&self.content)?;
        file.as_file().sync_all()?;
        file.persist(&self.path).map_err(|error| error.error)?;
        // The new name is on the disk only after the folder is synced.
        if cfg!(unix) {
            File::open(folder)?.sync_all()
        } else {
            Ok(())
        }
    }
}

/// Makes new files accessible only to their owner.
pub(super) fn owner_only(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_added_one_by_one_and_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new");
        let old = [AccessToken::new("gho_old1"), AccessToken::new("gho_old2")]
            .map(|old| Fingerprint::of(&old));
        let mut store = Store::open(&path).unwrap();
        store.add(&old[0], &AccessToken::new("gho_new1")).unwrap();
        let mut store = Store::open(&path).unwrap();
        assert!(store.has_successor_of(&old[0]) && !store.has_successor_of(&old[1]));
        store.add(&old[1], &AccessToken::new("gho_new2")).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        let tokens: Vec<_> = text
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["token"].clone())
            .collect();
        assert_eq!(tokens, ["gho_new1", "gho_new2"]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(
                fs::metadata(&path).unwrap().permissions().mode() & 0o777,
                0o600
            );
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn another_file_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes");
        fs::write(&path, "to do\n").unwrap();
        let error = Store::open(&path).err().unwrap();
        assert!(
            error.to_string().contains("not a file of rotated tokens"),
            "{error}"
        );
    }
}
