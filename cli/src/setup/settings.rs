//! Settings by precedence: flag, environment, file.

use super::file::{self, File, Profile};
use crate::args::connection::ServerArgs;
use crate::failure::Failure;
use crate::terminal;
use std::env;
use std::path::PathBuf;

/// The settings of a run.
pub(crate) struct Settings {
    pub(crate) server: String,
    pub(crate) ca_file: Option<PathBuf>,
    /// Whether the server goes by github.com's rules whatever its address: a fake may play github.com on loopback.
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
            .choose("server", args.server.clone(), "GHES_OAUTH_SERVER", server)
            .ok_or_else(|| {
                Failure::nothing_done("no server is named")
                    .help("give it by --server, GHES_OAUTH_SERVER or the settings file")
            })?;
        settings.profile = hosts
            .get(host(&settings.server))
            .cloned()
            .unwrap_or_default();
        let of_host = settings.profile.ca_file.clone();
        settings.ca_file = settings.choose(
            "ca-file",
            args.ca_file.clone(),
            "GHES_OAUTH_CA_FILE",
            of_host,
        );
        Ok(settings)
    }

    /// Returns a value by precedence; with `--verbose` prints where it comes from.
    pub(crate) fn choose<T: From<String> + std::fmt::Debug>(
        &self,
        name: &str,
        flag: Option<T>,
        variable: &str,
        of_file: Option<T>,
    ) -> Option<T> {
        let of_environment = || {
            env::var(variable)
                .ok()
                .filter(|value| !value.is_empty())
                .map(T::from)
        };
        let (value, origin) = if let Some(value) = flag {
            (value, format!("--{name}"))
        } else if let Some(value) = of_environment() {
            (value, variable.to_owned())
        } else {
            let file = self.file.as_deref().unwrap_or("the settings file".as_ref());
            (of_file?, file.display().to_string())
        };
        if self.is_verbose {
            terminal::note(&format!("{name}: {value:?}, from {origin}"));
        }
        Some(value)
    }
}

/// Returns host and port of an address.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}
