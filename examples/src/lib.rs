//! Runs the guides of `docs/` as tests.
#![cfg(doctest)]

#[doc = include_str!("../../docs/rotation.md")]
mod rotation {}

#[doc = include_str!("../../docs/leak-response.md")]
mod leak_response {}

#[doc = include_str!("../../docs/one-time-passwords.md")]
mod one_time_passwords {}

#[doc = include_str!("../../docs/migration.md")]
mod migration {}

#[doc = include_str!("../../docs/testing.md")]
mod testing {}

#[doc = include_str!("../../docs/corporate-network.md")]
mod corporate_network {}

#[doc = include_str!("../../docs/from-other-clients.md")]
mod from_other_clients {}
