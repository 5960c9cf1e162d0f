//! Makes a server of the settings.

use super::errors;
use crate::failure::Failure;
use crate::setup::settings::Settings;
use ghes_oauth::{DeprecationPolicy, Server};
use std::fs;

/// Returns the server that the settings name.
pub(crate) fn connect(settings: &Settings) -> Result<Server, Failure> {
    let mut builder = Server::builder(&settings.server)
        .user_agent(concat!("ghes-oauth-cli/", env!("CARGO_PKG_VERSION")))
        .deprecation_policy(DeprecationPolicy::Allow);
    if settings.is_github {
        builder = builder.as_github();
    }
    if let Some(path) = &settings.ca_file {
        let pem = fs::read(path).map_err(|error| {
            Failure::nothing_done(format!("cannot read {}: {error}", path.display()))
        })?;
        builder = builder.root_certificate(pem);
    }
    builder.build().map_err(|error| errors::failure(&error))
}
