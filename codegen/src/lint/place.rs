//! Checks whether a schema is allowed at its place, apart from the schema's own rules.

use super::context::Lint;
use super::keys;
use crate::reference::resolve;
use crate::yaml::Node;

/// Where a schema is.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Place {
    Component,
    Field {
        required: bool,
    },
    Items,
    /// Under `additionalProperties`.
    Rest,
    Path,
    Query,
    Header,
    Body,
    Response,
}

/// The types that a schema may have.
const TYPES: [&str; 5] = ["string", "integer", "boolean", "array", "object"];

/// Components with a handwritten Rust type; all others become structs.
pub(crate) const HANDWRITTEN: [&str; 6] = [
    "AccessToken",
    "AuthorizationId",
    "ClientSecret",
    "GrantId",
    "PermissionLevel",
    "Timestamp",
];

/// Handwritten types that are numbers; the others are text.
const IDS: [&str; 2] = ["AuthorizationId", "GrantId"];

/// Components that may be part of a URL.
const IN_URLS: [&str; 3] = ["AccessToken", "AuthorizationId", "GrantId"];

/// Returns a name without the backticks that it has in messages.
pub(super) fn bare(name: &str) -> &str {
    name.trim_matches('`')
}

/// Whether a schema is allowed at its place, once references are followed; reports one that is not.
pub(super) fn check_place(lint: &mut Lint<'_>, node: &Node, name: &str, place: Place) -> bool {
    let Some(kind) = resolve(lint.document, node).and_then(|schema| schema.text_at("type")) else {
        return true;
    };
    if !TYPES.contains(&kind) {
        return true; // The rules of schemas report it.
    }
    let referred = node
        .text_at("$ref")
        .and_then(|reference| reference.rsplit('/').next());
    let (fits, help) = match place {
        Place::Path | Place::Query if referred.is_some_and(|name| !IN_URLS.contains(&name)) => (
            false,
            "write the type out: the Rust type of this component has no form in a URL",
        ),
        Place::Path => (
            ["string", "integer"].contains(&kind),
            "write `type: string` or `type: integer`",
        ),
        Place::Query => (
            ["string", "integer", "boolean"].contains(&kind),
            "write a plain type, or send it in the body",
        ),
        Place::Header => (
            kind == "string",
            "write `type: string`: the crate reads headers as text",
        ),
        Place::Body => (
            kind == "object" && node.get("$ref").is_some(),
            "describe the body as an object under `components/schemas`, and refer to it",
        ),
        Place::Component if IDS.contains(&bare(name)) => (
            kind == "integer",
            "write `type: integer`: its Rust type reads a number",
        ),
        Place::Component if HANDWRITTEN.contains(&bare(name)) => (
            kind == "string",
            "write `type: string`: its Rust type reads text",
        ),
        Place::Component => (
            kind == "object",
            "write the type where it is used; a handwritten one belongs into HANDWRITTEN in codegen/src/lint/place.rs",
        ),
        Place::Items if kind == "array" => (
            false,
            "flatten it: no response of GitHub's has a list of lists",
        ),
        _ => (
            kind != "object" || node.get("$ref").is_some(),
            "describe it under `components/schemas`, and refer to it: otherwise the generator invents a name",
        ),
    };
    if !fits {
        let line = node.get("type").map_or(node.line, |kind| kind.line);
        lint.error(
            line,
            format!("{name} cannot be {} here", in_words(kind)),
            help,
        );
    }
    fits
}

pub(super) fn in_words(kind: &str) -> &str {
    match kind {
        "string" => "text",
        "integer" => "an integer",
        "array" => "a list",
        "object" => "an object",
        _ => "a boolean",
    }
}

pub(super) fn check_nullable(lint: &mut Lint<'_>, node: &Node, name: &str, place: Place) {
    let Some(nullable) = node
        .get("nullable")
        .filter(|node| node.as_bool() == Some(true))
    else {
        return;
    };
    let help = match place {
        Place::Path | Place::Query | Place::Header | Place::Body => {
            "remove `nullable`: it can only be left out"
        }
        Place::Component if node.text_at("type") == Some("object") => {
            return; // Refused by its shape already.
        }
        Place::Component => "say it where the component is used: it is never null itself",
        Place::Field { required: true } => {
            "take it out of `required`: a response without it would fail"
        }
        _ => return,
    };
    lint.error(
        nullable.line,
        format!("{name} is null at a place that cannot be null"),
        help,
    );
}

/// Only text has a length in characters.
pub(super) fn check_length(lint: &mut Lint<'_>, node: &Node, one: &Node, name: &str) {
    let kind = resolve(lint.document, one).and_then(|schema| schema.text_at("type"));
    if let (Some(length), Some(kind)) = (
        node.get("x-max-length"),
        kind.filter(|kind| *kind != "string"),
    ) {
        lint.error(
            length.line,
            format!("{name} has a length and is {}", in_words(kind)),
            "remove `x-max-length`",
        );
    }
}

pub(super) fn check_default(lint: &mut Lint<'_>, node: &Node, name: &str, place: Place) {
    let Some(default) = node.get("default") else {
        return;
    };
    let json = default.to_json();
    if json.is_null() {
        return; // An empty value is an error already.
    }
    let (fits, help) = match node.text_at("type") {
        Some("string") => (json.is_string(), "write text"),
        Some("integer") => (
            json.as_i64().is_some_and(|number| number >= 0),
            "write a whole number, not below zero",
        ),
        Some("boolean") => (json.is_boolean(), "write `true` or `false`"),
        _ => return,
    };
    if place != Place::Query {
        lint.error(
            default.line,
            format!("{name} has a default"),
            "say it in the description: the generator would always send it",
        );
    } else if !fits {
        lint.error(
            default.line,
            format!("the default of {name} is {}", keys::describe(default)),
            help,
        );
    }
}

/// Checks the bounds of a number: they belong at a place where the crate checks them, and must include the default.
pub(super) fn check_bounds(lint: &mut Lint<'_>, node: &Node, name: &str, place: Place) {
    let bound = |key: &str| Some((node.get(key)?.line, node.get(key)?.to_json().as_i64()?));
    let (least, greatest) = (bound("x-minimum"), bound("x-maximum"));
    let Some((line, _)) = least.or(greatest) else {
        return;
    };
    if !matches!(place, Place::Query | Place::Component) {
        return lint.error(
            line,
            format!("{name} has a bound that nothing checks"),
            "remove it: the crate checks query parameters and ids",
        );
    }
    if let (Some((_, least)), Some((line, greatest))) = (least, greatest)
        && greatest < least
    {
        return lint.error(
            line,
            format!("the bounds of {name} leave nothing between them"),
            "write one that is not below `x-minimum`",
        );
    }
    if let Some((line, default)) = bound("default")
        && (least.is_some_and(|(_, least)| default < least)
            || greatest.is_some_and(|(_, greatest)| default > greatest))
    {
        lint.error(
            line,
            format!("the default of {name} is beyond its bounds"),
            "write a value within them",
        );
    }
}
