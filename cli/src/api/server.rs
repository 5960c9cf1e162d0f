//! Creates a server from the settings.

use super::errors;
use crate::failure::Failure;
use crate::setup::settings::Settings;
use ghes_oauth::{DeprecationPolicy, Server, ServerBuilder};
use std::fs;

/// Returns the server that the settings name.
pub(crate) fn connect(settings: &Settings) -> Result<Server, Failure> {
    let mut builder = builder(&settings.server);
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

/// Returns github.com.
pub(crate) fn github() -> Result<Server, Failure> {
    let server = builder("https://github.com").build();
    server.map_err(|error| errors::failure(&error))
}

fn builder(url: &str) -> ServerBuilder {
    Server::builder(url)
        .user_agent(concat!("ghes-oauth-cli/", env!("CARGO_PKG_VERSION")))
        .deprecation_policy(DeprecationPolicy::Allow)
        .system_proxy() // as other programs do
}
