//! GitHub's data types: operations, versions, permissions, ids, times and headers.

pub(crate) mod id;
pub(crate) mod lenient;
pub(crate) mod metadata;
pub(crate) mod operations;
pub(crate) mod permission;
pub(crate) mod rate_limit;
pub(crate) mod text;
pub(crate) mod timestamp;
mod token_digest;
pub(crate) mod token_kind;
pub(crate) mod variants;
pub(crate) mod version;
