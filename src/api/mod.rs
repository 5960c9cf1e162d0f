//! What users call: servers, the two clients by kind of credentials, and jobs over many tokens.

pub(crate) mod authorizations;
mod base_url;
pub(crate) mod batch;
pub(crate) mod builder;
mod http;
mod leaked;
pub(crate) mod oauth_app;
pub(crate) mod preflight;
pub(crate) mod rotation;
pub(crate) mod server;
#[cfg(feature = "__tls")]
mod tls;
