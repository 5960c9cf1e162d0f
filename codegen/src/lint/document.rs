//! The document without its paths and without the components that have separate modules.

use super::context::Lint;
use super::keys::check_object;
use super::{reference, shapes};
use crate::yaml::Node;

/// Checks the document.
pub(super) fn check(lint: &mut Lint<'_>) {
    let document = lint.document;
    check_object(lint, document, &shapes::DOCUMENT);
    if let Some(version) = document.get("openapi")
        && let Some(text) = version.as_str()
        && text
            .strip_prefix("3.0.")
            .is_none_or(|patch| patch.parse::<u8>().is_err())
    {
        lint.error(
            version.line,
            format!("OpenAPI {text} is not supported"),
            "write `openapi: 3.0.3`; the generator reads 3.0 only",
        );
    }
    if let Some(version) = document.get("info").and_then(|info| info.get("version"))
        && let Some(text) = version.as_str()
        && !text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || ".-".contains(c))
    {
        // It becomes a header value, by a function that panics on an invalid one.
        lint.error(
            version.line,
            format!("`{text}` is not a version"),
            "write it with letters, digits, dots and hyphens",
        );
    }
    for server in document.items_at("servers") {
        check_server(lint, server);
    }
    for (_, scheme) in reference::components(document, "securitySchemes") {
        let is_key = scheme.text_at("type") == Some("apiKey");
        check_object(
            lint,
            scheme,
            if is_key {
                &shapes::API_KEY
            } else {
                &shapes::HTTP_SCHEME
            },
        );
    }
}

/// Checks the URL of a server against its variables.
fn check_server(lint: &mut Lint<'_>, server: &Node) {
    let Some((url, text)) = server.get("url").and_then(|url| Some((url, url.as_str()?))) else {
        return;
    };
    let variables = match server.get("variables") {
        Some(variables) if variables.entries().is_empty() => return, // That is a separate error.
        variables => variables.map(Node::entries).unwrap_or_default(),
    };
    if !has_paired_braces(text) {
        return lint.error(
            url.line,
            format!("`{text}` has an unpaired brace"),
            "write each variable as `{name}`",
        );
    }
    let used: Vec<&str> = text
        .split('{')
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('}')?.0))
        .collect();
    for name in used
        .iter()
        .filter(|name| !variables.iter().any(|(key, _)| key.name == **name))
    {
        lint.error(
            url.line,
            format!("variable `{name}` of the server is not declared"),
            "add it under `variables`, with a default",
        );
    }
    for (key, _) in variables
        .iter()
        .filter(|(key, _)| !used.contains(&key.name.as_str()))
    {
        lint.error(
            key.line,
            format!("variable `{}` is not in the server's address", key.name),
            "remove it, or fix its name",
        );
    }
    let has_only_host_and_path = |rest: &str| {
        !rest.is_empty()
            && !rest.starts_with('/')
            && !rest.ends_with('/')
            && !rest.contains(['?', '#', '@', ' '])
    };
    if !text
        .strip_prefix("https://")
        .is_some_and(has_only_host_and_path)
    {
        lint.error(
            url.line,
            format!("`{text}` is not a base URL"),
            "write `https://`, a host and a path without a slash at its end",
        );
    }
}

/// Whether each opening brace is closed before the next one, and within its segment.
fn has_paired_braces(text: &str) -> bool {
    let mut open = false;
    text.chars().all(|c| match c {
        '{' | '}' if open == (c == '}') => {
            open = !open;
            true
        }
        '{' | '}' => false,
        '/' => !open,
        _ => true,
    }) && !open
}
