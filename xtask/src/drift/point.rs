//! One aspect of one subject, in GitHub's description and in ours.

use std::collections::BTreeSet;

/// Both values of one aspect of one subject.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Point {
    pub(super) subject: String,
    pub(super) aspect: &'static str,
    pub(super) theirs: String,
    pub(super) ours: String,
    /// Method and path, if it concerns a whole operation.
    pub(super) route: Option<String>,
}

/// The result of a walk.
#[derive(Default)]
pub(super) struct Walked {
    /// Equal ones, too.
    pub(super) points: Vec<Point>,
    /// Subjects that our specification limits to some servers.
    pub(super) bounded: BTreeSet<String>,
}
