//! The command line. Completions and man pages are made from the same types.

mod connection;
pub(crate) mod secrets;
mod triage;

pub(crate) use connection::{AppArgs, ServerArgs, UserArgs};
pub(crate) use triage::{InputArgs, PaceArgs, TriageArgs};

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Triage, revoke and rotate OAuth tokens of GitHub Enterprise Server and github.com
#[derive(Debug, Parser)]
#[command(
    name = "ghes-oauth",
    version,
    disable_help_subcommand = true,
    after_help = "\
Secrets come from files, the environment or a prompt, never from arguments.
Settings: a flag, else a variable (GHES_OAUTH_SERVER, GHES_OAUTH_CLIENT_ID, ...),
else ~/.config/ghes-oauth/config.toml.
Exit codes: 0 all done, 1 some failed, 2 nothing could be done, 3 live tokens remain.

Example: ghes-oauth triage leaked.txt --revoke --journal leak.journal --report leak.csv"
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check or revoke a file of leaked tokens, and report on each
    Triage(TriageArgs),
    /// Check tokens
    #[command(after_help = "Example: pbpaste | ghes-oauth check -")]
    Check(TokensArgs),
    /// Revoke tokens
    #[command(after_help = "Example: ghes-oauth revoke - < tokens.txt")]
    Revoke(TokensArgs),
    /// Replace tokens by new ones
    Rotate(RotateArgs),
    /// Show and delete authorizations, by the deprecated Authorizations API
    #[command(
        subcommand,
        after_help = "Example: ghes-oauth authorizations list --older-than 365d"
    )]
    Authorizations(AuthorizationsCommand),
    /// Show and delete grants, by the deprecated Authorizations API
    #[command(subcommand, after_help = "Example: ghes-oauth grants list --json")]
    Grants(GrantsCommand),
    /// Prove that the server is GitHub's and accepts the app's credentials
    #[command(after_help = "Example: ghes-oauth preflight --server https://ghe.example.com")]
    Preflight(PreflightArgs),
    /// Print the completions for a shell
    #[command(
        after_help = "Example: ghes-oauth completions bash > /etc/bash_completion.d/ghes-oauth"
    )]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Write the man pages, one per command
    #[command(after_help = "Example: ghes-oauth man /usr/local/share/man/man1")]
    Man {
        /// The folder to write them to
        folder: PathBuf,
    },
}

#[derive(Debug, Args)]
pub(crate) struct TokensArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) pace: PaceArgs,
    /// Print NDJSON on a terminal, too
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) app: AppArgs,
    #[command(flatten)]
    pub(crate) server: ServerArgs,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Each new token is on the disk before the next reset is sent. After an interruption the
same command continues, and names what was lost; it needs FILE and FILE.log for that.
Example: ghes-oauth rotate tokens.txt --out new-tokens.ndjson")]
pub(crate) struct RotateArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// Write the new tokens to this file, for its owner alone
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) app: AppArgs,
    #[command(flatten)]
    pub(crate) server: ServerArgs,
}

#[derive(Debug, Args)]
pub(crate) struct PreflightArgs {
    #[command(flatten)]
    pub(crate) app: AppArgs,
    #[command(flatten)]
    pub(crate) server: ServerArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AuthorizationsCommand {
    /// List the authorizations of a user
    #[command(
        after_help = "Example: ghes-oauth authorizations list --older-than 365d --app Jenkins"
    )]
    List {
        /// Only those created at least this long ago, as in 365d or 12h
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
        id: i64,
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

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    fn each(command: &mut clap::Command, check: &mut dyn FnMut(&mut clap::Command)) {
        check(command);
        command
            .get_subcommands_mut()
            .for_each(|command| each(command, check));
    }

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn help_fits_a_screen_and_has_an_example() {
        let mut root = Cli::command();
        root.build();
        each(&mut root, &mut |command| {
            let help = command.render_help().to_string();
            let name = command.get_name();
            assert!(
                help.contains("Example: ghes-oauth") || help.contains("| ghes-oauth"),
                "{name}: {help}"
            );
            assert!(
                help.lines().count() <= 30,
                "{name} has {} lines",
                help.lines().count()
            );
            for line in help.lines() {
                assert!(line.chars().count() <= 90, "{name}: {line}");
            }
        });
    }
}
