//! Requests and responses, and the common parts of every response.

pub(crate) mod conditions;
pub(crate) mod cors;
pub(crate) mod documentation;
pub(crate) mod headers;
pub(crate) mod media_types;
pub(crate) mod request;
pub(crate) mod response;
