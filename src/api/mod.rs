//! The public API: servers, the two clients for the two kinds of credentials, and batches.

// rustdoc shows the methods of a client in the order of the modules: the deprecated ones come last.
pub(crate) mod authorizations;
pub(crate) mod oauth_app;

pub(crate) mod rotation;
mod running;

pub(crate) mod batch;
mod token_batches;

mod path_tokens;

mod base_url;
#[cfg(feature = "blocking")]
mod blocking;
pub(crate) mod builder;
mod find_authorization;
mod http;
mod leaked;
mod paced;
mod preflight;
mod seen;
pub(crate) mod server;
mod signed_in;
#[cfg(feature = "__tls")]
mod tls;
pub(crate) mod verdict;
