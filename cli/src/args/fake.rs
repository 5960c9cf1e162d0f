//! The arguments of `fake`.

use clap::Args;
use std::path::PathBuf;
use std::str::FromStr;

#[derive(Debug, Args)]
#[command(after_help = "\
It prints its URL and serves until it is stopped.
Without --settings it knows one app and one user.
Example: ghes-oauth fake --version 3.16 --settings fake.toml")]
pub(crate) struct FakeArgs {
    /// The GHES version to play, as in 3.16, or github.com
    #[arg(long)]
    pub(crate) version: Option<Product>,
    /// Apps, users, tokens and faults, as TOML
    #[arg(long, value_name = "FILE")]
    pub(crate) settings: Option<PathBuf>,
}

/// The product that a fake plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Product {
    Ghes(u16, u16),
    GithubCom,
}

impl FromStr for Product {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "github.com" {
            return Ok(Self::GithubCom);
        }
        let version = || {
            let (major, minor) = text.split_once('.')?;
            Some(Self::Ghes(major.parse().ok()?, minor.parse().ok()?))
        };
        version().ok_or("it reads like 3.16, or github.com")
    }
}
