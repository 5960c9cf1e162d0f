//! Versions of GHES.

use super::context::Lint;
use crate::yaml::Node;

/// The last minor version of 3.x so far; the descriptions of 2.x that GitHub publishes are those of 2.18 to 2.22.
const NEWEST: u16 = 22;

/// Major and minor.
pub(super) type Version = (u16, u16);

/// A version in its one spelling.
pub(super) fn parse(text: &str) -> Option<Version> {
    let number = |digits: &str| {
        digits
            .parse::<u16>()
            .ok()
            .filter(|number| number.to_string() == digits)
    };
    let (major, minor) = text.split_once('.')?;
    Some((number(major)?, number(minor)?))
}

/// The version under a key, if it is one.
pub(super) fn at(node: &Node, key: &str) -> Option<Version> {
    node.get(key)?.as_str().and_then(parse)
}

/// Reports a version that there is not, such as 3.110.
pub(super) fn check(lint: &mut Lint<'_>, node: &Node, key: &str) {
    if let (Some(version), Some(value)) = (at(node, key), node.get(key))
        && !matches!(version, (2, 18..=22) | (3, 0..=NEWEST))
    {
        let help = format!(
            "write one from 2.18 to 2.22 or from 3.0 to 3.{NEWEST}; once there is a newer one, raise NEWEST in codegen/src/lint/version.rs"
        );
        lint.error(
            value.line,
            format!("`{key}`: there is no GHES {}.{}", version.0, version.1),
            help,
        );
    }
}
