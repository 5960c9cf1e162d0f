//! Checks descriptions: they become rustdoc, so they must not contain links, HTML or references that rustdoc would interpret.

use super::context::Lint;
use crate::prose::KEYS;
use crate::yaml::Node;

/// Checks every description below `node`.
pub(super) fn check(lint: &mut Lint<'_>, node: &Node) {
    let outside = lint.operation.clone();
    if let Some(id) = node.get("operationId").and_then(Node::as_str)
        && !id.trim().is_empty()
    {
        lint.operation = Some(id.to_owned());
    }
    for (key, value) in node.entries() {
        if let Some(text) = value.as_str()
            && KEYS.contains(&key.name.as_str())
            && let Some((what, help)) = error(text)
        {
            lint.error(key.line, format!("`{}` has {what}", key.name), help);
        }
        check(lint, value);
    }
    node.items().iter().for_each(|item| check(lint, item));
    lint.operation = outside;
}

/// Returns the part of a description that rustdoc would interpret, and the help.
fn error(text: &str) -> Option<(&'static str, &'static str)> {
    // Four spaces start a code block at the start of a line, of a quotation and of an item of a list.
    if ["```", "~~~", "    "]
        .iter()
        .any(|mark| text.contains(mark))
    {
        return Some((
            "a block of code",
            "say it in words: rustdoc would run the block as a test",
        ));
    }
    if text.matches('`').count() % 2 == 1 {
        return Some(("an unpaired backtick", "add the other one"));
    }
    // rustdoc interprets nothing between backticks.
    let plain = text.split('`').step_by(2).collect::<Vec<_>>().join("`");
    let begins_tag =
        |after: &str| after.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c));
    if plain.split('<').skip(1).any(begins_tag) {
        Some(("an HTML tag", "put it in backticks, or say it in words"))
    } else if plain.contains('[') {
        Some((
            "a link, or brackets that rustdoc takes for one",
            "name the thing in backticks",
        ))
    } else if plain.contains("://") {
        Some((
            "a bare address",
            "put it in backticks; GitHub's page of an operation goes under `externalDocs`",
        ))
    } else {
        None
    }
}
