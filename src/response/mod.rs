//! Turns the bytes of a response into a value or an error.

pub(crate) mod classify;
pub(crate) mod decode;
mod described;
pub(crate) mod error_body;
pub(crate) mod get_or_create;
pub(crate) mod issued_token;
pub(crate) mod raw;
pub(crate) mod response;
pub(crate) mod truncated;

#[cfg(test)]
mod tests;
