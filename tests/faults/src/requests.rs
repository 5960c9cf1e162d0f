//! The properties that every request must have, in all cases.

use crate::setup::Setup;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ghes_oauth::{CredentialKind, Operation};

/// Returns the problems of a complete request.
pub fn fault(request: &[u8], operation: &Operation, setup: &Setup) -> Option<String> {
    let request = Request::read(request);
    let (name, secret) = match operation.credentials() {
        CredentialKind::App => (setup.client_id, setup.client_secret),
        _ => (setup.login, setup.password),
    };
    let basic = format!("Basic {}", STANDARD.encode(format!("{name}:{secret}")));
    let otp = setup
        .otp
        .filter(|_| operation.credentials() == CredentialKind::User);
    let rules = [
        (
            request.method != operation.method(),
            "the method is another",
        ),
        (
            request.all("authorization") != [basic],
            "there is not one Authorization with the credentials",
        ),
        (
            request.all("x-github-otp") != Vec::from_iter(otp),
            "the one-time password is missing, or is there and should not be",
        ),
        (
            request.all("user-agent").len() != 1
                || !request.all("user-agent")[0].contains("ghes-oauth/"),
            "User-Agent",
        ),
        (
            request.all("accept") != ["application/vnd.github+json"],
            "Accept",
        ),
        (request.all("host").len() != 1, "Host"),
        (
            request.target.starts_with("http"),
            "the request is one to a proxy",
        ),
    ];
    let broken = rules
        .into_iter()
        .find_map(|(broken, what)| broken.then(|| what.to_owned()));
    let unwanted = [
        "referer",
        "cookie",
        "api-version",
        "proxy-authorization",
        "proxy-connection",
        "accept-encoding",
    ];
    broken.or_else(|| {
        unwanted
            .iter()
            .find(|name| !request.all(name).is_empty())
            .map(|name| format!("there is a {name}"))
    })
}

/// A parsed request.
pub struct Request {
    pub method: String,
    pub target: String,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Request {
    pub fn read(bytes: &[u8]) -> Self {
        let end = bytes
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .unwrap();
        let head = String::from_utf8_lossy(&bytes[..end]);
        let mut lines = head.split("\r\n");
        let mut first = lines.next().unwrap().split(' ');
        let headers = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()));
        Self {
            method: first.next().unwrap().to_owned(),
            target: first.next().unwrap().to_owned(),
            headers: headers.collect(),
            body: bytes[end + 4..].to_vec(),
        }
    }

    /// All values of a header.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.headers
            .iter()
            .filter(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .collect()
    }

    /// The segments of the path below `/api/v3`, decoded.
    pub fn segments(&self) -> Vec<String> {
        let path = self.target.split('?').next().unwrap_or_default();
        let below = path.split_once("/api/v3/").map_or(path, |(_, below)| below);
        below
            .split('/')
            .map(|segment| {
                percent_encoding::percent_decode_str(segment)
                    .decode_utf8_lossy()
                    .into_owned()
            })
            .collect()
    }
}
