//! The operations, generated from the spec, and the versions of GHES.

#[rustfmt::skip]
pub(crate) mod generated;
pub(crate) mod operation;
pub(crate) mod row;
pub(crate) mod version;
