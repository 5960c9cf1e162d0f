//! Generates the client and the operations table from `openapi/ghes-oauth.yaml` into `OUT_DIR`.
//!
//! Without the feature `generate` it takes over what `cargo xtask regen` generated into `openapi/generated/`, which
//! spares a dependent the building of the generator; a test holds the two equal.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it is how a build script talks to cargo and to whoever builds"
)]

#[cfg(feature = "generate")]
#[path = "build/mod.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    reason = "xtask uses the rest, from outside"
)]
mod generator;

use std::path::Path;
use std::{env, fs, process};

fn main() {
    if let Err(message) = run() {
        eprintln!("{message}");
        process::exit(1);
    }
}

fn run() -> Result<(), String> {
    println!("cargo::rerun-if-changed=build.rs");
    let out = env::var("OUT_DIR")
        .map_err(|error| format!("cargo sets OUT_DIR for build scripts: {error}"))?;
    for (name, source) in sources()? {
        let path = Path::new(&out).join(name);
        fs::write(&path, source)
            .map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    }
    Ok(())
}

#[cfg(feature = "generate")]
fn sources() -> Result<[(&'static str, String); 2], String> {
    println!("cargo::rerun-if-changed=build");
    let path = generator::fault::SPEC;
    println!("cargo::rerun-if-changed={path}");
    let spec = fs::read(path).map_err(|error| generator::fault::unreadable(&error))?;
    let spec = generator::source::decode(spec).map_err(|fault| fault.to_string())?;
    let generated = generator::run(&spec).map_err(|faults| {
        faults
            .iter()
            .map(|fault| format!("{fault}\n"))
            .collect::<String>()
    })?;
    Ok([
        ("generated.rs", generated.client),
        ("operations.rs", generated.operations),
    ])
}

#[cfg(not(feature = "generate"))]
fn sources() -> Result<[(&'static str, String); 2], String> {
    Ok([
        ("generated.rs", read("openapi/generated/generated.rs")?),
        ("operations.rs", read("openapi/generated/operations.rs")?),
    ])
}

#[cfg(not(feature = "generate"))]
fn read(path: &str) -> Result<String, String> {
    println!("cargo::rerun-if-changed={path}");
    fs::read_to_string(path).map_err(|error| format!("cannot read {path}: {error}"))
}
