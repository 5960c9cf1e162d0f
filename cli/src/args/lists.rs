//! The arguments of `authorizations` and `grants`.

use super::connection::{ServerArgs, UserArgs};
use clap::{Args, Subcommand};
use ghes_oauth::AuthorizationId;

#[derive(Debug, Subcommand)]
pub(crate) enum AuthorizationsCommand {
    /// List the authorizations of a user
    #[command(
        after_help = "Example: ghes-oauth authorizations list --older-than 365d --app Jenkins"
    )]
    List {
        /// Only those at least this old, as in 365d
        #[arg(long, value_name = "AGE", value_parser = humantime::parse_duration)]
        older_than: Option<std::time::Duration>,
        /// Only those of apps with this name
        #[arg(long, value_name = "NAME")]
        app: Option<String>,
        #[command(flatten)]
        user: UserCommandArgs,
    },
    /// Show one authorization
    #[command(after_help = "Example: ghes-oauth authorizations show 4711")]
    Show {
        /// Its id
        id: AuthorizationId,
        #[command(flatten)]
        user: UserCommandArgs,
    },
    /// Delete authorizations, which revokes their tokens
    #[command(after_help = "Example: ghes-oauth authorizations delete 4711 4712 --yes")]
    Delete(DeleteArgs),
}

#[derive(Debug, Subcommand)]
pub(crate) enum GrantsCommand {
    /// List the apps that a user has granted access
    #[command(after_help = "Example: ghes-oauth grants list")]
    List {
        #[command(flatten)]
        user: UserCommandArgs,
    },
    /// Delete grants, which revokes all tokens of the app for the user
    #[command(after_help = "Example: ghes-oauth grants delete 815")]
    Delete(DeleteArgs),
}

#[derive(Debug, Args)]
pub(crate) struct DeleteArgs {
    /// Their ids
    #[arg(value_name = "ID", required = true)]
    pub(crate) ids: Vec<i64>,
    /// Do not ask
    #[arg(short, long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) user: UserCommandArgs,
}

#[derive(Debug, Args)]
pub(crate) struct UserCommandArgs {
    /// Print JSON on a terminal, too
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) user: UserArgs,
    #[command(flatten)]
    pub(crate) server: ServerArgs,
}
