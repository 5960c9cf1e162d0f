//! Secrets from files, the environment and prompts.

use crate::failure::Failure;
use crate::input::read::Input;
use crate::terminal;
use std::path::Path;
use std::{env, fs};
use zeroize::Zeroizing;

/// Where a secret may come from, and what it is called.
pub(crate) struct Source<'a> {
    pub(crate) name: &'a str,
    pub(crate) file: Option<&'a Path>,
    pub(crate) variable: &'a str,
    pub(crate) option: &'a str,
}

impl Source<'_> {
    /// Reads the secret from the file, or else the environment, or else the terminal.
    pub(crate) fn read(&self) -> Result<Zeroizing<String>, Failure> {
        if let Some(path) = self.file {
            return read_file(self.name, path);
        }
        if let Some(value) = env::var_os(self.variable) {
            let text = value
                .into_string()
                .map_err(|_| Failure::nothing_done(format!("{} is not UTF-8", self.variable)))?;
            return Ok(Zeroizing::new(text));
        }
        terminal::ask_secret(&format!("{}: ", self.name)).ok_or_else(|| {
            Failure::nothing_done(format!("the {} is missing", self.name))
                .help(format!("give it by {} or {}", self.option, self.variable))
        })
    }
}

/// Reads a file that holds a secret and perhaps a line feed after it.
fn read_file(name: &str, path: &Path) -> Result<Zeroizing<String>, Failure> {
    let text = fs::read_to_string(path)
        .map(Zeroizing::new)
        .map_err(|error| {
            Failure::nothing_done(format!(
                "cannot read the {name} from {}: {error}",
                path.display()
            ))
        })?;
    warn_if_readable(path);
    let secret = text
        .trim_start_matches('\u{feff}')
        .trim_end_matches(['\r', '\n']);
    if secret.is_empty() {
        return Err(
            Failure::nothing_done(format!("{} is empty", path.display()))
                .help(format!("write the {name} to it")),
        );
    }
    Ok(Zeroizing::new(secret.to_owned()))
}

/// Warns of files of tokens that other users may read.
pub(crate) fn warn_of_readable(inputs: &[Input]) {
    inputs
        .iter()
        .filter(|input| !input.is_stdin())
        .for_each(|input| warn_if_readable(&input.path));
}

/// Warns of a file with secrets that other users may read.
fn warn_if_readable(path: &Path) {
    warn_of_mode(path, 0o044, "read");
}

/// Warns of a settings file that other users may change: they could send the app's secret to a server of theirs.
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
        let path = path.display();
        terminal::warn(&format!(
            "other users may {verb} {path} (mode {:03o}): chmod 600 {path}",
            mode & 0o777
        ));
    }
}

#[cfg(not(unix))]
fn warn_of_mode(_: &Path, _: u32, _: &str) {}
