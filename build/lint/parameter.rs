//! Parameters: each by itself, and all of an operation against its path.

use super::super::yaml::Node;
use super::operation::Operation;
use super::schema::Place;
use super::{Lint, grammar, path, reference, schema, secret, shapes, spelling};

/// Names that the generated method already uses for something else.
const TAKEN: [&str; 3] = ["body", "header_map", "info"];

pub(super) fn check(lint: &mut Lint<'_>, operation: &Operation<'_>) {
    let Some(list) = operation.node.get("parameters") else { return declared(lint, operation, &[]) };
    let mut known: Vec<(&Node, &Node)> = Vec::new();
    for node in list.items() {
        if !reference::check(lint, node, "parameters") {
            declaration(lint, node);
        }
        let Some(parameter) = reference::resolve(lint.document, node) else { continue };
        if let Some(name) = text(parameter, "name")
            && known.iter().any(|(_, other)| text(other, "name") == Some(name))
        {
            lint.fault(
                node.line,
                format!("parameter `{name}` stands twice"),
                "remove one: the generator tells parameters apart by name alone",
            );
        }
        known.push((node, parameter));
    }
    declared(lint, operation, &known);
    since(lint, operation, &known);
}

/// A parameter by itself, wherever it is written.
pub(super) fn declaration(lint: &mut Lint<'_>, node: &Node) {
    let what = text(node, "name").map_or(shapes::PARAMETER.what.to_owned(), |name| format!("parameter `{name}`"));
    grammar::object_of(lint, node, &shapes::PARAMETER, &what);
    let (Some(name), Some(place)) = (text(node, "name"), text(node, "in")) else { return };
    let line = |key: &str| node.get(key).map_or(node.line, |value| value.line);
    if !spelling::is_snake(name) {
        lint.fault(line("name"), format!("parameter `{name}` is not in snake case"), "write it as GitHub does, such as `per_page`");
    } else if TAKEN.contains(&name) {
        lint.fault(
            line("name"),
            format!("`{name}` is taken in the generated method"),
            "teach build/passes.rs to rename it, or leave it out",
        );
    }
    let schema_place = match place {
        "path" => Place::Path,
        "query" => Place::Query,
        "header" => return lint.fault(line("in"), format!("parameter `{name}` is a header"), "the crate sets headers; remove it here"),
        "cookie" => return lint.fault(line("in"), format!("parameter `{name}` is a cookie"), "GitHub's API reads none; remove it"),
        _ => return lint.fault(line("in"), format!("`{place}` is no place for a parameter"), "write `path` or `query`"),
    };
    if place == "path" && node.get("required").and_then(Node::as_bool) != Some(true) {
        lint.fault(line("required"), format!("path parameter `{name}` is not required"), "write `required: true`");
    }
    if place == "path" && node.get("x-since").is_some() {
        lint.fault(line("x-since"), format!("path parameter `{name}` has a version"), "remove `x-since`: it is as old as its path");
    }
    if let Some(schema) = node.get("schema") {
        schema::check(lint, schema, &format!("{place} parameter `{name}`"), schema_place);
        if place == "query" && (secret::is_suspect(name) || secret::is_marked(lint.document, schema)) {
            let what = format!("query parameter `{name}` carries a secret");
            lint.fault(node.line, what, "send it in the body: servers and proxies write queries to their logs");
        } else {
            secret::check(lint, name, schema, &format!("{place} parameter `{name}`"));
        }
    }
}

/// Parameters of the path against those of the operation.
fn declared(lint: &mut Lint<'_>, operation: &Operation<'_>, known: &[(&Node, &Node)]) {
    if !path::is_sound(operation.path) {
        return;
    }
    let in_path = path::parameters(operation.path);
    for name in &in_path {
        let is_it = |parameter: &Node| text(parameter, "in") == Some("path") && text(parameter, "name") == Some(name);
        if !known.iter().any(|(_, parameter)| is_it(parameter)) {
            let what = format!("path parameter `{name}` is not declared");
            lint.fault(operation.node.line, what, "add it under `parameters`, with `in: path` and `required: true`");
        }
    }
    for (node, parameter) in known {
        if let (Some("path"), Some(name)) = (text(parameter, "in"), text(parameter, "name"))
            && !in_path.contains(&name)
        {
            let mend = format!("remove it, or write `{{{name}}}` into the path");
            lint.fault(node.line, format!("path parameter `{name}` is not in the path `{}`", operation.path), mend);
        }
    }
}

/// A parameter that came with the operation needs no version of its own.
fn since(lint: &mut Lint<'_>, operation: &Operation<'_>, known: &[(&Node, &Node)]) {
    let version = |node: &Node| text(node, "x-since").and_then(grammar::version);
    for (node, parameter) in known {
        if let (Some(since), Some(first), Some(name)) = (version(parameter), version(operation.node), text(parameter, "name"))
            && text(parameter, "in") == Some("query")
            && since <= first
        {
            lint.fault(node.line, format!("parameter `{name}` is as old as the operation"), "remove the `x-since` of the parameter");
        }
    }
}

fn text<'a>(node: &'a Node, key: &str) -> Option<&'a str> {
    node.get(key)?.as_str()
}
