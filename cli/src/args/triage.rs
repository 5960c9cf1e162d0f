//! The arguments of `triage`, and of whatever reads tokens.

use super::{AppArgs, ServerArgs};
use crate::input::{Format, Input};
use crate::token::shard::Shard;
use clap::Args;
use std::num::NonZeroUsize;
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(after_help = "\
Without --journal a run that is interrupted cannot be continued.
Example: ghes-oauth triage leaks.json --revoke --journal leak.journal --report leak.csv")]
pub(crate) struct TriageArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) pace: PaceArgs,
    /// Revoke the tokens that are live
    #[arg(long)]
    pub(crate) revoke: bool,
    /// Check only, even with --revoke
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Record each verdict in this file
    #[arg(long, value_name = "FILE")]
    pub(crate) journal: Option<PathBuf>,
    /// Continue the run of an existing journal
    #[arg(long, requires = "journal")]
    pub(crate) resume: bool,
    /// Write the report here: .csv, .ndjson, else a table
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    /// Take only this share of the tokens, as in 3/8
    #[arg(long, value_name = "I/N")]
    pub(crate) shard: Option<Shard>,
    #[command(flatten)]
    pub(crate) app: AppArgs,
    #[command(flatten)]
    pub(crate) server: ServerArgs,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct InputArgs {
    /// Files with tokens; - is standard input
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// lines, csv, gitleaks, trufflehog or secret-scanning
    #[arg(long, hide_possible_values = true, value_enum)]
    pub(crate) format: Option<Format>,
    /// The CSV column with the tokens, by name or number
    #[arg(long)]
    pub(crate) column: Option<String>,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct PaceArgs {
    /// How many requests to have in flight
    #[arg(long, value_name = "N")]
    pub(crate) concurrency: Option<NonZeroUsize>,
}

impl InputArgs {
    /// Returns the files, or standard input where none is named.
    pub(crate) fn inputs_or_stdin(mut self) -> Vec<Input> {
        if self.files.is_empty() {
            self.files.push(PathBuf::from("-"));
        }
        self.inputs()
    }

    /// Returns the files, each with the way to read it.
    pub(crate) fn inputs(&self) -> Vec<Input> {
        self.files
            .iter()
            .map(|path| Input {
                path: path.clone(),
                format: self.format,
                column: self.column.clone(),
            })
            .collect()
    }
}
