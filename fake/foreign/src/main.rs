//! Other people's clients against the fake, version by version; writes the table in the fake's README.
//!
//! `cargo run --manifest-path fake/foreign/Cargo.toml` needs Python 3 with venv, Node with npm, and curl. It installs the clients into a
//! temporary folder, and fails where a flow of one of them does. Debian's ruby-octokit and hub take part where they are installed.

mod clients;
mod flows;
mod servers;
mod table;
mod tls;

use clients::{CLIENTS, Client};
use ghes_oauth_fake::Operation;
use servers::VERSIONS;
use std::error::Error;
use std::process::ExitCode;
use table::CarriedOut;

type Failure = Box<dyn Error>;

const HERE: &str = env!("CARGO_MANIFEST_DIR");
const CLIENT_ID: &str = "Iv1.8a61f9b3a7aba766";
const CLIENT_SECRET: &str = "client-secret";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Failure> {
    let folder = clients::install()?;
    let mut carried_out = CarriedOut::new();
    let clients: Vec<&Client> = CLIENTS
        .iter()
        .filter(|client| client.is_installed())
        .collect();
    for client in &clients {
        for (index, version) in VERSIONS.into_iter().enumerate() {
            if !client.reaches(version) {
                continue;
            }
            let ghes = servers::start(version)?;
            flows::run(client, &folder, version, &ghes)?;
            for &operation in Operation::ALL {
                if ghes.times(operation) > 0 {
                    let versions = carried_out.entry((operation, client.name)).or_default();
                    versions.insert(index);
                }
            }
            eprintln!(
                "{} passes its flows on {}",
                client.name,
                servers::name(version)
            );
        }
    }
    table::write(&clients, &carried_out, &clients::versions(&folder)?)
}
