//! Schemas: the few forms that give plain Rust types which an old or a newer server cannot break.

use super::{Lint, grammar, reference, secret, shapes, spelling};
use crate::yaml::{Node, Value};

/// Where a schema stands.
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
    Answer,
}

/// Components whose Rust type is handwritten; all others become structs.
pub const HANDWRITTEN: [&str; 4] = [
    "AccessToken",
    "ClientSecret",
    "PermissionLevel",
    "Timestamp",
];

/// Fields that may hold anything, because servers send anything there.
const ANYTHING: [&str; 1] = ["Error.errors"];

/// Ways to combine schemas that give closed enums, or no type at all.
const COMBINATIONS: [&str; 4] = ["oneOf", "anyOf", "not", "discriminator"];

/// Checks the schema of `name`, which messages call it by.
pub(super) fn check(lint: &mut Lint<'_>, node: &Node, name: &str, place: Place) {
    if !matches!(node.value, Value::Mapping(_)) {
        return lint.error(
            node.line,
            format!("the schema of {name} is {}", grammar::actual(node)),
            "write it as keys and values",
        );
    }
    if let Some((key, _)) = node
        .entries()
        .iter()
        .find(|(key, _)| COMBINATIONS.contains(&key.name.as_str()))
    {
        let help = "write one schema that fits every case; fields that differ can all be optional";
        return lint.error(
            key.line,
            format!("`{}` in the schema of {name}", key.name),
            help,
        );
    }
    if reference::check(lint, node, "schemas") {
        return usable(lint, node, name, place);
    }
    if node.get("allOf").is_some() {
        return all_of(lint, node, name, place);
    }
    let of = format!("the schema of {name}");
    match node.get("type").map(|node| (node, node.as_str())) {
        Some((_, Some("string"))) => text(lint, node, name, place),
        Some((_, Some("integer"))) => grammar::object_of(lint, node, &shapes::INTEGER, &of),
        Some((_, Some("boolean"))) => grammar::object_of(lint, node, &shapes::BOOLEAN, &of),
        Some((_, Some("array"))) => list(lint, node, name, place),
        Some((_, Some("object"))) => object(lint, node, name, place),
        Some((kind, _)) => {
            return lint.error(
                kind.line,
                format!("the type of {name} is {}", grammar::actual(kind)),
                "write string, integer, boolean, array or object",
            );
        }
        None if may_be_anything(node, name, place) => {
            return grammar::object_of(lint, node, &shapes::ANY, &of);
        }
        None => {
            let help = "write one; if it may be anything, add it to ANYTHING in codegen/src/lint/schema.rs";
            return lint.error(node.line, format!("{of} has no type"), help);
        }
    }
    usable(lint, node, name, place);
    nullable(lint, node, name, place);
    default(lint, node, name, place);
}

/// The items of a list may be left open by `{}`.
fn may_be_anything(node: &Node, name: &str, place: Place) -> bool {
    ANYTHING.contains(&bare(name)) || (node.entries().is_empty() && place == Place::Items)
}

/// A name without the backticks that it has in messages.
fn bare(name: &str) -> &str {
    name.trim_matches('`')
}

