//! The client that progenitor generates from the same description, as in progenitor's README and with no additions.
#![allow(clippy::all, reason = "generated")]

progenitor::generate_api!("../../openapi/ghes-oauth.yaml");
