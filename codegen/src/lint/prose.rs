//! Checks descriptions: they become rustdoc, so they must not contain links, HTML or references that rustdoc would interpret.

use super::context::Lint;
use crate::prose::KEYS;
use crate::yaml::Node;

/// Checks every description below `node`.
pub(super) fn check(lint: &mut Lint<'_>, node: &Node) {
    let outside = lint.operation.clone();
    if let Some(id) = node.text_at("operationId")
        && !id.trim().is_empty()
    {
        lint.operation = Some(id.to_owned());
    }
    for (key, value) in node.entries() {
        if let Some(text) = value.as_str()
            && KEYS.contains(&key.name.as_str())
            && let Some((what, help)) = error(text).or_else(|| unended(&key.name, text))
        {
            lint.error(key.line, format!("`{}` has {what}", key.name), help);
        }
        check(lint, value);
    }
    node.items().iter().for_each(|item| check(lint, item));
    lint.operation = outside;
}

/// Returns the error of prose whose last sentence does not end, and its help. A deprecation note is a part of a sentence.
fn unended(key: &str, text: &str) -> Option<(&'static str, &'static str)> {
    let text = text.trim_end();
    let is_ended = text.is_empty() || text.ends_with('.') || key == "x-deprecation-note";
    (!is_ended).then_some((
        "no full stop at its end",
        "add it; if the text from ` #` on is missing, put the whole text in quotes, as YAML takes that part for a comment",
    ))
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
