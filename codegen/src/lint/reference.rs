//! Checks `$ref`: its targets, and that each component is used.

use super::context::Lint;
use super::{keys, spelling};
use crate::yaml::{Key, Node};
use std::collections::HashSet;

/// Whether `node` is a reference; one that does not lead to a component of `section` is reported.
pub(super) fn check(lint: &mut Lint<'_>, node: &Node, section: &str) -> bool {
    let Some(reference) = node.get("$ref") else {
        return false;
    };
    if let Some((key, _)) = node.entries().iter().find(|(key, _)| key.name != "$ref") {
        let help = match section {
            "schemas" => "wrap the reference: `allOf: [{$ref: …}]`",
            _ => "remove it, or write the thing out here",
        };
        lint.error(
            key.line,
            format!("`{}` is next to `$ref`, which hides it", key.name),
            help,
        );
    }
    let Some(text) = reference.as_str().filter(|text| !text.is_empty()) else {
        lint.error(
            reference.line,
            format!("`$ref` is {}", keys::describe(reference)),
            format!("write \"#/components/{section}/…\""),
        );
        return true;
    };
    let names = components(lint.document, section)
        .iter()
        .map(|(key, _)| key.name.as_str());
    match text.strip_prefix(&format!("#/components/{section}/")) {
        Some(name) if component(lint.document, section, name).is_none() => {
            lint.error(
                reference.line,
                format!("`{text}` does not exist"),
                spelling::suggest(name, names),
            );
        }
        Some(_) => {}
        None if text.starts_with('#') => {
            lint.error(
                reference.line,
                format!("`{text}` is not one of the {section}"),
                format!("write \"#/components/{section}/…\""),
            );
        }
        None => lint.error(
            reference.line,
            format!("`{text}` is another file"),
            "copy the part that is needed into the components",
        ),
    }
    true
}

/// Whether a node has a key that may be a misspelt `$ref`.
pub(super) fn is_misspelt(node: &Node) -> bool {
    node.entries()
        .iter()
        .any(|(key, _)| key.name != "$ref" && spelling::is_near(&key.name, "$ref"))
}

pub(super) fn components<'a>(document: &'a Node, section: &str) -> &'a [(Key, Node)] {
    document
        .get("components")
        .and_then(|components| components.get(section))
        .map(Node::entries)
        .unwrap_or_default()
}

pub(super) fn component<'a>(document: &'a Node, section: &str, name: &str) -> Option<&'a Node> {
    components(document, section)
        .iter()
        .find(|(key, _)| key.name == name)
        .map(|(_, node)| node)
}

/// Returns the components that can be reached from `start`: by reference, or because a description names them in backticks, as for a list
/// of any values.
pub(super) fn reachable<'a>(
    document: &'a Node,
    start: impl IntoIterator<Item = &'a Node>,
) -> HashSet<String> {
    follow(document, start.into_iter().collect(), |node| {
        pointer(node).into_iter().chain(mentions(node)).collect()
    })
}

/// Returns the components that can be reached from `start` by reference only.
pub(super) fn referred<'a>(document: &'a Node, start: &'a Node) -> HashSet<String> {
    follow(document, vec![start], |node| {
        pointer(node).into_iter().collect()
    })
}

fn follow<'a>(
    document: &'a Node,
    mut open: Vec<&'a Node>,
    pointers: impl Fn(&Node) -> Vec<String>,
) -> HashSet<String> {
    let mut found = HashSet::new();
    while let Some(node) = open.pop() {
        for pointer in pointers(node) {
            let Some((section, name)) = pointer.split_once('/') else {
                continue;
            };
            if let Some(target) = component(document, section, name)
                && found.insert(pointer.clone())
            {
                open.push(target);
            }
        }
        open.extend(node.items());
        open.extend(node.entries().iter().map(|(_, value)| value));
    }
    found
}

/// Returns `schemas/Error` for a component that this node itself refers to, without the nodes below it.
fn pointer(node: &Node) -> Option<String> {
    node.text_at("$ref")?
        .strip_prefix("#/components/")
        .map(str::to_owned)
}

/// Returns the components that its description names.
fn mentions(node: &Node) -> impl Iterator<Item = String> {
    let prose = node.text_at("description").unwrap_or_default();
    prose
        .split('`')
        .skip(1)
        .step_by(2)
        .map(|name| format!("schemas/{name}"))
}
