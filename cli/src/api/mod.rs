//! The only code that calls the client.

pub(crate) mod app;
pub(crate) mod connect;
mod errors;
pub(crate) mod leaked;
mod server;
pub(crate) mod user;
