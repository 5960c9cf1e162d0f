//! A tree of YAML whose nodes know their lines, so that errors name them.

use serde_json::Number;

/// A value and its line.
#[derive(Clone, Debug)]
pub struct Node {
    /// Counted from 1.
    pub line: usize,
    /// Its content.
    pub value: Value,
}

/// The content of a node; mappings keep the order of the document.
#[derive(Clone, Debug)]
pub enum Value {
    /// Text, or a number, a boolean or null.
    Scalar {
        /// As the parser unfolded and unescaped it.
        text: String,
        /// Without quotes, so that it may mean something other than text.
        plain: bool,
    },
    /// A list.
    Sequence(Vec<Node>),
    /// Keys and values, without duplicate keys.
    Mapping(Vec<(Key, Node)>),
}

/// A key of a mapping.
#[derive(Clone, Debug)]
pub struct Key {
    /// Its text, even if it looks like another type.
    pub name: String,
    /// Counted from 1.
    pub line: usize,
}

impl Node {
    /// The value under `key`, in a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries()
            .iter()
            .find(|(name, _)| name.name == key)
            .map(|(_, value)| value)
    }

    /// The text under `key`.
    pub(crate) fn text_at(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }

    /// The boolean under `key`.
    pub(crate) fn flag_at(&self, key: &str) -> Option<bool> {
        self.get(key)?.as_bool()
    }

    /// The entries of the mapping under `key`; empty for any other node.
    pub(crate) fn entries_at(&self, key: &str) -> &[(Key, Node)] {
        self.get(key).map(Self::entries).unwrap_or_default()
    }

    /// The items of the sequence under `key`; empty for any other node.
    pub(crate) fn items_at(&self, key: &str) -> &[Node] {
        self.get(key).map(Self::items).unwrap_or_default()
    }

    /// The entries of a mapping; empty for any other node.
    pub fn entries(&self) -> &[(Key, Node)] {
        match &self.value {
            Value::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a sequence; empty for any other node.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The text of a scalar that means text: quoted, or plain and neither number, boolean nor null.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, plain } if !plain || plain_to_json(text).is_string() => {
                Some(text)
            }
            _ => None,
        }
    }

    /// A plain `true` or `false`.
    pub fn as_bool(&self) -> Option<bool> {
        match &self.value {
            Value::Scalar { text, plain: true } => plain_to_json(text).as_bool(),
            _ => None,
        }
    }

    /// The same tree as JSON, by YAML 1.2's core schema; the order of keys is that of serde_json's maps.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Scalar { text, plain: true } => plain_to_json(text),
            Value::Scalar { text, .. } => text.as_str().into(),
            Value::Sequence(items) => items.iter().map(Self::to_json).collect(),
            Value::Mapping(entries) => {
                let entries = entries
                    .iter()
                    .map(|(key, value)| (key.name.clone(), value.to_json()));
                serde_json::Value::Object(entries.collect())
            }
        }
    }
}

/// The core schema. `.inf` and `.nan` stay text, because JSON does not have them.
pub(crate) fn plain_to_json(text: &str) -> serde_json::Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => serde_json::Value::Null,
        "true" | "True" | "TRUE" => true.into(),
        "false" | "False" | "FALSE" => false.into(),
        _ => number(text).map_or_else(|| text.into(), serde_json::Value::Number),
    }
}

fn number(text: &str) -> Option<Number> {
    let in_base = |prefix, base| u64::from_str_radix(text.strip_prefix(prefix)?, base).ok();
    if let Some(number) = in_base("0x", 16).or_else(|| in_base("0o", 8)) {
        return Some(number.into());
    }
    // Rust's own parsers accept more than YAML does, for instance `infinity`.
    if !text
        .chars()
        .all(|c| c.is_ascii_digit() || "+-.eE".contains(c))
    {
        return None;
    }
    let integer = text
        .parse()
        .map(i64::into)
        .or_else(|_| text.parse().map(u64::into))
        .ok();
    integer.or_else(|| Number::from_f64(text.parse().ok()?))
}
