//! Follows `$ref`, in the spec as it was written and in its JSON form.

use crate::yaml::{Node, Value};
use serde_json::Value as Json;

/// A document that has references.
pub(crate) trait Tree: Sized {
    /// The value of a key.
    fn child(&self, key: &str) -> Option<&Self>;
    /// The first item of a list.
    fn first(&self) -> Option<&Self>;
    fn text(&self) -> Option<&str>;
}

impl Tree for Node {
    fn child(&self, key: &str) -> Option<&Self> {
        self.get(key)
    }

    fn first(&self) -> Option<&Self> {
        match &self.value {
            Value::Sequence(items) => items.first(),
            _ => None,
        }
    }

    fn text(&self) -> Option<&str> {
        self.as_str()
    }
}

impl Tree for Json {
    fn child(&self, key: &str) -> Option<&Self> {
        self.get(key)
    }

    fn first(&self) -> Option<&Self> {
        self.get(0)
    }

    fn text(&self) -> Option<&str> {
        self.as_str()
    }
}

/// Returns the component that a node refers to, or else the node; `None` if the target does not exist.
pub(crate) fn resolve<'a, T: Tree>(document: &'a T, node: &'a T) -> Option<&'a T> {
    let Some(reference) = node.child("$ref") else {
        return Some(node);
    };
    let path = reference.text()?.strip_prefix("#/")?;
    path.split('/')
        .try_fold(document, |node, key| node.child(key))
}

/// Returns the schema that a reference wraps to add a description, or else the schema.
pub(crate) fn unwrapped<T: Tree>(schema: &T) -> &T {
    schema.child("allOf").and_then(T::first).unwrap_or(schema)
}
