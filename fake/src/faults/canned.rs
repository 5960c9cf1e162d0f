//! Responses that a test defines, and those of rate limits and maintenance.

use crate::http::response::Response;
use bytes::Bytes;
use hyper::StatusCode;
use hyper::header::{CONTENT_LENGTH, HeaderName, HeaderValue, TRANSFER_ENCODING};
use std::fmt;

/// A response with any status, headers and body, sent without GitHub's headers and with the length of its body. For a wrong length see
/// [`Rule::truncate_body`](crate::Rule::truncate_body).
///
/// ```
/// use ghes_oauth_fake::CannedResponse;
///
/// let page = CannedResponse::new(502)
///     .header("content-type", "text/html")
///     .body("<h1>Bad gateway</h1>");
/// ```
#[derive(Clone)]
pub struct CannedResponse {
    status: StatusCode,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Bytes,
}

impl CannedResponse {
    /// Creates a response without headers and with an empty body.
    ///
    /// # Panics
    /// If `status` is not from 200 to 999.
    #[track_caller]
    pub fn new(status: u16) -> Self {
        Self::with_status(status).expect("a status is from 200 to 999")
    }

    pub(crate) fn with_status(status: u16) -> Option<Self> {
        let status = StatusCode::from_u16(status).ok()?;
        (!status.is_informational()).then(|| Self {
            status,
            headers: Vec::new(),
            body: Bytes::new(),
        })
    }

    /// Adds a header.
    ///
    /// # Panics
    /// If a header cannot have this name or value. The message shows neither.
    #[track_caller]
    pub fn header(self, name: &str, value: &str) -> Self {
        self.try_header(name, value)
            .expect("a header has a name and a value that HTTP can carry")
    }

    pub(crate) fn try_header(mut self, name: &str, value: &str) -> Option<Self> {
        let name = HeaderName::try_from(name).ok()?;
        self.headers
            .push((name, HeaderValue::from_str(value).ok()?));
        Some(self)
    }

    /// Sets the body.
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Bytes::from(body.into());
        self
    }

    /// Converts it, with the length of its body in place of a given one, because hyper refuses to send a wrong one.
    pub(crate) fn into_http(self) -> hyper::Response<Bytes> {
        let mut response = hyper::Response::new(self.body);
        *response.status_mut() = self.status;
        let own = |(name, _): &(HeaderName, HeaderValue)| {
            *name != CONTENT_LENGTH && *name != TRANSFER_ENCODING
        };
        for (name, value) in self.headers.into_iter().filter(own) {
            response.headers_mut().append(name, value);
        }
        response
    }
}

/// Shows neither headers nor body, because a test may put a token into either.
impl fmt::Debug for CannedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CannedResponse")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// Returns the page of a server under maintenance.
pub(crate) fn maintenance() -> Response {
    let text = "GitHub Enterprise Server is under maintenance. It will be back soon.";
    Response::html(StatusCode::SERVICE_UNAVAILABLE, text)
}

pub(crate) fn secondary_rate_limit(retry_after: u64) -> Response {
    let message =
        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
    Response::error(StatusCode::FORBIDDEN, message).header("retry-after", retry_after.to_string())
}

pub(crate) fn primary_rate_limit(reset: u64) -> Response {
    Response::over_the_rate_limit().rate_limit(5000, 5000, reset)
}
