//! One call: its options, and the ways to wait for it.

// First: rustdoc shows the methods of a call in the order of the modules.
mod send;

pub(crate) mod call;
pub(crate) mod conditional;
pub(crate) mod items;
pub(crate) mod job;
mod link;
pub(crate) mod page;

#[cfg(feature = "blocking")]
pub(crate) mod blocking;
