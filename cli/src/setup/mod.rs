//! From flags, environment and settings file to a server and credentials.

pub(crate) mod connect;
pub(crate) mod file;
pub(crate) mod mode;
mod secret;
pub(crate) mod settings;
