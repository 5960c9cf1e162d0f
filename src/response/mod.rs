//! From the bytes of a response to a value or an error.

pub(crate) mod classify;
pub(crate) mod decode;
pub(crate) mod error_body;
#[cfg(test)]
mod meanings;
pub(crate) mod raw;
pub(crate) mod response;
pub(crate) mod truncated;
