//! A request as a test may look at it: without its secrets.

use crate::http::request::Request;
use crate::spec::generated::Operation;
use crate::state::token::sha256;
use hyper::header::{AUTHORIZATION, HeaderName, HeaderValue};
use std::fmt;

/// Shown in place of a value that may contain a secret.
const MASK: &str = "[REDACTED]";

/// The headers whose values are kept; of all others only the name is kept.
const SHOWN: [&str; 14] = [
    "accept",
    "accept-encoding",
    "connection",
    "content-length",
    "content-type",
    "expect",
    "host",
    "if-modified-since",
    "if-none-match",
    "origin",
    "transfer-encoding",
    "traceparent",
    "user-agent",
    "x-github-api-version",
];

/// A request that arrived, with its secrets masked.
///
/// Only the operation's template is kept of the path, and neither query nor body: a token may be in any of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    method: String,
    operation: Option<Operation>,
    headers: Vec<(String, String)>,
    /// The hash of the token that it names.
    token: Option<String>,
}

/// How much of a request is kept.
const MOST_HEADERS: usize = 32;
const LONGEST: usize = 128;

impl Received {
    pub(crate) fn new(
        request: &Request,
        operation: Option<Operation>,
        token: Option<String>,
    ) -> Self {
        let headers = request.headers.iter().take(MOST_HEADERS);
        Self {
            method: shortened(request.method.as_str()),
            operation,
            headers: headers
                .map(|(name, value)| (shortened(name.as_str()), masked(name, value)))
                .collect(),
            token: token.as_deref().map(sha256),
        }
    }

    /// Returns the method.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// Returns the operation that the request is for, or `None` if this server has none at its path.
    pub fn operation(&self) -> Option<Operation> {
        self.operation
    }

    /// Returns the path template, such as `/applications/{client_id}/token`, or `None` without an operation.
    pub fn path_template(&self) -> Option<&'static str> {
        self.operation.map(Operation::path)
    }

    /// Returns whether the request names this token, in its path or as `access_token` in its body. The fake keeps only the token's hash.
    pub fn names_token(&self, token: &str) -> bool {
        self.token
            .as_ref()
            .is_some_and(|hash| *hash == sha256(token))
    }

    /// Returns the first header of this name, ignoring case. A value that may be a secret is `[REDACTED]`, in `Authorization` after its
    /// scheme.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// Returns the first 32 headers in the order in which they arrived, masked, and at most 128 characters of each.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// `POST /applications/{client_id}/token`
impl fmt::Display for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path_template().unwrap_or("(not an operation)");
        write!(f, "{} {path}", self.method)
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

fn masked(name: &HeaderName, value: &HeaderValue) -> String {
    let text = value.to_str().unwrap_or_default();
    if SHOWN.contains(&name.as_str()) {
        return shortened(text);
    }
    let scheme = text.split_once(' ').map(|(scheme, _)| scheme);
    match scheme {
        Some(scheme) if *name == AUTHORIZATION && scheme.len() <= 10 => format!("{scheme} {MASK}"),
        _ => MASK.to_owned(),
    }
}
