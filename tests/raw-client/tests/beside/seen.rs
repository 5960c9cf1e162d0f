//! Everything that a user has of one call, with any client.

use common::Outcome;
use faults::secrets::NEW_TOKEN;
use faults::setup::Setup;
use ghes_oauth::Operation;
use std::fmt::{Debug, Write as _};
use std::net::SocketAddr;

#[derive(Default)]
pub(crate) struct Seen {
    pub(crate) failed: bool,
    /// Everything that the error prints, in every form, with all its causes.
    pub(crate) in_error: String,
    /// Everything that client, arguments and response print.
    pub(crate) in_debug: String,
    pub(crate) status: Option<u16>,
    pub(crate) request_id: Option<String>,
    pub(crate) token: Option<String>,
    /// Bytes of the response that an error leaves to the user.
    pub(crate) rest: Vec<u8>,
    /// The error says that the call may be made again.
    pub(crate) retryable: bool,
}

impl Seen {
    /// Adds one more text that can be printed.
    pub(crate) fn with(mut self, thing: &impl Debug) -> Self {
        let _ = write!(self.in_debug, "{thing:?} {thing:#?} ");
        self
    }

    /// Whether the user has the new token, if only as bytes of a response that was not decoded.
    pub(crate) fn has_token(&self) -> bool {
        let token = NEW_TOKEN.as_bytes();
        self.token.as_deref() == Some(NEW_TOKEN)
            || self.rest.windows(token.len()).any(|part| part == token)
    }
}

/// Calls the operation by `ghes-oauth`.
pub(crate) async fn ours(
    operation: &'static Operation,
    setup: &Setup,
    address: SocketAddr,
) -> Seen {
    let outcome = match setup.server(address) {
        Ok(server) => setup.call(operation, &server).await,
        Err(error) => Outcome::failed(error),
    };
    let metadata = match &outcome.result {
        Ok(success) => Some(&success.metadata),
        Err(error) => error.metadata(),
    };
    let mut seen = Seen {
        failed: outcome.result.is_err(),
        status: metadata.map(|metadata| metadata.status().as_u16()),
        request_id: metadata.and_then(|metadata| metadata.request_id().map(str::to_owned)),
        ..Seen::default()
    };
    match &outcome.result {
        Ok(success) => seen.token = success.value.token.clone(),
        Err(error) => {
            seen.in_error = common::texts(error);
            seen.token = error
                .recovered_token()
                .map(|token| token.expose_secret().to_owned());
            seen.retryable = error.is_retryable();
        }
    }
    seen.in_debug = outcome.printed;
    seen
}
