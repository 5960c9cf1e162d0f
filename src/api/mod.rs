//! The public API: servers, the two clients for the two kinds of credentials, and batches.

// rustdoc shows the methods of a type in the order of the modules. They are in the order of use: a server is built first, and a client's
// deprecated methods come last.
pub(crate) mod builder;

pub(crate) mod oauth_app;

pub(crate) mod rotation;

mod revocation;

pub(crate) mod batch;
mod token_batches;

pub(crate) mod server;

mod leaked;
mod path_tokens;

pub(crate) mod authorizations;

mod base_url;
#[cfg(feature = "blocking")]
mod blocking;
mod find_authorization;
mod http;
mod paced;
mod preflight;
mod running;
mod seen;
mod signed_in;
#[cfg(feature = "__tls")]
mod tls;
pub(crate) mod verdict;
