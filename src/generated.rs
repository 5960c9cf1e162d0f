//! The code that build.rs generated from `openapi/ghes-oauth.yaml`: the one module with relaxed lints, never exported as it is.
#![allow(
    clippy::all,
    unreachable_pub,
    dead_code,
    reason = "generated code follows its generator's style"
)]

include!(concat!(env!("OUT_DIR"), "/generated.rs"));
