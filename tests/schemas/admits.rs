//! Validates a value against a schema.

use serde_json::Value;

/// Whether `value` matches `schema`, a part of `root`; supports only the keywords that occur.
pub(crate) fn admits(root: &Value, schema: &Value, value: &Value) -> bool {
    let Some(rules) = schema.as_object() else {
        return *schema == true;
    };
    let admits = |schema: &Value, value: &Value| admits(root, schema, value);
    let fields = || value.as_object().into_iter().flatten();
    rules.iter().all(|(keyword, rule)| match keyword.as_str() {
        "$ref" => admits(
            root.pointer(rule.as_str().unwrap().trim_start_matches('#'))
                .unwrap(),
            value,
        ),
        "type" => one_or_many(rule)
            .iter()
            .any(|ty| is_of_type(ty.as_str().unwrap(), value)),
        "const" => rule == value,
        "enum" => rule.as_array().unwrap().contains(value),
        "anyOf" => rule
            .as_array()
            .unwrap()
            .iter()
            .any(|schema| admits(schema, value)),
        "oneOf" => {
            rule.as_array()
                .unwrap()
                .iter()
                .filter(|schema| admits(schema, value))
                .count()
                == 1
        }
        "items" => value
            .as_array()
            .into_iter()
            .flatten()
            .all(|item| admits(rule, item)),
        "minimum" => value
            .as_f64()
            .is_none_or(|number| number >= rule.as_f64().unwrap()),
        "required" => {
            !value.is_object()
                || rule
                    .as_array()
                    .unwrap()
                    .iter()
                    .all(|name| value.get(name.as_str().unwrap()).is_some())
        }
        "properties" => {
            fields().all(|(name, value)| rule.get(name).is_none_or(|rule| admits(rule, value)))
        }
        "additionalProperties" => fields()
            .all(|(name, value)| schema["properties"].get(name).is_some() || admits(rule, value)),
        "$schema" | "$defs" | "title" | "description" | "default" | "format" => true,
        other => panic!("the keyword `{other}` has no meaning here yet"),
    })
}

fn is_of_type(ty: &str, value: &Value) -> bool {
    match ty {
        "array" => value.is_array(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "null" => value.is_null(),
        "object" => value.is_object(),
        "string" => value.is_string(),
        other => panic!("`{other}` is no type of these schemas"),
    }
}

pub(crate) fn one_or_many(value: &Value) -> &[Value] {
    match value {
        Value::Null => &[],
        Value::Array(many) => many,
        one => std::slice::from_ref(one),
    }
}

pub(crate) fn contains(names: &Value, name: &str) -> bool {
    names
        .as_array()
        .is_some_and(|names| names.iter().any(|known| known == name))
}
