//! The code that build.rs generated from `openapi/ghes-oauth.yaml`: the only module with relaxed lints; lib.rs exports its types.
#![allow(
    clippy::all,
    unreachable_pub,
    dead_code,
    reason = "generated code follows its generator's style"
)]

include!(concat!(env!("OUT_DIR"), "/generated.rs"));

/// The operations table.
pub(crate) mod operations {
    use crate::model::operation::{CredentialKind, Deprecation, Idempotency, Operation};
    use crate::model::version::GhesVersion;

    include!(concat!(env!("OUT_DIR"), "/operations.rs"));
}
