//! The arguments of the commands that read tokens.

use crate::input::format::Format;
use crate::input::read::Input;
use clap::Args;
use std::collections::HashSet;
use std::num::NonZeroUsize;
use std::path::PathBuf;

#[derive(Clone, Debug, Args)]
pub(crate) struct InputArgs {
    /// Files with tokens; - is standard input
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// lines|csv|gitleaks|trufflehog|secret-scanning
    #[arg(long, hide_possible_values = true, value_enum)]
    pub(crate) format: Option<Format>,
    /// The CSV column of the tokens, name or number
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
    /// Returns the files, or standard input if none is named.
    pub(crate) fn inputs_or_stdin(mut self) -> Vec<Input> {
        if self.files.is_empty() {
            self.files.push(PathBuf::from("-"));
        }
        self.inputs()
    }

    /// Returns the files, each with the way to read it.
    ///
    /// A file that is named twice is read once: a second reader of a pipe would wait forever.
    pub(crate) fn inputs(&self) -> Vec<Input> {
        let mut named = HashSet::new();
        self.files
            .iter()
            .filter(|path| named.insert(path.as_path()))
            .map(|path| Input {
                path: path.clone(),
                format: self.format,
                column: self.column.clone(),
                typed: None,
            })
            .collect()
    }
}
