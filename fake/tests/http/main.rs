//! The fake, called by a plain HTTP client that does not know this crate.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

mod accepted;
mod apps;
mod authorizations;
mod bodies;
mod calls;
mod client;
mod cors;
mod credentials;
mod documentation;
mod evicted;
mod faults;
mod framing;
mod grants;
mod http;
mod inspection;
mod logins;
mod media_types;
mod pages;
mod rate_limit;
mod readme_table;
mod recorded;
mod robust;
mod settings;
mod settings_errors;
mod time;
mod unrouted;
mod versions;
mod web_flow;
mod wire;
