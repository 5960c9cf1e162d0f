//! Values that nobody may see, and what keeps them out of everything that is printed.

pub(crate) mod buffer;
mod escapes;
pub(crate) mod exposed;
pub(crate) mod newtypes;
pub(crate) mod redact;
