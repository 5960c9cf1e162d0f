//! Bad moments on request.

pub(crate) mod action;
pub(crate) mod canned;
pub(crate) mod plan;
pub(crate) mod rule;
