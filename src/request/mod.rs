//! The parts of a request: arguments, credentials, paths. Invalid values are refused here.

pub(crate) mod arguments;
pub(crate) mod condition;
pub(crate) mod credentials;
pub(crate) mod draft;
pub(crate) mod otp;
pub(crate) mod path;
pub(crate) mod prepared;
pub(crate) mod validate;
