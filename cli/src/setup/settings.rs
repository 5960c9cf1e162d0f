//! Settings by precedence: flag, environment, file.

use super::file::{self, File, Profile};
use crate::args::connection::ServerArgs;
use crate::failure::Failure;
use crate::terminal;
use std::borrow::Cow;
use std::env;
use std::fmt::Debug;
use std::path::PathBuf;
use std::str::FromStr;

/// The settings of a run.
pub(crate) struct Settings {
    pub(crate) server: String,
    pub(crate) ca_file: Option<PathBuf>,
    /// Whether the server is github.com whatever its address: a fake of github.com runs on loopback.
    pub(crate) is_github: bool,
    /// The settings file's values for the server.
    pub(crate) profile: Profile,
    file: Option<PathBuf>,
    is_verbose: bool,
}

impl Settings {
    /// Reads the settings file and chooses the server.
    pub(crate) fn read(args: &ServerArgs) -> Result<Self, Failure> {
        let named = args
            .config
            .clone()
            .or_else(|| env::var_os("GHES_OAUTH_CONFIG").map(PathBuf::from));
        let (File { server, hosts }, file) = file::read(named.as_deref())?;
        let mut settings = Self {
            server: String::new(),
            ca_file: None,
            is_github: env::var_os("GHES_OAUTH_AS_GITHUB").is_some(),
            profile: Profile::default(),
            file,
            is_verbose: args.verbose,
        };
        settings.server = settings
            .choose("server", args.server.clone(), "GHES_OAUTH_SERVER", server)?
            .ok_or_else(|| {
                Failure::nothing_done("no server is named")
                    .help("give it by --server, GHES_OAUTH_SERVER or the settings file")
            })?;
        let host = host(&settings.server);
        settings.profile = hosts
            .into_iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(host))
            .map(|(_, profile)| profile)
            .unwrap_or_default();
        let of_host = settings.profile.ca_file.clone();
        settings.ca_file = settings.choose(
            "ca-file",
            args.ca_file.clone(),
            "GHES_OAUTH_CA_FILE",
            of_host,
        )?;
        Ok(settings)
    }

    /// Returns a value by precedence; with `--verbose` prints where it comes from.
    pub(crate) fn choose<T: FromStr + Debug>(
        &self,
        name: &str,
        flag: Option<T>,
        variable: &str,
        of_file: Option<T>,
    ) -> Result<Option<T>, Failure> {
        let (value, origin) = match (flag, env::var(variable)) {
            (Some(value), _) => (value, format!("--{name}")),
            (None, Ok(text)) if !text.is_empty() => {
                let malformed =
                    || Failure::nothing_done(format!("{variable} is not a value for --{name}"));
                (text.parse().map_err(|_| malformed())?, variable.to_owned())
            }
            _ => match (of_file, &self.file) {
                (Some(value), Some(file)) => (value, file.display().to_string()),
                _ => return Ok(None),
            },
        };
        self.print_origin(&format!("{name}: {value:?}"), &origin);
        Ok(Some(value))
    }

    /// Prints where a setting comes from, with `--verbose`.
    pub(crate) fn print_origin(&self, setting: &str, origin: &str) {
        if self.is_verbose {
            let setting = without_credentials(setting);
            terminal::note(&format!("{setting}, from {origin}"));
        }
    }
}

/// Returns host and port of an address.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

/// Returns the text without the part before the host of a URL: people write passwords there, which the client refuses.
fn without_credentials(text: &str) -> Cow<'_, str> {
    let credentials = text.split_once("://").and_then(|(scheme, rest)| {
        let (credentials, _) = host(rest).rsplit_once('@')?;
        let start = scheme.len() + "://".len();
        Some(start..start + credentials.len())
    });
    match credentials {
        Some(place) => Cow::Owned(format!("{}***{}", &text[..place.start], &text[place.end..])),
        None => Cow::Borrowed(text),
    }
}
