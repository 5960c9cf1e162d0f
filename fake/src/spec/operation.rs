//! What the spec says of an operation.

use crate::spec::generated::Operation;
use crate::spec::version::Version;
use std::fmt;

/// An operation's row in the generated table.
pub(crate) struct Spec {
    pub(crate) id: &'static str,
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) credentials: Credentials,
    pub(crate) since: Version,
    pub(crate) until: Option<Version>,
    pub(crate) on_github_com: bool,
    pub(crate) deprecated: bool,
    pub(crate) docs_url: &'static str,
    pub(crate) query: &'static [Parameter],
    pub(crate) fields: &'static [Field],
}

/// Whose credentials an operation takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Credentials {
    App,
    User,
}

/// A parameter of the query.
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    /// The first GHES version that takes it, where not every version with the operation does.
    pub(crate) since: Option<Version>,
    pub(crate) default: Option<usize>,
}

/// A field of a request body.
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    pub(crate) nullable: bool,
    /// The JSON type; a plural is an array of these.
    pub(crate) kind: &'static str,
    /// In characters.
    pub(crate) max_length: Option<usize>,
    /// The keys that an object may have; any where there are none.
    pub(crate) keys: &'static [&'static str],
}

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

    /// Returns the operation with this id, or `None` where there is none.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|known| known.id() == id)
    }

    /// Returns whether a GHES of this version has the operation.
    pub fn is_in(self, major: u16, minor: u16) -> bool {
        let (version, Spec { since, until, .. }) = (Version::new(major, minor), self.spec());
        *since <= version && until.is_none_or(|until| version <= until)
    }

    /// Returns GitHub's page about it.
    pub fn docs_url(self) -> &'static str {
        self.spec().docs_url
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}
