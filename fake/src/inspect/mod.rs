//! Inspection: received requests and live tokens.

pub(crate) mod live;
pub(crate) mod log;
pub(crate) mod received;
