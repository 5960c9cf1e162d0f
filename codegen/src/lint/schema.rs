//! Checks schemas: it allows only the forms that become plain Rust types, and that responses of older and newer servers fit.

use super::context::Lint;
use super::place::Place;
use super::{keys, place, reference, schema_shapes, secret, spelling};
use crate::yaml::{Key, Node, Value};

/// Fields that may contain any value, because servers send different types.
const ANYTHING: [&str; 1] = ["Error.errors"];

/// Names that a struct with unknown fields uses: their map, and two methods of its builder.
const BESIDES_LEVELS: [&str; 3] = ["extra", "build", "other"];

/// Combinations of schemas, from which progenitor makes closed enums or no type.
const COMBINATIONS: [&str; 4] = ["oneOf", "anyOf", "not", "discriminator"];

/// Checks a schema; messages call its owner `name`.
pub(super) fn check(lint: &mut Lint<'_>, node: &Node, name: &str, place: Place) {
    if !matches!(node.value, Value::Mapping(_)) {
        return lint.error(
            node.line,
            format!("the schema of {name} is {}", keys::describe(node)),
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
    let is_reference = reference::check(lint, node, "schemas");
    if !place::check_place(lint, node, name, place) || is_reference {
        return; // A schema that cannot be there needs no other message.
    }
    if node.get("allOf").is_some() {
        return check_all_of(lint, node, name, place);
    }
    let of = format!("the schema of {name}");
    let kind = node.get("type");
    let kind_name = kind.and_then(Node::as_str);
    let shape = match (kind, kind_name) {
        (_, Some("string")) => &schema_shapes::TEXT,
        (_, Some("integer")) => &schema_shapes::INTEGER,
        (_, Some("boolean")) => &schema_shapes::BOOLEAN,
        (_, Some("array")) => &schema_shapes::LIST,
        (_, Some("object")) => &schema_shapes::OBJECT,
        (Some(kind), _) => {
            return lint.error(
                kind.line,
                format!("the type of {name} is {}", keys::describe(kind)),
                "write string, integer, boolean, array or object",
            );
        }
        (None, _) if ANYTHING.contains(&place::bare(name)) => {
            return keys::check_object_named(lint, node, &schema_shapes::ANY, &of);
        }
        (None, _) => {
            if let Some((key, meant)) = misspelt(node) {
                let what = format!("unknown key `{}` in {of}", key.name);
                return lint.error(key.line, what, format!("did you mean `{meant}`?"));
            }
            let help = "write one; if it may be anything, add it to ANYTHING in codegen/src/lint/schema.rs";
            return lint.error(node.line, format!("{of} has no type"), help);
        }
    };
    keys::check_object_named(lint, node, shape, &of);
    match kind_name {
        Some("string") => check_text(lint, node, name, place),
        Some("array") => check_list(lint, node, name, place),
        Some("object") => check_object(lint, node, name),
        _ => {}
    }
    place::check_nullable(lint, node, name, place);
    place::check_default(lint, node, name, place);
    if kind_name == Some("integer") {
        place::check_bounds(lint, node, name, place);
    }
}

/// Returns a key that may be a misspelt one of the keys that decide the type.
fn misspelt(node: &Node) -> Option<(&Key, &'static str)> {
    node.entries().iter().find_map(|(key, _)| {
        let meant = ["$ref", "type", "allOf"]
            .into_iter()
            .find(|meant| spelling::is_near(&key.name, meant))?;
        Some((key, meant))
    })
}

fn check_all_of(lint: &mut Lint<'_>, node: &Node, name: &str, place: Place) {
    let of = format!("the schema of {name}");
    keys::check_object_named(lint, node, &schema_shapes::ALL_OF, &of);
    if place == Place::Component {
        let help = "remove it, and refer to the other one where it is needed";
        return lint.error(
            node.line,
            format!("component {name} only refers to another one"),
            help,
        );
    }
    let before = lint.errors.len();
    match node.get("allOf").map(Node::items) {
        Some([one]) if one.get("$ref").is_some() => {
            check(lint, one, name, place);
            if lint.errors.len() == before {
                place::check_length(lint, node, one, name);
            }
        }
        Some([one]) if reference::is_misspelt(one) => check(lint, one, name, place),
        None | Some([]) => {} // Refused by its shape already.
        _ => {
            let help = "refer to one schema; write the fields of several out in a new one";
            lint.error(
                node.line,
                format!("`allOf` of {name} is not one reference"),
                help,
            );
        }
    }
    if lint.errors.len() == before {
        place::check_nullable(lint, node, name, place);
    }
}

fn check_text(lint: &mut Lint<'_>, node: &Node, name: &str, place: Place) {
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
            format!("the format of {name} would fail a response in another format"),
            "remove `format`; refer to `Timestamp` for times",
        ),
    }
}

