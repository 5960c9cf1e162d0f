//! The settings file: everything but secrets, by host.

use super::mode;
use crate::failure::Failure;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// The content of a settings file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    /// The server to use when neither flag nor environment names one.
    pub(crate) server: Option<String>,
    /// The settings of each server, by host and port.
    #[serde(default, rename = "host")]
    pub(crate) hosts: BTreeMap<String, Profile>,
}

/// The settings of one server.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Profile {
    pub(crate) client_id: Option<String>,
    pub(crate) client_secret_file: Option<PathBuf>,
    pub(crate) login: Option<String>,
    pub(crate) password_file: Option<PathBuf>,
    pub(crate) ca_file: Option<PathBuf>,
    pub(crate) concurrency: Option<NonZeroUsize>,
}

/// Reads the settings file that was named, or the one at the usual place if it exists.
pub(crate) fn read(named: Option<&Path>) -> Result<(File, Option<PathBuf>), Failure> {
    let path = match named {
        Some(path) => path.to_owned(),
        None => match usual_place() {
            Some(path) => path,
            None => return Ok((File::default(), None)),
        },
    };
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound && named.is_none() => {
            return Ok((File::default(), None));
        }
        Err(error) => {
            let text = format!("cannot read the settings file {}: {error}", path.display());
            return Err(Failure::nothing_done(text));
        }
    };
    mode::warn_if_writable(&path);
    let file = parse(&text).map_err(|problem| {
        Failure::nothing_done(format!(
            "the settings file {} is malformed: {problem}",
            path.display()
        ))
    })?;
    Ok((file, Some(path)))
}

/// Parses the settings; an error names the line and the key, and shows no value: it may be a secret.
fn parse(text: &str) -> Result<File, String> {
    toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start));
        let line = before.map(|before| before.matches('\n').count() + 1);
        let place = line
            .map(|line| format!("line {line}: "))
            .unwrap_or_default();
        match error.message() {
            message if message.starts_with("unknown field") => {
                let is_secret = ["secret`", "password`", "token`"].iter().any(|end| {
                    message
                        .split(',')
                        .next()
                        .is_some_and(|field| field.ends_with(end))
                });
                let why = if is_secret {
                    "; secrets do not belong here: name a file"
                } else {
                    ""
                };
                format!("{place}{}{why}", message.lines().next().unwrap_or_default())
            }
            _ => format!("{place}it is not TOML with the expected types"),
        }
    })
}

/// Returns `ghes-oauth/config.toml` below the user's folder for settings, by the XDG Base Directory Specification.
fn usual_place() -> Option<PathBuf> {
    let set = |name: &str| {
        env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    let folder = set("XDG_CONFIG_HOME").or_else(|| Some(set("HOME")?.join(".config")))?;
    Some(folder.join("ghes-oauth").join("config.toml"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_by_host() {
        let file = parse(
            "server = 'https://ghe.example.com'\n[host.'ghe.example.com']\nclient_id = 'Iv1.a'\nconcurrency = 4\n",
        )
        .unwrap();
        assert_eq!(file.server.as_deref(), Some("https://ghe.example.com"));
        let profile = &file.hosts["ghe.example.com"];
        assert_eq!(profile.client_id.as_deref(), Some("Iv1.a"));
        assert_eq!(profile.concurrency, NonZeroUsize::new(4));
    }

    #[test]
    fn errors_name_the_line_and_no_value() {
        for (text, part) in [
            (
                "\n[host.a]\nclient_secret = 'hunter2'\n",
                "secrets do not belong here",
            ),
            ("\n\n[host.a]\nclient-id = 'hunter2'\n", "line 4"),
            ("server = hunter2", "line 1"),
            ("[host.a]\nconcurrency = 'hunter2'", "line 2"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.contains(part), "{error}");
            assert!(!error.contains("hunter2"), "{error}");
        }
    }
}
