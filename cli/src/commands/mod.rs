//! The other commands, one module each.

pub(crate) mod authorizations;
pub(crate) mod documents;
pub(crate) mod fake;
pub(crate) mod grants;
pub(crate) mod preflight;
mod user;
