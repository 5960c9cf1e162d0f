//! Generates the client and the operations table from `openapi/ghes-oauth.yaml` into `OUT_DIR`.

#[path = "build/mod.rs"]
#[allow(dead_code, unreachable_pub, reason = "xtask uses the rest, from outside")]
mod generator;

use std::path::Path;
use std::{env, fs, process};

const SPEC: &str = "openapi/ghes-oauth.yaml";

fn main() {
    println!("cargo::rerun-if-changed={SPEC}");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    if let Err(message) = generate() {
        eprintln!("{message}");
        process::exit(1);
    }
}

fn generate() -> Result<(), String> {
    let spec = fs::read_to_string(SPEC).map_err(|error| format!("cannot read {SPEC}: {error}"))?;
    let generated = generator::run(&spec).map_err(|faults| faults.iter().map(|fault| format!("{fault}\n")).collect::<String>())?;
    let out = env::var("OUT_DIR").map_err(|error| format!("cargo sets OUT_DIR for build scripts: {error}"))?;
    for (name, source) in [("generated.rs", generated.client), ("operations.rs", generated.operations)] {
        let path = Path::new(&out).join(name);
        fs::write(&path, source).map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    }
    Ok(())
}
