//! `cargo xtask package`: packages each published crate and builds it from its package, in the order of publishing.

use crate::cargo;
use std::path::{Path, PathBuf};

/// The crates in the order of publishing.
const CRATES: [&str; 4] = [
    "ghes-oauth-codegen",
    "ghes-oauth",
    "ghes-oauth-fake",
    "ghes-oauth-cli",
];

/// What the client's package must contain for the build of a dependent, with and without the generator.
const NEEDED: [&str; 4] = [
    "build.rs",
    "openapi/generated/generated.rs",
    "openapi/generated/operations.rs",
    "openapi/ghes-oauth.yaml",
];

/// Packages them, and builds each from its package against the packages of the others.
pub fn run(root: &Path) -> Result<String, String> {
    let files = listed(root)?;
    if let Some(missing) = NEEDED
        .iter()
        .find(|file| !files.iter().any(|other| other == *file))
    {
        return Err(format!(
            "error: the package of ghes-oauth has no {missing}\n  = help: add it to `include` in Cargo.toml"
        ));
    }
    // cargo puts the packages into a temporary registry for this, because none of them may be published yet.
    let mut package = cargo::command(root);
    package.args(["package", "--allow-dirty"]);
    for name in CRATES {
        package.args(["--package", name]);
    }
    cargo::run(package, "a crate does not build from its package")?;
    generated_from_packages(root)?;
    Ok(format!("{} build from their packages\n", CRATES.join(", ")))
}

/// The files of the client's package.
fn listed(root: &Path) -> Result<Vec<String>, String> {
    let mut list = cargo::command(root);
    list.args([
        "package",
        "--allow-dirty",
        "--list",
        "--package",
        "ghes-oauth",
    ]);
    let files = cargo::run(list, "the files of ghes-oauth cannot be listed")?;
    Ok(files.lines().map(str::to_owned).collect())
}

/// Builds the client from its package, with the generator from the generator's package.
fn generated_from_packages(root: &Path) -> Result<(), String> {
    let mut check = cargo::command(root);
    check
        .args(["check", "--features", "generate", "--manifest-path"])
        .arg(extracted(root, "ghes-oauth")?.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(root.join("target/package/generate"))
        .arg("--config")
        .arg(format!(
            "patch.crates-io.ghes-oauth-codegen.path={:?}",
            extracted(root, "ghes-oauth-codegen")?
        ));
    cargo::run(check, "ghes-oauth does not generate from its package").map(drop)
}

/// Returns the folder into which cargo has extracted the package of a crate.
fn extracted(root: &Path, name: &str) -> Result<PathBuf, String> {
    let mut id = cargo::command(root);
    id.args(["pkgid", "--package", name]);
    let id = cargo::run(id, "cargo does not know the version of a crate")?;
    // `path+file:///…#ghes-oauth@0.1.0`, without the name if the folder has it: `path+file:///…/ghes-oauth#0.1.0`.
    let version = id.trim().rsplit(['@', '#']).next().unwrap_or_default();
    Ok(root.join(format!("target/package/{name}-{version}")))
}
