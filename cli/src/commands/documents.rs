//! The commands `completions` and `man`, made from the same types as the command line.

use crate::args::cli::Cli;
use crate::failure::{Exit, Failure};
use clap_complete::Shell;
use std::io::{self, Write};
use std::path::Path;

/// Runs `ghes-oauth completions`.
pub(crate) fn completions(shell: Shell) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "ghes-oauth", &mut script);
    io::stdout().write_all(&script).map_err(|error| {
        Failure::nothing_done(format!("cannot write to standard output: {error}"))
    })?;
    Ok(Exit::Done)
}

/// Runs `ghes-oauth man`.
pub(crate) fn man(folder: &Path) -> Result<Exit, Failure> {
    clap_mangen::generate_to(Cli::command(), folder).map_err(|error| {
        Failure::nothing_done(format!(
            "cannot write man pages to {}: {error}",
            folder.display()
        ))
    })?;
    Ok(Exit::Done)
}
