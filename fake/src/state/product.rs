//! The product that the fake plays.

use crate::spec::generated::Operation;
use crate::spec::version::Version;

/// The product, which determines operations, fields and headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Product {
    Enterprise(Version),
    GitHubCom,
}

impl Product {
    /// Whether this is a GHES of that version or later; github.com counts as later than any.
    pub(crate) fn at_least(self, major: u16, minor: u16) -> bool {
        match self {
            Self::Enterprise(version) => version >= Version::new(major, minor),
            Self::GitHubCom => true,
        }
    }

    pub(crate) fn has(self, operation: Operation) -> bool {
        match self {
            Self::Enterprise(version) => operation.is_in(version.major, version.minor),
            Self::GitHubCom => operation.spec().on_github_com,
        }
    }
}
