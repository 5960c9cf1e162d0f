//! References within a description.

use serde_json::Value;
use std::collections::BTreeMap;

/// Longer chains of references are circular.
const DEPTH: usize = 16;

static NOTHING: Value = Value::Null;

/// Returns the target of a node and its component's name; a reference without a target gives `null`.
pub(super) fn follow<'a>(description: &'a Value, node: &'a Value) -> (&'a Value, Option<&'a str>) {
    let (mut node, mut name) = (node, None);
    for _ in 0..DEPTH {
        let Some(reference) = node["$ref"].as_str() else {
            return (node, name);
        };
        name = reference.rsplit('/').next();
        node = reference
            .strip_prefix('#')
            .and_then(|pointer| description.pointer(pointer))
            .unwrap_or(&NOTHING);
    }
    (&NOTHING, name)
}

/// Whether there is a reference anywhere in a node.
pub(super) fn has_reference(node: &Value) -> bool {
    match node {
        Value::Object(entries) => {
            entries.contains_key("$ref") || entries.values().any(has_reference)
        }
        Value::Array(items) => items.iter().any(has_reference),
        _ => false,
    }
}

/// The keys and values of an object.
pub(super) fn entries(node: &Value) -> BTreeMap<&str, &Value> {
    node.as_object()
        .into_iter()
        .flatten()
        .map(|(key, value)| (key.as_str(), value))
        .collect()
}
