//! Fault injection: rules, and the responses that they send.

pub(crate) mod action;
pub(crate) mod canned;
pub(crate) mod plan;
pub(crate) mod rule;
