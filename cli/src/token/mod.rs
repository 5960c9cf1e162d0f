//! Tokens in texts: finding them, naming them without printing them, and knowing those already seen.

pub(crate) mod fingerprint;
pub(crate) mod scan;
pub(crate) mod seen;
pub(crate) mod shard;