fn check_list(lint: &mut Lint<'_>, node: &Node, name: &str, place: Place) {
    let before = lint.errors.len();
    if let Some(items) = node.get("items") {
        check(lint, items, &format!("the items of {name}"), Place::Items);
    }
    if lint.errors.len() == before
        && place == (Place::Field { required: false })
        && node
            .get("nullable")
            .is_none_or(|nullable| nullable.as_bool() == Some(false))
    {
        lint.error(
            node.line,
            format!("{name} is optional and not nullable"),
            "write `nullable: true`: otherwise an empty list is left out, which may mean all",
        );
    }
}

fn check_object(lint: &mut Lint<'_>, node: &Node, name: &str) {
    let properties = node.entries_at("properties");
    let required = node.items_at("required");
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
    let mut bare_levels = Vec::new();
    for (key, schema) in properties {
        let before = lint.errors.len();
        let field = format!("`{}.{}`", place::bare(name), key.name);
        if !spelling::is_snake(&key.name) {
            lint.error(
                key.line,
                format!("field {field} is not in snake case"),
                "write it as GitHub does, such as `created_at`",
            );
        }
        if rest.is_some() && BESIDES_LEVELS.contains(&key.name.as_str()) {
            lint.error(
                key.line,
                format!("the generator needs the name {field} for `additionalProperties`"),
                "teach codegen/src/passes.rs to rename it",
            );
        }
        let required = required.iter().any(|item| item.as_str() == Some(&key.name));
        if rest.is_some_and(is_level) && (required || !is_level(schema)) {
            lint.error(
                key.line,
                format!("{field} is not an optional level, as the unknown fields of {name} are"),
                "refer to `PermissionLevel`, and leave it out of `required`",
            );
            continue;
        }
        check(lint, schema, &field, Place::Field { required });
        secret::check(lint, &key.name, schema, &format!("field {field}"));
        let is_bare_level = is_level(schema);
        if lint.errors.len() == before && !is_bare_level {
            check_description(lint, key, schema, &field);
        }
        bare_levels.extend(is_bare_level.then_some(key));
    }
    if let (Some(key), None) = (bare_levels.first(), rest) {
        lint.error(
            key.line,
            format!("{name} has levels without a description"),
            "describe each one, or keep unknown ones by `additionalProperties`: then each is described by its name",
        );
    }
    if let Some(rest) = rest {
        check_additional(lint, rest, name);
    }
}

/// Each field is public and needs documentation: a description, or that of the component it refers to.
fn check_description(lint: &mut Lint<'_>, key: &Key, schema: &Node, field: &str) {
    if schema.get("description").is_none() && matches!(schema.value, Value::Mapping(_)) {
        let help = match schema.get("$ref") {
            Some(_) => "wrap the reference: `allOf: [{$ref: …}]`, and add a `description`",
            None => "add a `description`",
        };
        lint.error(key.line, format!("field {field} has no description"), help);
    }
}

/// Whether a schema is a permission's level.
fn is_level(schema: &Node) -> bool {
    let reference = schema.text_at("$ref");
    reference.is_some_and(|target| target.ends_with("/PermissionLevel"))
}

fn check_additional(lint: &mut Lint<'_>, rest: &Node, name: &str) {
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
        if !is_level(rest) {
            let help =
                "refer to `PermissionLevel`, or teach codegen/src/passes.rs how to read them";
            lint.error(
                rest.line,
                format!("the other fields of {name} are not permission levels"),
                help,
            );
        }
    }
}
