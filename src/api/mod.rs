//! The public API: servers, the two clients for the two kinds of credentials, and batches.

// First: rustdoc shows the methods of a client in the order of the modules.
pub(crate) mod authorizations;
pub(crate) mod oauth_app;

mod base_url;
pub(crate) mod batch;
#[cfg(feature = "blocking")]
mod blocking;
pub(crate) mod builder;
mod find_authorization;
mod http;
mod leaked;
mod paced;
mod preflight;
pub(crate) mod rotation;
mod seen;
pub(crate) mod server;
mod signed_in;
#[cfg(feature = "__tls")]
mod tls;
mod token_batches;
pub(crate) mod verdict;
