//! One call: its options, and the ways to wait for it.

#[cfg(feature = "blocking")]
pub(crate) mod blocking;
pub(crate) mod call;
pub(crate) mod conditional;
pub(crate) mod items;
pub(crate) mod job;
pub(crate) mod page;
mod send;
