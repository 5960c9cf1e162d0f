//! `cargo xtask drift FILE`: the differences between one of GitHub's own descriptions and ours.
//!
//! text → `description` → `walk` beside ours → minus `curation` → [`Report`].

mod curation;
mod description;
mod document;
mod flat;
mod pattern;
mod place;
mod point;
mod report;
mod scope;
mod server;
mod stale;
mod walk;

pub use curation::Diagnostic;
pub use report::{Difference, Kind, Report};
pub use server::Server;

use curation::Curation;
use ghes_oauth_codegen::loader::parse;
use scope::Scope;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask drift FILE [--version VERSION]

FILE     GitHub's OpenAPI description of one GHES version or of github.com, in JSON
VERSION  what FILE describes, where it does not say so itself: 3.21, github.com, github.com-2020 or github.ae

exit code: 0 nothing unexplained, 1 drift, 2 failure
";

/// Prints the unexplained differences. Exit code 0: none; 1: some; 2: failure.
pub fn run(arguments: &[String]) -> ExitCode {
    let outcome = Arguments::read(arguments)
        .and_then(|arguments| arguments.map(|arguments| arguments.report()).transpose());
    match outcome {
        Ok(None) => print(&mut io::stdout(), &USAGE, 0),
        Ok(Some(report)) => print(&mut io::stdout(), &report, u8::from(!report.is_clean())),
        Err(message) => print(&mut io::stderr(), &format!("error: {message}\n"), 2),
    }
}

/// Compares a description in JSON with ours; `server` overrides the server that the description names.
pub fn compare(
    theirs: &str,
    ours: &str,
    curation: &str,
    server: Option<Server>,
) -> Result<Report, String> {
    compare_read(
        theirs,
        &specification(ours)?,
        &explanations(curation)?,
        server,
    )
}

/// Returns the errors of `curation`: lines that break its rules, and patterns that cannot explain anything any more. It ignores a
/// specification that cannot be read; the linter reports that.
pub fn curation_errors(ours: &str, curation: &str) -> Vec<Diagnostic> {
    let Ok(ours) = specification(ours) else {
        return Vec::new();
    };
    let curation = curation::read(curation);
    let stale = stale::errors(&ours, &curation);
    let mut errors = curation.errors;
    errors.extend(stale);
    errors.sort_by_key(|error| error.line);
    errors
}

#[derive(Debug, Default)]
struct Arguments {
    file: PathBuf,
    server: Option<Server>,
}

impl Arguments {
    /// `None` for `--help`.
    fn read(arguments: &[String]) -> Result<Option<Self>, String> {
        let mut read = Self::default();
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            let version = match argument.split_once('=') {
                Some(("--version", version)) => Some(version),
                _ if argument == "--version" => Some(rest.next().map_or("", String::as_str)),
                _ => None,
            };
            if let Some(version) = version {
                let wrong = || {
                    format!(
                        "`--version {version}` is not a version: write 3.21, github.com, github.com-2020 or github.ae"
                    )
                };
                read.server = Some(Server::parse(version).ok_or_else(wrong)?);
            } else if ["--help", "-h"].contains(&argument.as_str()) {
                return Ok(None);
            } else if argument.starts_with('-') || !read.file.as_os_str().is_empty() {
                return Err(format!("`{argument}` is one argument too many\n{USAGE}"));
            } else {
                read.file = argument.into();
            }
        }
        if read.file.as_os_str().is_empty() {
            Err(format!("which file?\n{USAGE}"))
        } else {
            Ok(Some(read))
        }
    }

    fn report(&self) -> Result<Report, String> {
        let openapi = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi");
        let ours = specification(&text(&openapi.join("ghes-oauth.yaml"))?)?;
        let curation = explanations(&text(&openapi.join("CURATION.md"))?)?;
        let theirs = text(&self.file)?;
        compare_read(&theirs, &ours, &curation, self.server)
            .map_err(|error| format!("{}: {error}", self.file.display()))
    }
}

fn compare_read(
    theirs: &str,
    ours: &Value,
    curation: &Curation,
    server: Option<Server>,
) -> Result<Report, String> {
    let theirs = description::read(theirs, &Scope::of(ours))?;
    let unknown =
        "it does not say which server it describes; add `--version 3.21` or `--version github.com`";
    let server = server.or_else(|| Server::of(&theirs)).ok_or(unknown)?;
    Ok(Report::new(
        &walk::walk(&theirs, ours, server).points,
        curation,
        server,
        &required(ours),
    ))
}

/// The fields that we require: `Authorization.id`.
fn required(ours: &Value) -> BTreeSet<String> {
    let schemas = ours["components"]["schemas"].as_object();
    let fields = schemas.into_iter().flatten().flat_map(|(schema, value)| {
        let names = value["required"].as_array().into_iter().flatten();
        names.filter_map(move |name| Some(format!("{schema}.{}", name.as_str()?)))
    });
    fields.collect()
}

fn specification(text: &str) -> Result<Value, String> {
    let lint = |error| {
        format!("our own specification cannot be read; run `cargo xtask regen --check`\n{error}")
    };
    parse(text).map(|node| node.to_json()).map_err(lint)
}

fn explanations(text: &str) -> Result<Curation, String> {
    let curation = curation::read(text);
    match curation.errors.first() {
        Some(error) => Err(format!(
            "openapi/CURATION.md cannot be read; run `cargo xtask regen --check`\n{error}"
        )),
        None => Ok(curation),
    }
}

fn text(file: &Path) -> Result<String, String> {
    let bytes = std::fs::read(file)
        .map_err(|error| format!("{} cannot be read: {error}", file.display()))?;
    String::from_utf8(bytes).map_err(|_| {
        format!(
            "{} is not text in UTF-8; unpack it, or fetch it anew",
            file.display()
        )
    })
}

/// A closed pipe does not change the result.
fn print(to: &mut dyn Write, text: &dyn Display, code: u8) -> ExitCode {
    let _ = write!(to, "{text}");
    ExitCode::from(code)
}
