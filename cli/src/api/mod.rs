//! The only code that calls the client.

pub(crate) mod app;
pub(crate) mod connect;
pub(crate) mod errors;
pub(crate) mod leaked;
pub(crate) mod server;
pub(crate) mod user;
