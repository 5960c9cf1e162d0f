//! Runs cargo from a program that cargo itself runs.

use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, process};

/// A command of cargo in the repository at `root`.
pub(crate) fn command(root: &Path) -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root).stdin(Stdio::null());
    // With the variables that cargo sets for this program, build scripts would run again.
    for (name, _) in
        env::vars_os().filter(|(name, _)| name.to_str().is_some_and(is_of_this_program))
    {
        cargo.env_remove(name);
    }
    cargo
}

/// Runs it, and returns its output; `what` describes a failure.
pub(crate) fn run(mut command: Command, what: &str) -> Result<String, String> {
    let output = command
        .stdout(Stdio::piped())
        .spawn()
        .and_then(process::Child::wait_with_output)
        .map_err(|error| format!("error: cannot start cargo: {error}"))?;
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        Ok(printed)
    } else {
        Err(format!("{printed}error: {what}: see above"))
    }
}

/// The version of the compiler that cargo uses.
pub(crate) fn version(root: &Path) -> Result<String, String> {
    let mut command = command(root);
    command.arg("--version");
    run(command, "cargo does not say its version").map(|text| text.trim().to_owned())
}

/// Variables that differ between packages, but not between runs.
fn is_of_this_program(name: &str) -> bool {
    [
        "CARGO_PKG_",
        "CARGO_MANIFEST_",
        "CARGO_BIN_",
        "CARGO_CRATE_",
    ]
    .iter()
    .any(|prefix| name.starts_with(prefix))
}
