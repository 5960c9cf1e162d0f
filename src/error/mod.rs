//! The one error type of the crate.

pub(crate) mod error;
pub(crate) mod github;
pub(crate) mod kind;
mod print;
