//! A schema after references, compositions and the two ways to write `null` are resolved.

use super::reference;
use serde_json::Value;
use std::collections::BTreeMap;

/// Aspects that are a keyword's value.
pub(super) const KEYWORDS: [(&str, &str); 12] = [
    ("default", "default"),
    ("format", "format"),
    ("max-length", "maxLength"),
    ("min-length", "minLength"),
    ("pattern", "pattern"),
    ("minimum", "minimum"),
    ("maximum", "maximum"),
    ("min-items", "minItems"),
    ("max-items", "maxItems"),
    ("unique-items", "uniqueItems"),
    ("read-only", "readOnly"),
    ("write-only", "writeOnly"),
];

/// Longer chains of references and compositions are circular.
const DEPTH: usize = 16;

/// A schema's values, from wherever they are written.
#[derive(Default)]
pub(super) struct Flat<'a> {
    /// Its component; a wrapper of a single component has that component's name.
    pub(super) name: Option<&'a str>,
    pub(super) nullable: bool,
    /// Several for a choice of types.
    pub(super) types: Vec<&'a str>,
    /// The values of an enumeration, without `null`.
    pub(super) values: Option<Vec<String>>,
    pub(super) items: Option<&'a Value>,
    pub(super) fields: BTreeMap<&'a str, &'a Value>,
    pub(super) required: Vec<&'a str>,
    /// The schema of other fields; `None` if there are none.
    pub(super) additional: Option<&'a Value>,
    /// The number of alternatives, besides `null`.
    pub(super) alternatives: Option<usize>,
    keywords: BTreeMap<&'static str, String>,
}

impl<'a> Flat<'a> {
    /// Resolves a schema of a description.
    pub(super) fn new(description: &'a Value, schema: &'a Value) -> Self {
        Self::within(description, schema, DEPTH)
    }

    /// The aspects with short values, in the order of the report.
    pub(super) fn words(&self) -> Vec<(&'static str, String)> {
        let mut words = vec![
            ("type", or_none(self.types.join(","))),
            (
                "enum",
                or_none(
                    self.values
                        .as_ref()
                        .map(|values| values.join(","))
                        .unwrap_or_default(),
                ),
            ),
            (
                "alternatives",
                or_none(
                    self.alternatives
                        .map(|count| count.to_string())
                        .unwrap_or_default(),
                ),
            ),
        ];
        words.extend(KEYWORDS.map(|(aspect, _)| {
            (
                aspect,
                or_none(self.keywords.get(aspect).cloned().unwrap_or_default()),
            )
        }));
        words
    }

    fn within(description: &'a Value, schema: &'a Value, depth: usize) -> Self {
        let (node, name) = reference::follow(description, schema);
        let mut flat = Self {
            name,
            ..Self::of(node)
        };
        if depth == 0 {
            return flat;
        }
        let parts = list(node, "allOf")
            .map(|part| Self::within(description, part, depth - 1))
            .collect();
        flat.join(parts);
        for key in ["oneOf", "anyOf"] {
            let all: Vec<Self> = list(node, key)
                .map(|part| Self::within(description, part, depth - 1))
                .collect();
            let (nulls, mut choices): (Vec<Self>, Vec<Self>) =
                all.into_iter().partition(Self::is_null);
            flat.nullable |= !nulls.is_empty();
            if choices.len() > 1 {
                flat.alternatives = Some(choices.len());
                // None of them applies for certain.
                choices
                    .iter_mut()
                    .for_each(|choice| choice.required.clear());
            }
            flat.join(choices);
        }
        flat.guess_type();
        // Their order has no meaning.
        flat.types.sort_unstable();
        flat.values
            .iter_mut()
            .for_each(|values| values.sort_unstable());
        flat
    }

    /// Adds the node's own values.
    fn of(node: &'a Value) -> Self {
        let types: Vec<&str> = node["type"]
            .as_str()
            .into_iter()
            .chain(texts(node, "type"))
            .collect();
        let values = node["enum"]
            .as_array()
            .cloned()
            .or_else(|| node.get("const").map(|value| vec![value.clone()]));
        let has_null = |values: &Vec<Value>| values.iter().any(Value::is_null);
        let fields = node["properties"].as_object().into_iter().flatten();
        let keywords = KEYWORDS
            .iter()
            .filter_map(|(aspect, key)| node.get(key).map(|value| (*aspect, word(value))));
        Self {
            name: None,
            nullable: node["nullable"] == true
                || types.contains(&"null")
                || values.as_ref().is_some_and(has_null),
            types: types.into_iter().filter(|name| *name != "null").collect(),
            values: values.map(|values| {
                values
                    .iter()
                    .filter(|value| !value.is_null())
                    .map(word)
                    .collect()
            }),
            items: node.get("items"),
            fields: fields
                .map(|(name, schema)| (name.as_str(), schema))
                .collect(),
            required: texts(node, "required").collect(),
            additional: node
                .get("additionalProperties")
                .filter(|additional| **additional != false),
            alternatives: None,
            keywords: keywords.filter(|(_, value)| value != "false").collect(),
        }
    }

    fn join(&mut self, parts: Vec<Self>) {
        if let [part] = &parts[..]
            && self.fields.is_empty()
        {
            self.name = part.name.or(self.name);
        }
        for part in parts {
            self.nullable |= part.nullable;
            self.types.extend(
                part.types
                    .into_iter()
                    .filter(|name| !self.types.contains(name))
                    .collect::<Vec<_>>(),
            );
            self.values = self.values.take().or(part.values);
            self.items = self.items.or(part.items);
            self.required.extend(part.required);
            self.additional = self.additional.or(part.additional);
            self.alternatives = self.alternatives.or(part.alternatives);
            for (name, schema) in part.fields {
                self.fields.entry(name).or_insert(schema);
            }
            for (aspect, value) in part.keywords {
                self.keywords.entry(aspect).or_insert(value);
            }
        }
    }

    /// Fields imply an object, and items a list, even without `type`.
    fn guess_type(&mut self) {
        if self.types.is_empty() && !self.fields.is_empty() {
            self.types.push("object");
        } else if self.types.is_empty() && self.items.is_some() {
            self.types.push("array");
        }
    }

    fn is_null(&self) -> bool {
        let says_nothing = self.types.is_empty()
            && self.fields.is_empty()
            && self.name.is_none()
            && self.alternatives.is_none();
        self.nullable && says_nothing && self.values.as_ref().is_none_or(Vec::is_empty)
    }
}

/// A value as differences print it.
fn word(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn or_none(text: String) -> String {
    if text.is_empty() {
        "none".to_owned()
    } else {
        text
    }
}

fn list<'a>(node: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    node[key].as_array().into_iter().flatten()
}

fn texts<'a>(node: &'a Value, key: &str) -> impl Iterator<Item = &'a str> {
    list(node, key).filter_map(Value::as_str)
}
