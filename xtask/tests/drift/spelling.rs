//! Other ways to write the same description.

use serde_json::{Map, Value, json};

/// OpenAPI 3.1: `type: [string, "null"]`.
pub(crate) fn types_with_null(node: &Value) -> Value {
    rewritten(node, &|mut schema| {
        let null = schema.remove("nullable");
        match (null, schema.get("type").cloned()) {
            (Some(Value::Bool(true)), Some(Value::String(name))) => {
                drop(schema.insert("type".into(), json!([name, "null"])))
            }
            (Some(null), _) => drop(schema.insert("nullable".into(), null)),
            _ => {}
        }
        Value::Object(schema)
    })
}

/// OpenAPI 3.1: `anyOf: [{…}, {type: "null"}]`.
pub(crate) fn choices_of_null(node: &Value) -> Value {
    rewritten(node, &|mut schema| match schema.remove("nullable") {
        Some(Value::Bool(true)) => json!({ "anyOf": [{ "type": "null" }, schema] }),
        _ => Value::Object(schema),
    })
}

/// Every reference, replaced with its target.
pub(crate) fn dereferenced(description: &Value) -> Value {
    fn inside(description: &Value, node: &Value) -> Value {
        match node {
            Value::Object(entries) => match entries.get("$ref") {
                Some(reference) => inside(
                    description,
                    description
                        .pointer(&reference.as_str().unwrap()[1..])
                        .unwrap(),
                ),
                None => entries
                    .iter()
                    .map(|(key, value)| (key.clone(), inside(description, value)))
                    .collect(),
            },
            Value::Array(items) => items.iter().map(|item| inside(description, item)).collect(),
            _ => node.clone(),
        }
    }
    let mut whole = inside(description, description);
    whole.as_object_mut().unwrap().remove("components");
    whole
}

fn rewritten(node: &Value, schema: &dyn Fn(Map<String, Value>) -> Value) -> Value {
    match node {
        Value::Object(entries) => {
            let entries: Map<_, _> = entries
                .iter()
                .map(|(key, value)| (key.clone(), rewritten(value, schema)))
                .collect();
            if entries.contains_key("nullable") {
                schema(entries)
            } else {
                Value::Object(entries)
            }
        }
        Value::Array(items) => items.iter().map(|item| rewritten(item, schema)).collect(),
        _ => node.clone(),
    }
}
