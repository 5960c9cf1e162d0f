//! The rows of the generated table.

use crate::spec::version::Version;

/// An operation's row in the generated table.
pub(crate) struct Spec {
    pub(crate) id: &'static str,
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) credentials: Credentials,
    /// `None` if only github.com has it.
    pub(crate) since: Option<Version>,
    pub(crate) until: Option<Version>,
    pub(crate) on_github_com: bool,
    pub(crate) deprecated: bool,
    pub(crate) docs_url: &'static str,
    pub(crate) query: &'static [Parameter],
    pub(crate) fields: &'static [Field],
}

/// The credentials that an operation takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Credentials {
    App,
    User,
    None,
}

/// A parameter of the query.
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    /// The first GHES version that takes it, if not every version of the operation does.
    pub(crate) since: Option<Version>,
    pub(crate) default: Option<usize>,
}

/// A field of a request body.
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    pub(crate) nullable: bool,
    /// The JSON type; a plural is an array.
    pub(crate) kind: &'static str,
    /// In characters.
    pub(crate) max_length: Option<usize>,
    /// The keys that an object may have; empty for any keys.
    pub(crate) keys: &'static [&'static str],
}
