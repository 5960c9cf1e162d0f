//! The arguments of `triage`.

use super::connection::{AppArgs, ServerArgs};
use super::input::{InputArgs, PaceArgs};
use crate::token::shard::Shard;
use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(
    after_help = "Example: ghes-oauth triage leak.json --revoke --journal j --report leak.csv"
)]
pub(crate) struct TriageArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) pace: PaceArgs,
    /// Revoke the tokens that are live
    #[arg(long)]
    pub(crate) revoke: bool,
    /// Report other owners' tokens to github.com
    #[arg(long, requires = "revoke")]
    pub(crate) any_owner: bool,
    /// Do not ask
    #[arg(short, long)]
    pub(crate) yes: bool,
    /// Check only, even with --revoke
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Record each verdict here, for --resume
    #[arg(long, value_name = "FILE")]
    pub(crate) journal: Option<PathBuf>,
    /// Continue the run of an existing journal
    #[arg(long, requires = "journal")]
    pub(crate) resume: bool,
    /// Write a report: .csv, .ndjson, else a table
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
