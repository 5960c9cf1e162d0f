//! Which server, and as whom.

use clap::Args;
use std::path::PathBuf;

#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Connection")]
pub(crate) struct ServerArgs {
    /// The URL of the GHES, or of github.com
    #[arg(long, value_name = "URL")]
    pub(crate) server: Option<String>,
    /// Trust this CA, too (PEM)
    #[arg(long, value_name = "FILE")]
    pub(crate) ca_file: Option<PathBuf>,
    /// The settings file
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Print origins of settings, causes of errors
    #[arg(short, long)]
    pub(crate) verbose: bool,
}

#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Connection")]
pub(crate) struct AppArgs {
    /// The OAuth App
    #[arg(long, value_name = "ID")]
    pub(crate) client_id: Option<String>,
    /// Its secret; else GHES_OAUTH_CLIENT_SECRET
    #[arg(long, value_name = "FILE")]
    pub(crate) client_secret_file: Option<PathBuf>,
}

#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Connection")]
pub(crate) struct UserArgs {
    /// The user's login
    #[arg(long, value_name = "LOGIN")]
    pub(crate) login: Option<String>,
    /// The password; else GHES_OAUTH_PASSWORD
    #[arg(long, value_name = "FILE")]
    pub(crate) password_file: Option<PathBuf>,
}
