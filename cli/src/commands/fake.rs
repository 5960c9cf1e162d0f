//! The command `fake`.

use crate::args::fake::{FakeArgs, Product};
use crate::failure::{Exit, Failure};
use crate::interrupt::interrupted;
use crate::terminal;
use ghes_oauth_fake::{Builder, FakeGhes};
use std::fs;
use std::io::{self, Write};

/// The app and the user of a fake without settings.
const CLIENT_ID: &str = "Iv1.8a61f9b3a7aba766";
const CLIENT_SECRET: &str = "client-secret";
const LOGIN: &str = "octocat";
const PASSWORD: &str = "password";

/// Runs `ghes-oauth fake`: prints the address and serves until it is stopped.
pub(crate) async fn run(args: FakeArgs) -> Result<Exit, Failure> {
    let mut builder = match &args.settings {
        Some(path) => {
            let problem =
                |text: String| Failure::nothing_done(format!("{}: {text}", path.display()));
            let text = fs::read_to_string(path).map_err(|error| problem(error.to_string()))?;
            Builder::from_toml(&text).map_err(|error| problem(error.to_string()))?
        }
        None => FakeGhes::builder()
            .app(CLIENT_ID, CLIENT_SECRET)
            .user(LOGIN, PASSWORD),
    };
    builder = match args.version {
        None => builder,
        Some(Product::Ghes(major, minor)) => builder.version(major, minor),
        Some(Product::GithubCom) => builder.github_com(),
    };
    let fake = builder
        .start()
        .map_err(|error| Failure::nothing_done(format!("the fake cannot listen: {error}")))?;
    if args.settings.is_none() {
        terminal::note(&format!(
            "app {CLIENT_ID} with secret {CLIENT_SECRET}, user {LOGIN} with password {PASSWORD}; more by --settings"
        ));
    }
    let mut out = io::stdout();
    writeln!(out, "{}", fake.url())
        .and_then(|()| out.flush())
        .map_err(|error| {
            Failure::nothing_done(format!("cannot write to standard output: {error}"))
        })?;
    interrupted().await;
    Ok(Exit::Done)
}
