//! Secrets: whatever looks like one must be marked as one, so that nothing ever prints it.

use super::super::yaml::Node;
use super::{Lint, reference};

/// Words that name secrets, alone or as part of a name.
const WORDS: [&str; 8] = ["token", "tokens", "secret", "secrets", "password", "passwords", "otp", "otps"];

/// Names that look like secrets and tell none: what a server keeps to recognise a token by.
const HARMLESS: [&str; 2] = ["hashed_token", "token_last_eight"];

pub(super) fn is_suspect(name: &str) -> bool {
    !HARMLESS.contains(&name) && name.split('_').any(|word| WORDS.contains(&word))
}

/// Whether the values of a schema are marked as secret.
pub(super) fn is_marked(document: &Node, schema: &Node) -> bool {
    target(document, schema).and_then(|schema| schema.get("format")?.as_str()) == Some("password")
}

/// Reports a member or parameter with a suspect name whose schema is not marked.
pub(super) fn check(lint: &mut Lint<'_>, name: &str, schema: &Node, what: &str) {
    let document = lint.document;
    if is_suspect(name) && !is_marked(document, schema) && !is_harmless(document, schema) {
        let mend =
            "refer to a schema with `format: password`, such as `AccessToken`; if it is none, add it to HARMLESS in build/lint/secret.rs";
        lint.fault(schema.line, format!("{what} looks like a secret and is not marked as one"), mend);
    }
}

/// Permissions are named after secrets, and their levels are none; nor can a yes or no be one.
fn is_harmless(document: &Node, schema: &Node) -> bool {
    let Some(schema) = target(document, schema) else { return true };
    schema.get("x-known-values").is_some() || schema.get("type").and_then(Node::as_str) == Some("boolean")
}

/// The schema behind references, `allOf` and lists.
fn target<'a>(document: &'a Node, schema: &'a Node) -> Option<&'a Node> {
    let inner = schema.get("items").or_else(|| schema.get("allOf")?.items().first());
    match inner {
        Some(inner) => target(document, inner),
        None => reference::resolve(document, schema),
    }
}
