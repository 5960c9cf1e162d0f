//! Reads the parts of the spec that the sheets of operations and of types share.

use super::sheet::Mark;
use crate::prose::folded;
use crate::reference;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Where a schema is used: `responses`, `errors` or `requests`, or several of these.
pub(super) fn roles(spec: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let mut roles = BTreeMap::new();
    let items = object(&spec["paths"]).flat_map(|(_, item)| object(item));
    for (_, operation) in items {
        mark(spec, &operation["requestBody"], "requests", &mut roles);
        for (status, response) in object(&operation["responses"]) {
            mark(
                spec,
                response,
                if status.starts_with('2') {
                    "responses"
                } else {
                    "errors"
                },
                &mut roles,
            );
        }
    }
    roles
}

fn mark(spec: &Value, value: &Value, role: &str, roles: &mut BTreeMap<String, BTreeSet<String>>) {
    if let Some(reference) = value["$ref"].as_str() {
        let is_new = reference
            .strip_prefix("#/components/schemas/")
            .is_none_or(|name| {
                roles
                    .entry(name.to_owned())
                    .or_default()
                    .insert(role.to_owned())
            });
        if is_new {
            mark(spec, resolve(spec, value), role, roles);
        }
    }
    object(value).for_each(|(_, value)| mark(spec, value, role, roles));
    value
        .as_array()
        .into_iter()
        .flatten()
        .for_each(|value| mark(spec, value, role, roles));
}

/// The target of a `$ref`; any other node unchanged.
pub(super) fn resolve<'a>(spec: &'a Value, value: &'a Value) -> &'a Value {
    reference::resolve(spec, value).unwrap_or(value)
}

/// A schema in words: `Authorization or null`, `list of ApplicationGrant`.
pub(super) fn in_words(schema: &Value) -> String {
    let words = if let Some(reference) = schema["$ref"].as_str() {
        reference.rsplit('/').next().unwrap_or_default().to_owned()
    } else if let Some(inner) = schema.pointer("/allOf/0") {
        in_words(inner)
    } else if schema["type"] == "array" {
        format!("list of {}", in_words(&schema["items"]))
    } else {
        schema["type"].as_str().unwrap_or("anything").to_owned()
    };
    if schema["nullable"] == true {
        format!("{words} or null")
    } else {
        words
    }
}

/// Whether the values of a schema are secrets, after references, `allOf` and lists.
pub(super) fn is_secret(spec: &Value, schema: &Value) -> bool {
    let inner = schema.get("items").or_else(|| schema.pointer("/allOf/0"));
    match inner {
        Some(inner) => is_secret(spec, inner),
        None => resolve(spec, schema)["format"] == "password",
    }
}

/// The constraints of a schema's values.
pub(super) fn marks(spec: &Value, schema: &Value) -> Vec<Mark> {
    let number = |key: &str| schema.get(key).map(Value::to_string);
    [
        (schema["nullable"] == true).then_some(Mark::Nullable),
        is_secret(spec, schema).then_some(Mark::Secret),
        number("default").map(Mark::Default),
        number("x-minimum").map(Mark::From),
        number("x-maximum").map(Mark::To),
        max_length(spec, schema).map(Mark::MaxLength),
        known_values(schema).map(Mark::Known),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The longest text; a reference may state it for its target.
pub(super) fn max_length(spec: &Value, schema: &Value) -> Option<u64> {
    match schema.get("x-max-length") {
        Some(length) => length.as_u64(),
        None => {
            let inner = reference::unwrapped(schema);
            let target = inner.get("$ref").map(|_| resolve(spec, inner))?;
            max_length(spec, target)
        }
    }
}

/// Known values are a set: their order has no meaning.
pub(super) fn known_values(schema: &Value) -> Option<String> {
    let values = schema["x-known-values"].as_array()?;
    let values: BTreeSet<&str> = values.iter().filter_map(Value::as_str).collect();
    Some(values.into_iter().collect::<Vec<_>>().join(" "))
}

/// Text in one line.
pub(super) fn prose(value: &Value) -> Option<String> {
    value.as_str().map(one_line)
}

/// Line breaks within a paragraph have no meaning; the ends of paragraphs and items have.
pub(super) fn one_line(text: &str) -> String {
    folded(text).replace("\n\n", " ¶ ").replace('\n', " ⏎ ")
}

pub(super) fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

pub(super) fn object(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}
