//! `cargo xtask drift FILE`: the differences between one of GitHub's own descriptions and ours.
//!
//! text → `description` → `walk` beside ours → minus `curation` → [`Report`].

mod curation;
mod description;
mod pattern;
mod point;
mod reference;
mod report;
mod schema;
mod scope;
mod server;
mod stale;
mod walk;
mod wildcard;

pub use curation::Diagnostic;
pub use report::{Difference, Kind, Report};
pub use server::Server;

use curation::Curation;
use ghes_oauth_codegen::loader::parse;
use scope::Scope;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// Compares the description in `file` with ours. `version` says what it describes, if it does not say so itself.
pub fn run(root: &Path, file: &str, version: Option<&str>) -> Result<Report, String> {
    let server = version.map(|version| {
        Server::parse(version).ok_or_else(|| {
            format!(
                "error: `{version}` is not a version: write 3.21, github.com, github.com-2020 or github.ae"
            )
        })
    });
    let server = server.transpose()?;
    let ours = read(&root.join("openapi/ghes-oauth.yaml"))?;
    let curation = read(&root.join("openapi/CURATION.md"))?;
    compare(&read(Path::new(file))?, &ours, &curation, server)
        .map_err(|error| format!("error: {file}: {error}"))
}

/// Compares a description in JSON with ours; `server` overrides the server that the description names.
pub fn compare(
    theirs: &str,
    ours: &str,
    curation: &str,
    server: Option<Server>,
) -> Result<Report, String> {
    let (ours, curation) = (specification(ours)?, explanations(curation)?);
    let theirs = description::read(theirs, &Scope::of(&ours))?;
    let unknown =
        "it does not say which server it describes; add `--version 3.21` or `--version github.com`";
    let server = server.or_else(|| Server::of(&theirs)).ok_or(unknown)?;
    Ok(Report::new(
        &walk::walk(&theirs, &ours, server).points,
        &curation,
        server,
        &required(&ours),
    ))
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

fn read(file: &Path) -> Result<String, String> {
    let bytes = std::fs::read(file)
        .map_err(|error| format!("error: {} cannot be read: {error}", file.display()))?;
    String::from_utf8(bytes).map_err(|_| {
        format!(
            "error: {} is not text in UTF-8; unpack it, or fetch it anew",
            file.display()
        )
    })
}
