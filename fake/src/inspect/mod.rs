//! What arrived, and what is live.

pub(crate) mod difference;
pub(crate) mod live;
pub(crate) mod log;
pub(crate) mod received;
