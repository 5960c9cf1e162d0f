//! The command `preflight`.

use crate::api::app;
use crate::api::connect;
use crate::args::tokens::PreflightArgs;
use crate::failure::{Exit, Failure};
use crate::setup::settings::Settings;
use std::io::{self, Write};

/// Runs `ghes-oauth preflight`.
pub(crate) async fn run(args: PreflightArgs) -> Result<Exit, Failure> {
    let settings = Settings::read(&args.server)?;
    let client = connect::app(&settings, &args.app)?;
    let preflight = app::preflight(&client).await?;
    let version = preflight
        .version
        .map(|version| format!(" (GHES {version})"));
    let limit = match preflight.rate_limit {
        Some(limit) => format!("{} of {} requests left", limit.remaining, limit.limit),
        None => "no rate limit is reported".to_owned(),
    };
    writeln!(
        io::stdout(),
        "{}{} accepts the app {}; {limit}",
        client.server().base_url(),
        version.unwrap_or_default(),
        client.client_id()
    )
    .map_err(|error| Failure::nothing_done(format!("cannot write to standard output: {error}")))?;
    Ok(Exit::Done)
}
