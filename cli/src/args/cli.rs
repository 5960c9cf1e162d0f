//! The program and its commands.

use super::fake::FakeArgs;
use super::lists::{AuthorizationsCommand, GrantsCommand};
use super::tokens::{PreflightArgs, RotateArgs, TokensArgs};
use super::triage::TriageArgs;
use clap::{Parser, Subcommand};
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
    /// Serve a fake GHES on loopback, for tests in any language
    Fake(FakeArgs),
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
