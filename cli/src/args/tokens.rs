//! The arguments of commands on tokens, but for `triage`.

use super::connection::{AppArgs, ServerArgs};
use super::input::{InputArgs, PaceArgs};
use clap::Args;
use std::path::PathBuf;

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
Each new token is on the disk before the next reset is sent. After an
interruption the same command continues by FILE and FILE.log, and names
what was lost.
Example: ghes-oauth rotate tokens.txt --out new-tokens.ndjson")]
pub(crate) struct RotateArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// Write the new tokens here, with mode 0600
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
