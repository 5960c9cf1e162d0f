//! The GHES versions of the spec, which lists them once.

use crate::yaml::Node;

/// Major and minor.
pub type Version = (u16, u16);

/// The key of the document with the first and the last minor version of each major version: `3.0 to 3.22`.
pub const KEY: &str = "x-ghes-versions";

/// A version in its canonical form.
pub fn parse(text: &str) -> Option<Version> {
    let number = |digits: &str| {
        digits
            .parse::<u16>()
            .ok()
            .filter(|number| number.to_string() == digits)
    };
    let (major, minor) = text.split_once('.')?;
    Some((number(major)?, number(minor)?))
}

/// The first and the last version of `3.0 to 3.22`.
pub fn range(text: &str) -> Option<(Version, Version)> {
    let (first, last) = text.split_once(" to ")?;
    let (first, last) = (parse(first)?, parse(last)?);
    (first.0 == last.0 && first.1 <= last.1).then_some((first, last))
}

/// The ranges of the document, the newest last.
pub fn known(document: &Node) -> Vec<(Version, Version)> {
    let list = document.items_at(KEY);
    list.iter()
        .filter_map(|item| range(item.as_str()?))
        .collect()
}

/// Whether `version` may be the next release after `newest`.
pub fn follows(version: Version, newest: Version) -> bool {
    version == (newest.0, newest.1 + 1) || version == (newest.0 + 1, 0)
}
