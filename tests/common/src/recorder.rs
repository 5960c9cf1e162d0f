//! A server on loopback that records every request, and responds as a test specifies.

use crate::Clients;
use base64::Engine as _;
use ghes_oauth::{RetryPolicy, Server, ServerBuilder};
use httpmock::{HttpMockRequest, HttpMockResponse, MockServer};
use serde_json::Value;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The token in the smallest responses: operations that issue a token respond with one.
const NEW_TOKEN: &str = "gho_16C7e42F292c6912E7710c838347Ae178B4a";

pub struct Recorder {
    server: MockServer,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Recorder {
    /// Responds to each request with what `response` returns for it.
    pub async fn start(
        response: impl Fn(&Request) -> CannedResponse + Send + Sync + 'static,
    ) -> Self {
        let server = MockServer::start_async().await;
        let requests = Arc::new(Mutex::new(Vec::new()));
        let kept = requests.clone();
        server
            .mock_async(|when, then| {
                when.any_request();
                then.respond_with(move |request| {
                    let request = Request::of(request);
                    let response = response(&request);
                    kept.lock()
                        .expect("no test panics while it responds")
                        .push(request);
                    response.into_mock()
                });
            })
            .await;
        Self { server, requests }
    }

    /// Responds to every request with the same response.
    pub async fn responding(response: CannedResponse) -> Self {
        Self::start(move |_| response.clone()).await
    }

    /// Responds to each request with the smallest response of its operation.
    pub async fn plain() -> Self {
        Self::start(CannedResponse::plain).await
    }

    /// The address for a client, without `/api/v3`.
    pub fn url(&self) -> String {
        self.server.base_url()
    }

    /// A client's settings for this server: no retries, and a short timeout.
    pub fn builder(&self) -> ServerBuilder {
        Server::builder(self.url())
            .retry(RetryPolicy::none())
            .timeout(Duration::from_secs(60))
    }

    pub fn server(&self) -> Server {
        self.builder().build().expect("a loopback address")
    }

    pub fn clients(&self) -> Clients {
        Clients::new(&self.server())
    }

    pub fn requests(&self) -> Vec<Request> {
        self.requests
            .lock()
            .expect("no test panics while it responds")
            .clone()
    }

    /// The only request that arrived.
    pub fn only(&self) -> Request {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1, "one request and no more");
        requests.remove(0)
    }
}

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Request {
    pub method: String,
    /// Path and query of the request line.
    pub target: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Request {
    fn of(request: &HttpMockRequest) -> Self {
        let headers = request
            .headers_vec()
            .iter()
            .map(|(name, value)| (name.to_ascii_lowercase(), value.clone()));
        Self {
            method: request.method_str().to_owned(),
            target: origin_form(request.uri_str()),
            headers: headers.collect(),
            body: request.body_string(),
        }
    }

    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    pub fn query(&self) -> Option<&str> {
        self.target.split_once('?').map(|(_, query)| query)
    }

    /// Every value of a header.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.headers
            .iter()
            .filter(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .collect()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.all(name).first().copied()
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.body))
    }

    /// Name and secret of HTTP Basic authentication, separated by a colon.
    pub fn credentials(&self) -> String {
        let header = self.header("authorization").unwrap_or_default();
        let pair = header
            .strip_prefix("Basic ")
            .unwrap_or_else(|| panic!("no Basic credentials: {header}"));
        let bytes = base64::engine::general_purpose::STANDARD
            .decode(pair)
            .expect("Base64");
        String::from_utf8(bytes).expect("UTF-8")
    }

    /// The request as text, without the parts that differ between runs and releases.
    pub fn show(&self) -> String {
        let mut headers: Vec<(&str, String)> = self
            .headers
            .iter()
            .map(|(name, value)| match name.as_str() {
                "authorization" => (
                    "authorization",
                    format!("Basic <base64 of {}>", self.credentials()),
                ),
                "host" => (
                    "host",
                    format!("{}:<port>", value.split(':').next().unwrap_or_default()),
                ),
                "user-agent" => (
                    "user-agent",
                    value
                        .split_once('/')
                        .map_or(value.clone(), |(product, _)| format!("{product}/<version>")),
                ),
                name => (name, value.clone()),
            })
            .collect();
        headers.sort();
        let mut text = format!("{} {}\n", self.method, self.target);
        for (name, value) in headers {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{name}: {value}");
        }
        let _ = write!(
            text,
            "\n{}",
            if self.body.is_empty() {
                "<no body>"
            } else {
                &self.body
            }
        );
        text
    }
}

/// Path and query only: httpmock adds scheme and host before them.
fn origin_form(uri: &str) -> String {
    let rest = uri.split_once("://").map_or(uri, |(_, rest)| rest);
    rest.find('/')
        .map_or_else(String::new, |slash| rest[slash..].to_owned())
}

/// A response to send.
#[derive(Clone)]
pub struct CannedResponse {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: String,
}

impl CannedResponse {
    pub fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: String::new(),
        }
    }

    pub fn json(status: u16, value: &Value) -> Self {
        Self::text(
            status,
            "application/json; charset=utf-8",
            &value.to_string(),
        )
    }

    pub fn html(status: u16) -> Self {
        Self::text(status, "text/html", "<!DOCTYPE html><title>Sign in</title>")
    }

    pub fn text(status: u16, content_type: &str, body: &str) -> Self {
        Self {
            body: body.to_owned(),
            ..Self::empty(status)
        }
        .header("content-type", content_type)
    }

    /// The smallest response of a request's operation.
    pub fn plain(request: &Request) -> Self {
        let list = request.path().ends_with("/authorizations")
            || request.path().ends_with("/applications/grants");
        match request.method.as_str() {
            "DELETE" => Self::empty(204),
            "GET" if list => Self::json(200, &serde_json::json!([])),
            "POST" if list => Self::json(201, &serde_json::json!({ "id": 1, "token": NEW_TOKEN })),
            _ => Self::json(200, &serde_json::json!({ "id": 1, "token": NEW_TOKEN })),
        }
    }

    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    fn into_mock(self) -> HttpMockResponse {
        let headers = self
            .headers
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value));
        HttpMockResponse::builder()
            .status(self.status)
            .headers(headers)
            .body(self.body)
            .build()
    }
}