/// What a schema must be at its place, once references are followed.
fn usable(lint: &mut Lint<'_>, node: &Node, name: &str, place: Place) {
    let Some(kind) =
        reference::resolve(lint.document, node).and_then(|schema| schema.get("type")?.as_str())
    else {
        return;
    };
    let (fits, help) = match place {
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
        Place::Component if HANDWRITTEN.contains(&bare(name)) => (
            kind == "string",
            "write `type: string`: its Rust type reads text",
        ),
        Place::Component => (
            kind == "object",
            "write the type where it is used; a handwritten one belongs into HANDWRITTEN in codegen/src/lint/schema.rs",
        ),
        Place::Items if kind == "array" => (
            false,
            "flatten it: nothing in GitHub's responses is a list of lists",
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
}

fn in_words(kind: &str) -> &str {
    match kind {
        "string" => "text",
        "integer" => "an integer",
        "array" => "a list",
        "object" => "an object",
        _ => "a boolean",
    }
}

fn all_of(lint: &mut Lint<'_>, node: &Node, name: &str, place: Place) {
    grammar::object_of(
        lint,
        node,
        &shapes::ALL_OF,
        &format!("the schema of {name}"),
    );
    if place == Place::Component {
        let help = "remove it, and refer to the other one where it is needed";
        return lint.error(
            node.line,
            format!("component {name} stands for another one"),
            help,
        );
    }
    match node.get("allOf").map(Node::items) {
        Some([one]) if one.get("$ref").is_some() => {
            check(lint, one, name, place);
            length(lint, node, one, name);
        }
        _ => {
            let help = "refer to one schema; write the fields of several out in a new one";
            lint.error(
                node.line,
                format!("`allOf` of {name} is not one reference"),
                help,
            );
        }
    }
    nullable(lint, node, name, place);
}

/// Only text has a length in characters.
fn length(lint: &mut Lint<'_>, node: &Node, one: &Node, name: &str) {
    let kind =
        reference::resolve(lint.document, one).and_then(|schema| schema.get("type")?.as_str());
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

fn text(lint: &mut Lint<'_>, node: &Node, name: &str, place: Place) {
    grammar::object_of(lint, node, &shapes::TEXT, &format!("the schema of {name}"));
    let Some(format) = node.get("format") else {
        return;
    };
    match format.as_str() {
        Some("password") if place == Place::Component => {}
        Some("password") => {
            let help = "refer to `AccessToken` or `ClientSecret`, whose Rust types print nothing";
            lint.error(
                format.line,
                format!("the schema of {name} marks a secret and gives it no type"),
                help,
            );
        }
        _ => lint.error(
            format.line,
            format!("the format of {name} spoils a response that keeps to another one"),
            "remove `format`; refer to `Timestamp` for times",
        ),
    }
}

fn list(lint: &mut Lint<'_>, node: &Node, name: &str, place: Place) {
    grammar::object_of(lint, node, &shapes::LIST, &format!("the schema of {name}"));
    if let Some(items) = node.get("items") {
        check(lint, items, &format!("the items of {name}"), Place::Items);
    }
    if place == (Place::Field { required: false })
        && node.get("nullable").and_then(Node::as_bool) != Some(true)
    {
        lint.error(
            node.line,
            format!("{name} is optional and not nullable"),
            "write `nullable: true`: otherwise an empty list is left out, which may mean all",
        );
    }
}

fn object(lint: &mut Lint<'_>, node: &Node, name: &str, place: Place) {
    if place != Place::Component {
        return; // Refused for its place already.
    }
    grammar::object_of(
        lint,
        node,
        &shapes::OBJECT,
        &format!("the schema of {name}"),
    );
    let properties = node
        .get("properties")
        .map(Node::entries)
        .unwrap_or_default();
    let required = node.get("required").map(Node::items).unwrap_or_default();
    for item in required {
        let Some(field) = item.as_str() else {
            continue;
        };
        if !properties.iter().any(|(key, _)| key.name == field) {
            let help =
                spelling::suggest(field, properties.iter().map(|(key, _)| key.name.as_str()));
            lint.error(
                item.line,
                format!("{name} requires `{field}`, which it does not have"),
                help,
            );
        }
    }
    let rest = node.get("additionalProperties");
    for (key, schema) in properties {
        let field = format!("`{}.{}`", bare(name), key.name);
        if !spelling::is_snake(&key.name) {
            lint.error(
                key.line,
                format!("field {field} is not in snake case"),
                "write it as GitHub does, such as `created_at`",
            );
        }
        if key.name == "extra" && rest.is_some() {
            lint.error(
                key.line,
                format!("the generator needs the name {field} for `additionalProperties`"),
                "teach codegen/src/passes.rs to rename it",
            );
        }
        let required = required.iter().any(|item| item.as_str() == Some(&key.name));
        check(lint, schema, &field, Place::Field { required });
        secret::check(lint, &key.name, schema, &format!("field {field}"));
    }
    if let Some(rest) = rest {
        additional(lint, rest, name);
    }
}

fn additional(lint: &mut Lint<'_>, rest: &Node, name: &str) {
    if rest.as_bool() == Some(false) {
        lint.error(
            rest.line,
            format!("{name} refuses unknown fields"),
            "remove `additionalProperties`: a response of a newer server would fail",
        );
    } else if rest.as_bool() == Some(true) {
        lint.error(
            rest.line,
            format!("{name} keeps unknown fields of any kind"),
            "refer to the schema that they have, or remove `additionalProperties`",
        );
    } else {
        check(
            lint,
            rest,
            &format!("the other fields of {name}"),
            Place::Rest,
        );
        if rest
            .get("$ref")
            .and_then(Node::as_str)
            .is_none_or(|target| !target.ends_with("/PermissionLevel"))
        {
            let help =
                "refer to `PermissionLevel`, or teach codegen/src/passes.rs how to read them";
            lint.error(
                rest.line,
                format!("the other fields of {name} are no levels of permissions"),
                help,
            );
        }
    }
}

fn nullable(lint: &mut Lint<'_>, node: &Node, name: &str, place: Place) {
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
        Place::Field { required: true } => {
            "take it out of `required`: a response that lacks it would fail"
        }
        _ => return,
    };
    lint.error(
        nullable.line,
        format!("{name} is null at a place that cannot be null"),
        help,
    );
}

fn default(lint: &mut Lint<'_>, node: &Node, name: &str, place: Place) {
    let Some(default) = node.get("default") else {
        return;
    };
    let json = default.to_json();
    let fits = match node.get("type").and_then(Node::as_str) {
        Some("string") => json.is_string(),
        Some("integer") => json.is_i64(),
        Some("boolean") => json.is_boolean(),
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
            format!("the default of {name} is {}", grammar::actual(default)),
            "write a value of its type",
        );
    }
}
