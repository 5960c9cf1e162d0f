//! A plain HTTP client over a socket, and the fake that most tests run against.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ghes_oauth_fake::{Builder, FakeGhes};
use serde_json::{Value, json};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

pub(crate) const APP: &str = "Iv1.8a61f9b3a7aba766";
pub(crate) const SECRET: &str = "client-secret";
pub(crate) const USER: &str = "octocat";
pub(crate) const PASSWORD: &str = "correct horse: battery";

/// No body.
pub(crate) const NONE: Value = Value::Null;

/// The path of the operations on a token that the body names.
pub(crate) const TOKEN: &str = "/applications/Iv1.8a61f9b3a7aba766/token";

/// One app, one user, and the version with all operations.
pub(crate) fn builder() -> Builder {
    FakeGhes::builder().app(APP, SECRET).user(USER, PASSWORD)
}

pub(crate) fn start() -> FakeGhes {
    builder().start().unwrap()
}

pub(crate) fn start_version((major, minor): (u16, u16)) -> FakeGhes {
    builder().version(major, minor).start().unwrap()
}

/// Every version of GHES, the oldest first.
pub(crate) fn all_versions() -> impl Iterator<Item = (u16, u16)> {
    let two = (18..=22).map(|minor| (2, minor));
    two.chain((0..=22).map(|minor| (3, minor)))
}

/// Sends a call of the app, with a body unless that is [`NONE`].
pub(crate) fn app(ghes: &FakeGhes, method: &str, path: &str, body: Value) -> Reply {
    send(
        request(ghes, method, path)
            .basic_auth(APP, SECRET)
            .json(body),
    )
}

/// Checks a token as its app.
pub(crate) fn check(ghes: &FakeGhes, token: &str) -> Reply {
    app(ghes, "POST", TOKEN, json!({ "access_token": token }))
}

/// Reads something of the user's.
pub(crate) fn get(ghes: &FakeGhes, path: &str) -> Reply {
    user(ghes, "GET", path, NONE)
}

/// Sends a call of the user, with a body unless that is [`NONE`].
pub(crate) fn user(ghes: &FakeGhes, method: &str, path: &str, body: Value) -> Reply {
    send(
        request(ghes, method, path)
            .basic_auth(USER, PASSWORD)
            .json(body),
    )
}

/// Creates an authorization of the user's.
pub(crate) fn create(ghes: &FakeGhes, body: Value) -> Reply {
    user(ghes, "POST", "/authorizations", body)
}

pub(crate) fn request(ghes: &FakeGhes, method: &str, path: &str) -> Request {
    let (origin, base) = split(ghes.url());
    Request::new(origin, method, &format!("{base}{path}")).header("user-agent", "plain")
}

/// The value of `Authorization` for a name and a password.
pub(crate) fn basic(name: &str, password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{name}:{password}")))
}

/// The fake's host and port.
pub(crate) fn address(ghes: &FakeGhes) -> &str {
    ghes.web_url().trim_start_matches("http://")
}

/// Origin and path of a URL of the fake.
pub(crate) fn split(url: &str) -> (&str, &str) {
    let end = url["http://".len()..]
        .find('/')
        .map_or(url.len(), |index| "http://".len() + index);
    url.split_at(end)
}

pub(crate) struct Request {
    address: String,
    head: String,
    body: String,
}

impl Request {
    pub(crate) fn new(origin: &str, method: &str, target: &str) -> Self {
        let address = origin.trim_start_matches("http://").to_owned();
        let head =
            format!("{method} {target} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n");
        Self {
            address,
            head,
            body: String::new(),
        }
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.head.push_str(&format!("{name}: {value}\r\n"));
        self
    }

    /// Removes the one header that every other request here has.
    pub(crate) fn without_host(mut self) -> Self {
        self.head = self
            .head
            .replace(&format!("Host: {}\r\n", self.address), "");
        self
    }

    pub(crate) fn basic_auth(self, name: &str, password: &str) -> Self {
        self.header("authorization", &basic(name, password))
    }

    pub(crate) fn bearer_auth(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    pub(crate) fn body(mut self, body: &str) -> Self {
        body.clone_into(&mut self.body);
        self
    }

    pub(crate) fn json(self, body: Value) -> Self {
        if body.is_null() {
            self
        } else {
            self.body(&body.to_string())
        }
    }
}

/// The bytes that a server sends until it closes the connection.
pub(crate) fn exchange(request: Request) -> String {
    let Request {
        address,
        head,
        body,
    } = request;
    let text = format!("{head}Content-Length: {}\r\n\r\n{body}", body.len());
    exchange_raw(&address, text.as_bytes())
}

/// The same for bytes that need not be a request.
pub(crate) fn exchange_raw(address: &str, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let timeout = Some(Duration::from_secs(60));
    stream.set_read_timeout(timeout).unwrap();
    stream.write_all(bytes).unwrap();
    let mut received = Vec::new();
    // A reset connection is closed as well.
    drop(stream.read_to_end(&mut received));
    String::from_utf8(received).unwrap()
}

pub(crate) fn send(request: Request) -> Reply {
    let received = exchange(request);
    let (head, text) = received.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    let status = lines
        .next()
        .unwrap()
        .split(' ')
        .nth(1)
        .unwrap()
        .parse()
        .unwrap();
    let headers = lines
        .map(|line| line.split_once(": ").unwrap())
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let headers: Vec<(String, String)> = headers.collect();
    let chunked = headers
        .iter()
        .any(|(name, _)| name.eq_ignore_ascii_case("transfer-encoding"));
    Reply {
        status,
        headers,
        text: if chunked {
            joined(text)
        } else {
            text.to_owned()
        },
    }
}

/// A body in chunks.
fn joined(mut chunks: &str) -> String {
    let mut text = String::new();
    while let Some((length, rest)) = chunks.split_once("\r\n") {
        let length = usize::from_str_radix(length, 16).unwrap();
        text.push_str(&rest[..length]);
        chunks = rest[length..].trim_start_matches("\r\n");
    }
    text
}

pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) text: String,
    headers: Vec<(String, String)>,
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text)
            .unwrap_or_else(|_| panic!("{} is not JSON: {}", self.status, self.text))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The headers' names as sent.
    pub(crate) fn header_names(&self) -> Vec<&str> {
        self.headers.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// The documentation page that an error names.
    pub(crate) fn documentation(&self) -> String {
        self.json()["documentation_url"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// The status and GitHub's message: `404 Not Found`.
    pub(crate) fn refusal(&self) -> String {
        let message = &self.json()["message"];
        format!("{} {}", self.status, message.as_str().unwrap())
    }
}
