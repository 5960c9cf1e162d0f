//! Serves a fake GHES as a settings file describes it, for tests in any language.
//!
//! `cargo run -p ghes-oauth-fake --example serve -- fake/examples/serve.toml` prints the URL and runs until it is stopped.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example talks to the person who runs it"
)]

use ghes_oauth_fake::Builder;
use std::error::Error;
use std::process::ExitCode;
use std::{env, fs, thread};

fn main() -> ExitCode {
    match serve() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("serve: {error}");
            ExitCode::FAILURE
        }
    }
}

fn serve() -> Result<(), Box<dyn Error>> {
    let path = env::args_os().nth(1).ok_or("name a settings file")?;
    let ghes = Builder::from_toml(&fs::read_to_string(path)?)?.start()?;
    println!("{}", ghes.url());
    loop {
        thread::park();
    }
}
