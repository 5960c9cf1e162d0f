//! Edits of a description.

use serde_json::Value;

/// `- paths /a get` removes a value; `+ paths /a get = {"json": 1}` adds or replaces one.
pub(crate) struct Edit<'a> {
    place: Vec<&'a str>,
    value: Option<Value>,
}

impl<'a> Edit<'a> {
    pub(crate) fn read(line: &'a str) -> Self {
        if let Some(place) = line.strip_prefix("- ") {
            return Self {
                place: place.split(' ').collect(),
                value: None,
            };
        }
        let (place, value) = line
            .strip_prefix("+ ")
            .and_then(|line| line.split_once(" = "))
            .unwrap_or_else(|| panic!("no edit: {line}"));
        let value = serde_json::from_str(value).unwrap_or_else(|error| panic!("{line}: {error}"));
        Self {
            place: place.split(' ').collect(),
            value: Some(value),
        }
    }
}

pub(crate) fn edited(description: &str, edits: &[Edit<'_>]) -> String {
    let mut description: Value = serde_json::from_str(description).unwrap();
    for edit in edits {
        let (last, parents) = edit.place.split_last().unwrap();
        let mut node = &mut description;
        for key in parents {
            node = match node {
                Value::Array(items) => &mut items[key.parse::<usize>().unwrap()],
                node => node
                    .as_object_mut()
                    .unwrap()
                    .entry(*key)
                    .or_insert_with(|| Value::Object(Default::default())),
            };
        }
        match (node, &edit.value) {
            (Value::Array(items), Some(value)) if *last == "end" => items.push(value.clone()),
            (Value::Array(items), None) => drop(items.remove(last.parse().unwrap())),
            (node, Some(value)) => node[*last] = value.clone(),
            (node, None) => drop(
                node.as_object_mut()
                    .unwrap()
                    .remove(*last)
                    .unwrap_or_else(|| panic!("no {}", edit.place.join(" "))),
            ),
        }
    }
    description.to_string()
}
