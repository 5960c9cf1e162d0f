//! Reports: one row a token, and a summary.

pub(crate) mod destination;
pub(crate) mod rows;
pub(crate) mod summary;
pub(crate) mod table;
