//! Parameters: each one's own rules, and all of an operation against its path.

use super::context::Lint;
use super::operation::Operation;
use super::place::Place;
use super::{keys, path, reference, schema, secret, shapes, spelling, version};
use crate::reference::resolve;
use crate::yaml::Node;

/// Names that the generated method, or the imports of its file, already use: a parameter would shadow them.
const TAKEN: &str = "body header_map info operations path_segment request response result url";

pub(super) fn check(lint: &mut Lint<'_>, operation: &Operation<'_>) {
    let Some(list) = operation.node.get("parameters") else {
        return check_against_path(lint, operation, &[], true);
    };
    let mut known: Vec<(&Node, &Node)> = Vec::new();
    for node in list.items() {
        if !reference::check(lint, node, "parameters") {
            check_declaration(lint, node);
        }
        // A component that only refers to another one has no keys to check, and a misspelt place may mean the path.
        let Some(parameter) = resolve(lint.document, node).filter(|target| {
            target.text_at("name").is_some()
                && matches!(
                    target.text_at("in"),
                    Some("path" | "query" | "header" | "cookie")
                )
        }) else {
            continue;
        };
        if let Some(name) = parameter.text_at("name")
            && known
                .iter()
                .any(|(_, other)| other.text_at("name") == Some(name))
        {
            lint.error(
                node.line,
                format!("parameter `{name}` appears twice"),
                "remove one: the generator distinguishes parameters only by name",
            );
        }
        known.push((node, parameter));
    }
    check_against_path(
        lint,
        operation,
        &known,
        !list.items().is_empty() && known.len() == list.items().len(),
    );
    check_versions(lint, operation, &known);
}

/// Checks one parameter, wherever it is written.
pub(super) fn check_declaration(lint: &mut Lint<'_>, node: &Node) {
    let what = node
        .text_at("name")
        .map_or(shapes::PARAMETER.what.to_owned(), |name| {
            format!("parameter `{name}`")
        });
    keys::check_object_named(lint, node, &shapes::PARAMETER, &what);
    let (Some(name), Some(place)) = (node.text_at("name"), node.text_at("in")) else {
        return;
    };
    let line = |key: &str| node.get(key).map_or(node.line, |value| value.line);
    const RENAME: &str = "teach codegen/src/passes.rs to rename it, or leave it out";
    if !spelling::is_snake(name) {
        let what = format!("parameter `{name}` is not in snake case");
        lint.error(
            line("name"),
            what,
            "write it as GitHub does, such as `per_page`",
        );
    } else if TAKEN.split(' ').any(|taken| taken == name) {
        let what = format!("`{name}` is taken in the generated method");
        lint.error(line("name"), what, RENAME);
    } else if spelling::is_keyword(name) {
        let what = format!("`{name}` is a Rust keyword");
        lint.error(line("name"), what, RENAME);
    }
    version::check(lint, node, "x-since");
    let schema_place = match place {
        "path" => Place::Path,
        "query" => Place::Query,
        other => {
            let (what, help) = match other {
                "header" => (
                    format!("parameter `{name}` is a header"),
                    "the crate sets headers; remove it here",
                ),
                "cookie" => (
                    format!("parameter `{name}` is a cookie"),
                    "GitHub's API reads none; remove it",
                ),
                _ => (
                    format!("`{place}` is not a place for a parameter"),
                    "write `path` or `query`",
                ),
            };
            return lint.error(line("in"), what, help);
        }
    };
    if place == "path"
        && node
            .get("required")
            .is_none_or(|required| required.as_bool() == Some(false))
    {
        lint.error(
            line("required"),
            format!("path parameter `{name}` is not required"),
            "write `required: true`",
        );
    }
    if place == "path" && node.get("x-since").is_some() {
        lint.error(
            line("x-since"),
            format!("path parameter `{name}` has a version"),
            "remove `x-since`: it is as old as its path",
        );
    }
    if place == "query" && node.flag_at("required") == Some(true) {
        return lint.error(
            line("required"),
            format!("query parameter `{name}` is required"),
            "remove `required`: it becomes an option of a call, and options are never required",
        );
    }
    let Some(schema) = node.get("schema") else {
        return;
    };
    let is_secret = secret::is_suspect(name) || secret::is_marked(lint.document, schema);
    if place == "query" && is_secret {
        return lint.error(
            node.line,
            format!("query parameter `{name}` carries a secret"),
            "send it in the body: servers and proxies write queries to their logs",
        );
    }
    let what = format!("{place} parameter `{name}`");
    schema::check(lint, schema, &what, schema_place);
    secret::check(lint, name, schema, &what);
}

/// Checks the parameters of the path against those of the operation; a missing one may be an unreadable one.
fn check_against_path(
    lint: &mut Lint<'_>,
    operation: &Operation<'_>,
    known: &[(&Node, &Node)],
    are_all_known: bool,
) {
    if !path::is_sound(operation.path) {
        return;
    }
    let in_path = path::parameters(operation.path);
    let declared: Vec<(&Node, &str)> = known
        .iter()
        .filter(|(_, parameter)| parameter.text_at("in") == Some("path"))
        .filter_map(|(node, parameter)| Some((*node, parameter.text_at("name")?)))
        .collect();
    let strays: Vec<_> = declared
        .iter()
        .filter(|(_, name)| !in_path.contains(name))
        .collect();
    for (node, name) in &strays {
        let what = format!(
            "path parameter `{name}` is not in the path `{}`",
            operation.path
        );
        let help = format!("remove it, or write `{{{name}}}` into the path");
        lint.error(node.line, what, help);
    }
    if !are_all_known || !strays.is_empty() {
        return; // A stray one may be the one that is missing, under another name.
    }
    for name in in_path {
        if !declared.iter().any(|(_, declared)| *declared == name) {
            lint.error(
                operation.node.line,
                format!("path parameter `{name}` is not declared"),
                "add it under `parameters`, with `in: path` and `required: true`",
            );
        }
    }
}

/// A parameter that exists since the operation does needs no version.
fn check_versions(lint: &mut Lint<'_>, operation: &Operation<'_>, known: &[(&Node, &Node)]) {
    let first = version::at(operation.node, "x-since");
    let last = version::at(operation.node, "x-until");
    for (node, parameter) in known
        .iter()
        .filter(|(_, parameter)| parameter.text_at("in") == Some("query"))
    {
        let (Some(since), Some(name)) =
            (version::at(parameter, "x-since"), parameter.text_at("name"))
        else {
            continue;
        };
        if first.is_some_and(|first| since <= first) {
            lint.error(
                node.line,
                format!("parameter `{name}` is as old as the operation"),
                "remove the `x-since` of the parameter",
            );
        } else if last.is_some_and(|last| since > last) {
            lint.error(
                node.line,
                format!("parameter `{name}` is younger than the last version of the operation"),
                "remove it",
            );
        }
    }
}
