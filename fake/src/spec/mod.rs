//! What the spec says: the operations, generated, and the versions of GHES.

#[rustfmt::skip]
pub(crate) mod generated;
pub(crate) mod operation;
pub(crate) mod row;
pub(crate) mod version;
