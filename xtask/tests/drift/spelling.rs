//! Other ways to write a description down.

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

/// Everything that is referred to, in its place.
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

/// As GitHub writes it: lists as far left as their key, and short keys without quotes.
pub(crate) fn block_style(description: &Value) -> String {
    let mut out = String::from("---\n");
    block(description, 0, &mut out);
    out
}

/// One schema shared by an anchor in place of a reference.
pub(crate) fn with_anchors(description: &Value) -> String {
    let errors = "schema: &1\n                \"$ref\": \"#/components/schemas/validation-error\"";
    let whole = block_style(&json!({
        "externalDocs": description["externalDocs"],
        "openapi": description["openapi"],
        "paths": description["paths"],
        "components": description["components"],
    }));
    let first = "  \"/app/installations/{installation_id}/access_tokens\":\n";
    assert!(whole.contains(first));
    let shared = format!(
        "  \"/a\":\n    get:\n      responses:\n        \"422\":\n          content:\n            json:\n              {errors}\n{first}"
    );
    let inline = "\"422\":\n          \"$ref\": \"#/components/responses/validation_failed\"\n";
    let aliased =
        "\"422\":\n          content:\n            application/json:\n              schema: *1\n";
    assert!(whole.contains(inline));
    whole.replace(first, &shared).replace(inline, aliased)
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

fn block(node: &Value, indent: usize, out: &mut String) {
    let pad = " ".repeat(indent);
    match node {
        Value::Object(entries) if !entries.is_empty() => {
            for (key, value) in entries {
                let is_plain = key.starts_with(char::is_alphabetic)
                    && key
                        .chars()
                        .all(|c| c.is_alphanumeric() || "_-/".contains(c));
                let key = if is_plain {
                    key.clone()
                } else {
                    json!(key).to_string()
                };
                out.push_str(&format!("{pad}{key}:"));
                value_of(value, indent, out);
            }
        }
        _ => unreachable!("only mappings have lines of their own"),
    }
}

fn value_of(value: &Value, indent: usize, out: &mut String) {
    match value {
        Value::Object(entries) if !entries.is_empty() => {
            out.push('\n');
            block(value, indent + 2, out);
        }
        Value::Array(items) if !items.is_empty() => {
            out.push('\n');
            for item in items {
                out.push_str(&format!("{}- {item}\n", " ".repeat(indent)));
            }
        }
        _ => out.push_str(&format!(" {value}\n")),
    }
}
