//! The files that the surface is read from.

use crate::yaml::Node;

/// Handwritten files that are part of the surface: the methods of operations, and the exports.
pub const HANDWRITTEN: [&str; 5] = [
    "src/api/oauth_app.rs",
    "src/api/authorizations.rs",
    "src/api/leaked.rs",
    "src/api/path_tokens.rs",
    "src/lib.rs",
];

/// The sources of the surface.
#[derive(Debug)]
pub struct Source<'a> {
    /// The linted spec.
    pub document: &'a Node,
    /// The generated client.
    pub client: &'a str,
    /// The text of [`HANDWRITTEN`].
    pub handwritten: [&'a str; 5],
}
