//! The client that progenitor generates from the same description, as its README has it and with nothing added.
#![allow(clippy::all, reason = "generated")]

progenitor::generate_api!("../../openapi/ghes-oauth.yaml");
