//! Secrets from files, the environment and prompts.

use super::mode;
use super::settings::Settings;
use crate::failure::Failure;
use crate::terminal;
use std::path::Path;
use std::{env, fs};
use zeroize::Zeroizing;

/// Where a secret may come from, and its name in messages.
pub(crate) struct Source<'a> {
    pub(crate) name: &'a str,
    pub(crate) file: Option<&'a Path>,
    pub(crate) variable: &'a str,
    pub(crate) option: &'a str,
}

impl Source<'_> {
    /// Reads the secret from the file, or else the environment, or else the terminal.
    pub(crate) fn read(&self, settings: &Settings) -> Result<Zeroizing<String>, Failure> {
        if let Some(path) = self.file {
            return read_file(self.name, path);
        }
        if let Some(value) = env::var_os(self.variable) {
            let text = value
                .into_string()
                .map_err(|_| Failure::nothing_done(format!("{} is not UTF-8", self.variable)))?;
            settings.print_origin(self.name, self.variable);
            return Ok(Zeroizing::new(text));
        }
        settings.print_origin(self.name, "the terminal");
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
    mode::warn_if_readable(path);
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
