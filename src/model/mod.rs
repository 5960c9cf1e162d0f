//! GitHub's data types: operations, versions, permissions, ids, times and headers.

// First: rustdoc shows the methods of an operation in the order of the modules.
mod lookup;

pub(crate) mod id;
pub(crate) mod lenient;
pub(crate) mod metadata;
pub(crate) mod operation;
pub(crate) mod permission;
pub(crate) mod rate_limit;
pub(crate) mod text;
pub(crate) mod timestamp;
mod token_digest;
pub(crate) mod token_kind;
pub(crate) mod variants;
pub(crate) mod version;
