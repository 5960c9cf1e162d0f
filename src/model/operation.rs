//! An operation as the spec describes it.
//!
//! Everything in which operations differ is a field here: the credentials they take, the servers that have them, whether a call may be
//! retried, and their replacements. The table of them is generated; the rest of the crate reads it and does not repeat it.

use crate::model::version::GhesVersion;
use std::fmt;

/// One REST operation, as the spec describes it.
///
/// ```
/// use ghes_oauth::Operation;
///
/// for operation in Operation::all().iter().filter(|operation| operation.deprecation().is_some()) {
///     println!("{} {} is deprecated", operation.method(), operation.path());
/// }
/// ```
#[derive(PartialEq, Eq, Hash)]
pub struct Operation {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) credentials: CredentialKind,
    pub(crate) since: Option<GhesVersion>,
    pub(crate) until: Option<GhesVersion>,
    pub(crate) preview: Option<(&'static str, GhesVersion)>,
    pub(crate) on_github_com: bool,
    pub(crate) idempotency: Idempotency,
    pub(crate) docs_url: &'static str,
    pub(crate) deprecation: Option<Deprecation>,
}

impl Operation {
    /// Returns GitHub's operation id, such as `apps/check-token`.
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// Returns the name of the method of [`OAuthApp`](crate::OAuthApp), [`Authorizations`](crate::Authorizations) or
    /// [`Server`](crate::Server) that calls it.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the HTTP method, in capitals.
    pub const fn method(&self) -> &'static str {
        self.method
    }

    /// Returns the path below the API's base, with its parameters in braces.
    pub const fn path(&self) -> &'static str {
        self.path
    }

    /// Returns its summary, one sentence.
    pub const fn summary(&self) -> &'static str {
        self.summary
    }

    /// Returns the kind of credentials that it takes.
    pub const fn credentials(&self) -> CredentialKind {
        self.credentials
    }

    /// Returns the first GHES version that has it; `None` if only github.com has it.
    pub const fn since(&self) -> Option<GhesVersion> {
        self.since
    }

    /// Returns the last GHES version that has it; `None` if every later one has it too.
    pub const fn until(&self) -> Option<GhesVersion> {
        self.until
    }

    /// The media type of its preview, and the last GHES version whose requests name it.
    pub(crate) const fn preview(&self) -> Option<(&'static str, GhesVersion)> {
        self.preview
    }

    /// Returns whether github.com and its data-residency hosts have it.
    pub const fn on_github_com(&self) -> bool {
        self.on_github_com
    }

    /// Returns whether it may be retried after the response to an attempt was lost.
    pub const fn idempotency(&self) -> Idempotency {
        self.idempotency
    }

    /// Returns the URL of GitHub's documentation.
    pub const fn docs_url(&self) -> &'static str {
        self.docs_url
    }

    /// Returns what to use instead; `None` for an operation that is not deprecated.
    pub const fn deprecation(&self) -> Option<Deprecation> {
        self.deprecation
    }

    /// Returns whether a GHES of this version has it.
    pub fn is_in(&self, version: GhesVersion) -> bool {
        self.since.is_some_and(|since| since <= version)
            && self.until.is_none_or(|until| version <= until)
    }
}

impl fmt::Display for Operation {
    /// Prints the operation id.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id)
    }
}

impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Operation({})", self.id)
    }
}

/// The credentials that an operation takes by HTTP Basic authentication ([RFC 7617](https://www.rfc-editor.org/rfc/rfc7617)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CredentialKind {
    /// The OAuth App's client id and client secret.
    App,
    /// A user's login and password, and a one-time password if two-factor authentication is on.
    User,
    /// No credentials: GitHub refuses the operation with any.
    None,
}

/// Whether a call may be retried after an error that leaves its outcome unknown
/// ([RFC 9110, section 9.2](https://www.rfc-editor.org/rfc/rfc9110#section-9.2)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Idempotency {
    /// It only reads, and may be retried any number of times.
    Safe,
    /// It deletes, and may be retried: a retry that finds nothing left has succeeded.
    Idempotent,
    /// It creates or replaces a token, or changes an authorization. It is never retried once a byte may have arrived, because a retry could
    /// lose a token or undo a later change.
    NotIdempotent,
}

/// The spec's note on a deprecated operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Deprecation {
    pub(crate) note: &'static str,
    pub(crate) replaced_by: Option<&'static str>,
}

impl Deprecation {
    /// Returns what to do instead, as in the compiler's warning.
    pub const fn note(&self) -> &'static str {
        self.note
    }
}

/// A query parameter as the spec describes it; if the spec renames it, requests use the new name.
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    /// The smallest value.
    pub(crate) minimum: Option<u32>,
    /// The largest value.
    pub(crate) maximum: Option<u32>,
}
