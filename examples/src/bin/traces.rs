//! Traces of calls by OpenTelemetry, exported to standard output.
//!
//! `cargo run --bin traces`
#![allow(
    clippy::print_stderr,
    reason = "an example talks to the person who runs it"
)]

use ghes_oauth::{AccessToken, AppCredentials, Server};
use ghes_oauth_fake::FakeGhes;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::SdkTracerProvider;
use std::error::Error;
use tracing::Level;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let provider = SdkTracerProvider::builder()
        .with_resource(
            Resource::builder_empty()
                .with_service_name("token-janitor")
                .build(),
        )
        .with_simple_exporter(opentelemetry_stdout::SpanExporter::default())
        .build();
    let layer = tracing_opentelemetry::layer()
        .with_tracer(provider.tracer("token-janitor"))
        .with_location(false)
        .with_target(false)
        .with_threads(false)
        .with_tracked_inactivity(false);
    // One span a call, and in it an event for each attempt.
    let ours = Targets::new().with_target("ghes_oauth", Level::DEBUG);
    tracing::subscriber::set_global_default(tracing_subscriber::registry().with(ours).with(layer))?;

    let ghes = FakeGhes::builder()
        .app("Iv1.8a61f9b3a7aba766", "client-secret")
        .user("octocat", "password")
        .start()?;
    let token = AccessToken::new(
        ghes.issue_token("Iv1.8a61f9b3a7aba766", "octocat", &["repo"])
            .ok_or("unknown app or user")?,
    );
    let server = Server::new(ghes.url())?;
    let app = server.oauth_app(AppCredentials::new(
        "Iv1.8a61f9b3a7aba766",
        "client-secret",
    )?);
    app.check_token(&token).await?;
    let stranger = server.oauth_app(AppCredentials::new(
        "Iv1.8a61f9b3a7aba766",
        "another-secret",
    )?);
    if let Err(error) = stranger.delete_token(&token).await {
        eprintln!("{error}");
    }
    provider.shutdown()?;
    Ok(())
}
