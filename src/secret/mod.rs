//! Secrets, and the code that keeps them out of everything that is printed.

pub(crate) mod buffer;
mod disguise;
pub(crate) mod exposed;
pub(crate) mod newtypes;
#[cfg(feature = "__tls")]
pub(crate) mod private_key;
pub(crate) mod redact;
pub(crate) mod serialize;
