//! One aspect of one subject, in GitHub's description and in ours.

use std::collections::BTreeSet;

/// What both say about one aspect of one subject.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Point {
    pub(super) subject: String,
    pub(super) aspect: &'static str,
    pub(super) theirs: String,
    pub(super) ours: String,
    /// Method and path, where it is about a whole operation.
    pub(super) route: Option<String>,
}

/// What a walk comes back with.
#[derive(Default)]
pub(super) struct Walked {
    /// Where both agree, too.
    pub(super) points: Vec<Point>,
    /// Subjects that we describe for some servers only.
    pub(super) bounded: BTreeSet<String>,
}
