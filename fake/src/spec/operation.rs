//! The public view of an operation.

use crate::spec::generated::Operation;
use crate::spec::row::Spec;
use crate::spec::version::Version;
use std::fmt;

impl Operation {
    /// Returns GitHub's operation id, such as `apps/check-token`.
    pub fn id(self) -> &'static str {
        self.spec().id
    }

    /// Returns the HTTP method, in capitals.
    pub fn method(self) -> &'static str {
        self.spec().method
    }

    /// Returns the path below the API's base, with its parameters in braces.
    pub fn path(self) -> &'static str {
        self.spec().path
    }

    /// Returns the operation with this id, or `None` if there is none.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|known| known.id() == id)
    }

    /// Returns whether a GHES of this version has the operation.
    pub fn is_in(self, major: u16, minor: u16) -> bool {
        let (version, Spec { since, until, .. }) = (Version::new(major, minor), self.spec());
        since.is_some_and(|since| since <= version) && until.is_none_or(|until| version <= until)
    }

    /// Returns whether github.com has the operation.
    pub fn is_on_github_com(self) -> bool {
        self.spec().on_github_com
    }

    /// Returns the address of GitHub's page about the operation.
    pub fn docs_url(self) -> &'static str {
        self.spec().docs_url
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}
