//! Versions of GHES.

use super::context::Lint;
use crate::versions::{self, Version};
use crate::yaml::Node;

/// The version under a key, if it is one.
pub(super) fn at(node: &Node, key: &str) -> Option<Version> {
    node.text_at(key).and_then(versions::parse)
}

/// Checks the list of versions, which must contain each other version of the document.
pub(super) fn check_list(lint: &mut Lint<'_>) {
    let Some(list) = lint.document.get(versions::KEY) else {
        return;
    };
    let mut last: Option<Version> = None;
    for item in list.items() {
        let Some(text) = item.as_str() else {
            continue;
        };
        let range = versions::range(text);
        if range.is_none() {
            lint.error(
                item.line,
                format!("`{text}` is not a range of versions"),
                "write the first and the last minor version of one major, such as `3.0 to 3.22`",
            );
        }
        if let (Some((first, _)), Some(last)) = (range, last)
            && first.0 <= last.0
        {
            lint.error(
                item.line,
                format!("`{text}` comes after {}.{}", last.0, last.1),
                "write one range for each major version, the oldest first",
            );
        }
        last = range.map(|(_, last)| last).or(last);
    }
}

/// Reports a version that does not exist, such as 3.110.
pub(super) fn check(lint: &mut Lint<'_>, node: &Node, key: &str) {
    let known = versions::known(lint.document);
    let (Some(version), Some(value)) = (at(node, key), node.get(key)) else {
        return;
    };
    let list = lint.document.get(versions::KEY).map(Node::items);
    if list.is_some_and(|list| list.len() != known.len()) {
        return; // A range that is not one may be meant to hold it.
    }
    let Some((_, newest)) = known.last() else {
        return;
    };
    if known
        .iter()
        .any(|(first, last)| (*first..=*last).contains(&version))
    {
        return;
    }
    let (major, minor) = version;
    let help = if versions::follows(version, *newest) {
        format!("once it is released, run: cargo xtask version {major}.{minor}")
    } else {
        let ranges = known
            .iter()
            .map(|(first, last)| format!("{}.{} to {}.{}", first.0, first.1, last.0, last.1));
        format!(
            "write a version of {}",
            ranges.collect::<Vec<_>>().join(", or ")
        )
    };
    lint.error(
        value.line,
        format!("`{key}`: GHES {major}.{minor} is not a known version"),
        help,
    );
}
