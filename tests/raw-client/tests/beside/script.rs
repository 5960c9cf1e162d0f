//! The facts about a case that follow from its script, for any client.

use faults::responses::REQUEST_ID;
use faults::secrets::NEW_TOKEN;
use faults::server::{Script, Step};
use std::net::SocketAddr;
use std::time::Duration;

/// What a script sends.
pub(crate) struct Sent {
    /// The statuses of all its responses.
    pub(crate) statuses: Vec<u16>,
    pub(crate) request_id: bool,
    /// The first response is a success, and a new token with its closing quote is in it.
    pub(crate) token: bool,
    /// The address of the other origin is in it.
    pub(crate) names_elsewhere: bool,
}

impl Sent {
    pub(crate) fn of(script: &Script, elsewhere: SocketAddr, timeout: Duration) -> Self {
        let responses: Vec<String> = script
            .exchanges
            .iter()
            .map(|steps| text(steps, timeout))
            .collect();
        let finals = || responses.iter().map(|response| after_interim(response));
        Self {
            statuses: finals().filter_map(status).collect(),
            request_id: responses
                .iter()
                .any(|response| response.contains(REQUEST_ID)),
            token: finals().next().is_some_and(|response| {
                is_success(response) && is_framed(response) && has_token(response)
            }),
            names_elsewhere: responses
                .iter()
                .any(|response| response.contains(&elsewhere.to_string())),
        }
    }
}

/// The part that arrives within the timeout.
fn text(steps: &[Step], timeout: Duration) -> String {
    let mut bytes = Vec::new();
    for step in steps {
        match step {
            Step::Write(piece) => bytes.extend(piece),
            Step::Dribble(all, piece, pause) => {
                let pieces = u32::try_from(all.len().div_ceil(*piece)).unwrap();
                if *pause * pieces < timeout / 2 {
                    bytes.extend(all);
                }
            }
            _ => {}
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The response that follows those with a status below 200.
fn after_interim(response: &str) -> &str {
    match response.split_once("\r\n\r\n") {
        Some((head, rest)) if status(head).is_some_and(|status| status < 200) => {
            after_interim(rest)
        }
        _ => response,
    }
}

fn status(response: &str) -> Option<u16> {
    response
        .strip_prefix("HTTP/1.")?
        .split(' ')
        .nth(1)?
        .parse()
        .ok()
}

fn is_success(response: &str) -> bool {
    status(response).is_some_and(|status| (200..300).contains(&status))
}

/// A body in chunks cannot be read if the first chunk has no size.
fn is_framed(response: &str) -> bool {
    let Some((head, body)) = response.split_once("\r\n\r\n") else {
        return false;
    };
    !head.contains("chunked") || body.starts_with(|first: char| first.is_ascii_hexdigit())
}

/// Whether the field `token`, even if its name is escaped, has the new token as its value.
fn has_token(response: &str) -> bool {
    let plain = response.replace("\\u0074", "t").replace("\\u006e", "n");
    plain.contains(&format!("\"token\":\"{NEW_TOKEN}\""))
}
