//! The guides of the repository's folder `docs`, each a job from start to end. Their code is compiled and run as tests.

#[doc = include_str!("../docs/rotation.md")]
pub mod rotation {}

#[doc = include_str!("../docs/leak-response.md")]
pub mod leak_response {}

#[doc = include_str!("../docs/one-time-passwords.md")]
pub mod one_time_passwords {}

#[doc = include_str!("../docs/migration.md")]
pub mod migration {}

#[doc = include_str!("../docs/testing.md")]
pub mod testing {}

#[doc = include_str!("../docs/corporate-network.md")]
pub mod corporate_network {}

#[doc = include_str!("../docs/from-other-clients.md")]
pub mod from_other_clients {}
