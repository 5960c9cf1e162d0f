//! The program and its commands.

use super::fake::FakeArgs;
use super::lists::{AuthorizationsCommand, GrantsCommand};
use super::tokens::{PreflightArgs, RotateArgs, TokensArgs};
use super::triage::TriageArgs;
use clap::{CommandFactory, Parser, Subcommand};
use std::path::PathBuf;

/// Fits into 24 lines for a command with as many options as `triage`.
const OF_COMMAND: &str = "{about}\n\n{usage-heading} {usage}\n\n{options}{after-help}";

/// Triage, revoke and rotate OAuth tokens of GHES and github.com
#[derive(Debug, Parser)]
#[command(
    name = "ghes-oauth",
    version,
    disable_help_subcommand = true,
    help_template = "{about}\n\n{usage-heading} {usage}\n\n{subcommands}{after-help}",
    after_help = "\
COMMAND --help describes a command, and --version prints the version.
Secrets come from files, the environment or a prompt, never from arguments.
Settings: a flag, else a variable such as GHES_OAUTH_SERVER, else
~/.config/ghes-oauth/config.toml.
Exit codes: 0 all done, 1 some failed, 2 nothing done, 3 live tokens remain.

Example: ghes-oauth triage leak.txt --revoke --journal j --report leak.csv"
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check or revoke the tokens in files, or -, and report on each
    Triage(TriageArgs),
    /// Check tokens from files or standard input
    #[command(after_help = "Example: pbpaste | ghes-oauth check -")]
    Check(TokensArgs),
    /// Revoke tokens from files or standard input
    #[command(after_help = "Example: ghes-oauth revoke - < tokens.txt")]
    Revoke(TokensArgs),
    /// Replace tokens by new ones
    Rotate(RotateArgs),
    /// Show and delete a user's authorizations (deprecated API)
    #[command(
        subcommand,
        after_help = "Example: ghes-oauth authorizations list --older-than 365d"
    )]
    Authorizations(AuthorizationsCommand),
    /// Show and delete a user's grants (deprecated API)
    #[command(subcommand, after_help = "Example: ghes-oauth grants list --json")]
    Grants(GrantsCommand),
    /// Prove that the server is GitHub's and knows the app
    #[command(after_help = "Example: ghes-oauth preflight --server https://ghe.example.com")]
    Preflight(PreflightArgs),
    /// Serve a fake GHES on loopback, for tests in any language
    Fake(FakeArgs),
    /// Print the completions for a shell
    #[command(after_help = "\
SHELL is bash, elvish, fish, powershell or zsh.
Example: ghes-oauth completions bash > /etc/bash_completion.d/ghes-oauth")]
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

impl Cli {
    /// Returns the command line, with the help as it is printed.
    pub(crate) fn command() -> clap::Command {
        fn with_template(command: clap::Command) -> clap::Command {
            if command.has_subcommands() {
                command.mut_subcommands(with_template)
            } else {
                command.help_template(OF_COMMAND)
            }
        }
        <Self as CommandFactory>::command().mut_subcommands(with_template)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    /// A screen has 24 lines of 80 columns, as a new terminal window has.
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
            assert!(help.lines().count() <= 24, "{name}: {help}");
            for line in help.lines() {
                assert!(line.chars().count() <= 80, "{name}: {line}");
            }
        });
    }
}
