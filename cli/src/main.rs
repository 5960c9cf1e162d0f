//! The program `ghes-oauth`.
//!
//! [`args`] turns the arguments into a command; [`setup`] turns flags, environment and settings file into a client; [`triage`] and
//! [`commands`] do the work through [`api`], the only module that calls the client.

mod api;
mod args;
mod commands;
mod failure;
mod input;
mod interrupt;
mod journal;
mod progress;
mod report;
mod rotate;
mod setup;
mod source;
mod terminal;
mod token;
mod triage;

use args::cli::{Cli, Command};
use failure::{Exit, Failure};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    let is_verbose = arguments
        .iter()
        .any(|argument| argument == "-v" || argument == "--verbose");
    let result = args::secrets::refuse(&arguments)
        .and_then(|()| args::usage::parse(&arguments))
        .and_then(run);
    let exit = result.unwrap_or_else(|failure| {
        terminal::note(&format!("error: {failure}"));
        if is_verbose {
            failure
                .causes()
                .iter()
                .for_each(|cause| terminal::note(&format!("  caused by: {cause}")));
        }
        failure.exit()
    });
    ExitCode::from(exit as u8)
}

fn run(cli: Cli) -> Result<Exit, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::nothing_done(format!("cannot start: {error}")))?;
    let exit = runtime.block_on(async {
        match cli.command {
            Command::Triage(args) => triage::command::triage(args).await,
            Command::Check(args) => triage::command::tokens(args, false).await,
            Command::Revoke(args) => triage::command::tokens(args, true).await,
            Command::Rotate(args) => rotate::command::run(args).await,
            Command::Authorizations(command) => commands::authorizations::run(command).await,
            Command::Grants(command) => commands::grants::run(command).await,
            Command::Preflight(args) => commands::preflight::run(args).await,
            Command::Fake(args) => commands::fake::run(args).await,
            Command::Completions { shell } => commands::documents::completions(shell),
            Command::Man { folder } => commands::documents::man(&folder),
        }
    });
    // A thread that waits for standard input must not delay the end.
    runtime.shutdown_background();
    exit
}
