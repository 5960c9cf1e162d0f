//! `cargo xtask TASK`: one module of the library a task.
#![allow(
    clippy::print_stderr,
    reason = "a command line tool talks to its terminal"
)]

use ghes_oauth_codegen::table;
use std::path::Path;
use std::process::ExitCode;
use xtask::derived::{self, Stop};
use xtask::terminal::print;
use xtask::{api, drift, modules, ops, package, regen, show, since, version};

const USAGE: &str = "\
usage: cargo xtask TASK

  regen             refresh all that derives from openapi/ghes-oauth.yaml, and print a summary for the pull request
  regen --check     write nothing, and report what is stale
  summary [COMMIT]  print the summary of all that changed since a commit; without one, since the last
  show [OPERATION]  print the generated code, all of it or that of one operation, by id or method name
  ops               print the operations table
  api [--check]     refresh tests/api, the public API of the published crates; or report what is stale
  package           package the published crates, and build each from its package
  version VERSION   add a GHES version to those that the spec knows, and name what mentions the last one
  modules           check that the modules of each crate import downwards only
  drift FILE [--version VERSION]
                    print what GitHub's OpenAPI description of a GHES version or of github.com, in JSON, says differently; VERSION is
                    what it describes, if it does not say so: 3.21, github.com, github.com-2020 or github.ae

exit code: 0 all is done, or fresh, or explained
           1 something is stale, or left to do by hand (an error of the spec, too), or drift
           2 failure: a file cannot be read, the crate does not compile, a wrong argument";

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["regen"] => ExitCode::from(regen::run(&root, false)),
        ["regen", "--check"] => ExitCode::from(regen::run(&root, true)),
        ["show"] => exit(show_all(&root)),
        ["show", operation] if !operation.starts_with('-') => exit(show_one(&root, operation)),
        ["ops"] => exit(operations(&root)),
        ["summary"] => exit(since::run(&root, "HEAD")),
        ["summary", commit] if !commit.starts_with('-') => exit(since::run(&root, commit)),
        ["api"] => exit(api::run(&root, false).map_err(Stop::from)),
        ["api", "--check"] => exit(match api::run(&root, true) {
            Ok(stale) if !stale.is_empty() => Err(Stop::Errors(format!(
                "{stale}error: tests/api is stale\n  = help: review the change, then run: cargo xtask api"
            ))),
            result => result.map_err(Stop::from),
        }),
        ["package"] => exit(package::run(&root).map_err(Stop::from)),
        ["version", version] => exit(version::run(&root, version).map_err(Stop::from)),
        ["modules"] => exit(modules::run(&root).map_err(Stop::Errors)),
        ["drift", file] if !file.starts_with('-') => drifted(drift::run(&root, file, None)),
        ["drift", file, "--version", version] | ["drift", "--version", version, file] => {
            drifted(drift::run(&root, file, Some(version)))
        }
        ["help" | "--help" | "-h"] => exit(Ok(format!("{USAGE}\n"))),
        [] => exit(Err(USAGE.to_owned().into())),
        [task @ ("drift" | "version")] => exit(Err(format!(
            "error: cargo xtask {task} needs an argument; cargo xtask help"
        )
        .into())),
        [
            task @ ("regen" | "summary" | "show" | "ops" | "modules" | "api" | "package"
            | "version" | "drift"),
            ..,
        ] => exit(Err(format!(
            "error: cargo xtask {task} does not take `{}`; cargo xtask help",
            words[1..].join(" ")
        )
        .into())),
        [task, ..] => exit(Err(format!(
            "error: no task `{task}`; cargo xtask help lists all"
        )
        .into())),
    }
}

fn show_all(root: &Path) -> Result<String, Stop> {
    let (_, generated) = derived::generate(root)?;
    Ok(show::all(&generated)?)
}

fn show_one(root: &Path, operation: &str) -> Result<String, Stop> {
    let (document, generated) = derived::generate(root)?;
    let operations = table::operations(&document);
    Ok(show::one(&generated, show::find(&operations, operation)?)?)
}

fn operations(root: &Path) -> Result<String, Stop> {
    let (document, _) = derived::generate(root)?;
    Ok(ops::table(&table::operations(&document)))
}

/// Prints the differences, if the descriptions can be compared.
fn drifted(result: Result<drift::Report, String>) -> ExitCode {
    match result {
        Ok(report) => {
            print(&report.to_string());
            ExitCode::from(if report.is_clean() {
                regen::FRESH
            } else {
                regen::STALE
            })
        }
        Err(error) => exit(Err(error.into())),
    }
}

/// Prints the output of a task, or its error to standard error.
fn exit(result: Result<String, Stop>) -> ExitCode {
    let (message, code) = match result {
        Ok(text) => {
            print(&text);
            return ExitCode::SUCCESS;
        }
        Err(Stop::Errors(message)) => (message, regen::STALE),
        Err(Stop::Failure(message)) => (message, regen::FAILED),
    };
    eprintln!("{}", message.trim_end());
    ExitCode::from(code)
}
