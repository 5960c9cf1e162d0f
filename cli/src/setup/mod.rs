//! Settings and secrets, from flags, environment, files and prompts.

pub(crate) mod file;
pub(crate) mod mode;
pub(crate) mod secret;
pub(crate) mod settings;
