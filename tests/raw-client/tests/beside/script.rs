//! What can be told of a case from what its server sends, whichever client it sends it to.

use faults::answers::REQUEST_ID;
use faults::secrets::NEW_TOKEN;
use faults::server::{Script, Step};
use std::net::SocketAddr;
use std::time::Duration;

/// What a script sends.
pub(crate) struct Sent {
    /// The statuses of all its answers.
    pub(crate) statuses: Vec<u16>,
    pub(crate) request_id: bool,
    /// The first answer is a success, and a new token with its closing quote is in it.
    pub(crate) token: bool,
    /// The address of the other origin is in it.
    pub(crate) names_elsewhere: bool,
}

impl Sent {
    pub(crate) fn of(script: &Script, elsewhere: SocketAddr, timeout: Duration) -> Self {
        let answers: Vec<String> = script
            .exchanges
            .iter()
            .map(|steps| text(steps, timeout))
            .collect();
        let finals = || answers.iter().map(|answer| behind_interim(answer));
        Self {
            statuses: finals().filter_map(status).collect(),
            request_id: answers.iter().any(|answer| answer.contains(REQUEST_ID)),
            token: finals()
                .next()
                .is_some_and(|answer| is_success(answer) && is_framed(answer) && has_token(answer)),
            names_elsewhere: answers
                .iter()
                .any(|answer| answer.contains(&elsewhere.to_string())),
        }
    }
}

/// What arrives within the time limit.
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

/// The answer that follows those with a status below 200.
fn behind_interim(answer: &str) -> &str {
    match answer.split_once("\r\n\r\n") {
        Some((head, rest)) if status(head).is_some_and(|status| status < 200) => {
            behind_interim(rest)
        }
        _ => answer,
    }
}

fn status(answer: &str) -> Option<u16> {
    answer
        .strip_prefix("HTTP/1.")?
        .split(' ')
        .nth(1)?
        .parse()
        .ok()
}

fn is_success(answer: &str) -> bool {
    status(answer).is_some_and(|status| (200..300).contains(&status))
}

/// Nothing can be read of a body in chunks whose first one has no size.
fn is_framed(answer: &str) -> bool {
    let Some((head, body)) = answer.split_once("\r\n\r\n") else {
        return false;
    };
    !head.contains("chunked") || body.starts_with(|first: char| first.is_ascii_hexdigit())
}

/// Whether the member `token`, be its name written with escapes, has the new token for its value.
fn has_token(answer: &str) -> bool {
    let plain = answer.replace("\\u0074", "t").replace("\\u006e", "n");
    plain.contains(&format!("\"token\":\"{NEW_TOKEN}\""))
}
