//! The listening side.

pub(crate) mod connection;
pub(crate) mod intake;
pub(crate) mod listener;
pub(crate) mod outgoing;
