//! Puts the client's code and its operations table into `OUT_DIR`.
//!
//! With the feature `generate` it generates them from `openapi/ghes-oauth.yaml`. Otherwise, as in a dependent's build, it copies the files
//! that `cargo xtask regen` wrote to `openapi/generated/`; a test holds the two equal.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a build script prints to cargo and to the user"
)]

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
    use ghes_oauth_codegen as codegen;

    let path = codegen::diagnostic::SPEC;
    println!("cargo::rerun-if-changed={path}");
    let spec = fs::read(path).map_err(|error| codegen::diagnostic::unreadable(&error))?;
    let spec = codegen::source::decode(spec).map_err(|error| error.to_string())?;
    let generated = codegen::run(&spec).map_err(|errors| {
        let errors: Vec<_> = errors.iter().map(ToString::to_string).collect();
        errors.join("\n")
    })?;
    Ok([
        ("generated.rs", generated.client),
        ("operations.rs", generated.operations),
    ])
}

#[cfg(not(feature = "generate"))]
fn sources() -> Result<[(&'static str, String); 2], String> {
    let read = |path: &str| {
        println!("cargo::rerun-if-changed={path}");
        fs::read(path).map_err(|error| format!("cannot read {path}: {error}"))
    };
    let text = |path| {
        String::from_utf8(read(path)?).map_err(|_| format!("{path} is not UTF-8: restore it"))
    };
    let operations = text("openapi/generated/operations.rs")?;
    // FNV-1a of the text without carriage returns, as the generator computes it.
    let hash = read("openapi/ghes-oauth.yaml")?
        .iter()
        .filter(|byte| **byte != b'\r')
        .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        });
    if !operations
        .lines()
        .next()
        .unwrap_or_default()
        .ends_with(&format!(" {hash:016x}"))
    {
        println!(
            "cargo::warning=openapi/generated is not generated from this openapi/ghes-oauth.yaml; run: cargo xtask regen"
        );
    }
    Ok([
        ("generated.rs", text("openapi/generated/generated.rs")?),
        ("operations.rs", operations),
    ])
}
