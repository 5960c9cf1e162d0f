//! The status and headers of a response.

use crate::model::rate_limit::{RateLimit, in_seconds};
use crate::model::version::GhesVersion;
use crate::secret::redact::{MARKER, Secrets};
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The request id is printed by errors, and the resource with the rate limit. The names are looked up in every response, so they are
/// created once.
pub(crate) static PRINTED: [HeaderName; 2] = [
    HeaderName::from_static("x-github-request-id"),
    HeaderName::from_static("x-ratelimit-resource"),
];

/// Looked up in every response, too.
static GHES_VERSION: HeaderName = HeaderName::from_static("x-github-enterprise-version");
static REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
static MEDIA_TYPE: HeaderName = HeaderName::from_static("x-github-media-type");

/// Numbers of seconds that are not waits but times since the epoch: of the years 2001 to 2286.
const TIMES: std::ops::Range<u64> = 1_000_000_000..10_000_000_000;

/// Status and headers of a response.
///
/// Each accessor returns `None` for a header that is absent or malformed: a bad header never fails a call.
#[derive(Clone, PartialEq)]
pub struct Metadata {
    status: StatusCode,
    headers: HeaderMap,
}

impl Metadata {
    pub(crate) fn new(status: StatusCode, headers: HeaderMap) -> Self {
        Self { status, headers }
    }

    /// Prepares the metadata for an error, which people print: no header that contains one of these secrets, in whatever form, is shown.
    pub(crate) fn for_error(mut self, secrets: &Secrets) -> Self {
        // A value that is not text cannot be searched.
        let holds_one = |value: &HeaderValue| {
            value
                .to_str()
                .map_or(true, |text| secrets.redact(text) != text)
        };
        for value in self.headers.values_mut() {
            let is_sensitive = value.is_sensitive() || holds_one(value);
            value.set_sensitive(is_sensitive);
        }
        // A name is always printed.
        let names: Vec<HeaderName> = self.headers.keys().cloned().collect();
        for name in names {
            if secrets.redact(name.as_str()) != name.as_str() {
                self.headers.remove(name);
            }
        }
        for name in &PRINTED {
            if self
                .headers
                .get(name)
                .is_some_and(HeaderValue::is_sensitive)
            {
                self.headers.remove(name);
            }
        }
        self
    }

    /// Returns the status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns all headers as received, except `X-GitHub-Request-Id` and `X-RateLimit-Resource` if they contain a secret of the call.
    ///
    /// Headers that may contain one are marked sensitive; an error has none whose name contains one.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the id of the request in the server's logs (`X-GitHub-Request-Id`).
    pub fn request_id(&self) -> Option<&str> {
        self.text("x-github-request-id")
            .filter(|id| {
                (1..=64).contains(&id.len())
                    && id
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || b":-".contains(&byte))
            })
            // It is printed with errors; 40 hexadecimal digits would be an old token or a client secret.
            .filter(|id| crate::secret::redact::mask(id) == *id)
    }

    /// Returns the server's GHES version (`X-GitHub-Enterprise-Version`); github.com sends none.
    pub fn ghes_version(&self) -> Option<GhesVersion> {
        let text = self.text_of(&GHES_VERSION)?;
        text.strip_prefix("enterprise-server@")
            .unwrap_or(text)
            .parse()
            .ok()
    }

    pub(crate) fn ghes_version_header(&self) -> Option<&HeaderValue> {
        self.headers.get(&GHES_VERSION)
    }

    /// Returns the version if the response is GitHub's own and not a gateway's.
    pub(crate) fn githubs_version(&self) -> Option<GhesVersion> {
        self.ghes_version().filter(|_| self.is_githubs())
    }

    /// Whether the response comes from GitHub's API: it has one of GitHub's headers, and its body, if a body is possible, is JSON.
    pub(crate) fn is_githubs(&self) -> bool {
        let has = |name: &HeaderName| {
            let value = self.headers.get(name);
            value.is_some_and(|value| !value.is_empty())
        };
        let without_body = matches!(self.status.as_u16(), 204 | 205 | 304);
        (has(&PRINTED[0]) || has(&MEDIA_TYPE)) && (without_body || self.is_json())
    }

    /// Whether the body is labelled as JSON.
    pub(crate) fn is_json(&self) -> bool {
        let kind = self.text_of(&CONTENT_TYPE).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        let end = |end: &str| {
            let start = kind.len().checked_sub(end.len());
            let last = start.and_then(|start| kind.get(start..));
            last.is_some_and(|last| last.eq_ignore_ascii_case(end))
        };
        end("/json") || end("+json")
    }

    /// Returns the version of the REST API that served the request (`X-GitHub-Api-Version-Selected`).
    pub fn api_version(&self) -> Option<&str> {
        self.text("x-github-api-version-selected")
    }

    /// Returns the media type that served the request (`X-GitHub-Media-Type`).
    pub fn media_type(&self) -> Option<&str> {
        self.text("x-github-media-type")
    }

    /// Returns the scopes of the credentials (`X-OAuth-Scopes`); empty if the header is present but names none.
    pub fn oauth_scopes(&self) -> Option<Vec<&str>> {
        let text = self.text("x-oauth-scopes")?;
        Some(
            text.split(',')
                .map(str::trim)
                .filter(|scope| !scope.is_empty())
                .collect(),
        )
    }

    /// Returns the entity tag, to send back with [`Call::if_none_match`](crate::Call::if_none_match).
    pub fn etag(&self) -> Option<&str> {
        self.text("etag")
            .filter(|tag| tag.trim_start_matches("W/").starts_with('"'))
    }

    /// Returns when the resource last changed, as the server wrote it, to send back with
    /// [`Call::if_modified_since`](crate::Call::if_modified_since).
    pub fn last_modified(&self) -> Option<&str> {
        self.text("last-modified")
            .filter(|date| httpdate::parse_http_date(date).is_ok())
    }

    /// Returns the URL of a created resource (`Location`).
    pub fn location(&self) -> Option<&str> {
        self.text("location")
    }

    /// Returns the rate limit, as far as the headers contain it; a GHES sends none unless its administrator has set one.
    pub fn rate_limit(&self) -> Option<RateLimit<'_>> {
        let limit = RateLimit {
            limit: self.number("x-ratelimit-limit"),
            remaining: self.number("x-ratelimit-remaining"),
            used: self.number("x-ratelimit-used"),
            reset: self.reset(),
            resource: self.text("x-ratelimit-resource"),
        };
        let is_present = limit.limit.or(limit.remaining).or(limit.used).is_some()
            || limit.reset.is_some()
            || limit.resource.is_some();
        is_present.then_some(limit)
    }

    /// Whether the rate limit is exhausted; every response of a batch is checked for it.
    pub(crate) fn is_used_up(&self) -> bool {
        self.text_of(&REMAINING) == Some("0")
    }

    /// Returns how long the server asks to wait (`Retry-After`, [RFC 9110, section
    /// 10.2.3](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3)).
    ///
    /// A number that is far too long for a wait is read as a time since the epoch. A time in the past gives zero.
    pub fn retry_after(&self) -> Option<Duration> {
        let text = self.text("retry-after")?;
        let time = match text.parse() {
            Ok(number) => match in_seconds(number) {
                seconds if TIMES.contains(&seconds) => at(seconds)?,
                _ => return Some(Duration::from_secs(number)),
            },
            Err(_) => httpdate::parse_http_date(text).ok()?,
        };
        Some(time.duration_since(SystemTime::now()).unwrap_or_default())
    }

    /// Returns whether and since when the operation is deprecated (`Deprecation`).
    ///
    /// It reads both forms: the date that GitHub documents, and the `@seconds` of [RFC
    /// 9745](https://www.rfc-editor.org/rfc/rfc9745#section-2.1).
    pub fn deprecation(&self) -> Option<DeprecationHeader> {
        let text = self.text("deprecation")?;
        if text.eq_ignore_ascii_case("true") || text == "?1" {
            return Some(DeprecationHeader::Undated);
        }
        let since = match text.strip_prefix('@') {
            Some(seconds) => at(seconds.parse().ok()?)?,
            None => httpdate::parse_http_date(text).ok()?,
        };
        Some(DeprecationHeader::Since(since))
    }

    /// Returns when the operation may stop working (`Sunset`, [RFC 8594](https://www.rfc-editor.org/rfc/rfc8594)).
    pub fn sunset(&self) -> Option<SystemTime> {
        httpdate::parse_http_date(self.text("sunset")?).ok()
    }

    /// The text of a header; `None` if it is not plain ASCII.
    pub(crate) fn text(&self, name: &'static str) -> Option<&str> {
        self.text_of(&HeaderName::from_static(name))
    }

    pub(crate) fn text_of(&self, name: &HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok().map(str::trim)
    }

    /// The end of the window; fractions of a second, which other servers send, are left out.
    fn reset(&self) -> Option<SystemTime> {
        let seconds = self.text("x-ratelimit-reset")?.split('.').next()?;
        at(in_seconds(seconds.parse().ok()?))
    }

    fn number(&self, name: &'static str) -> Option<u64> {
        self.text(name)?.parse().ok()
    }
}

impl fmt::Debug for Metadata {
    /// Omits the values of headers: a cookie or an echoed token is a secret, too.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metadata")
            .field("status", &self.status.as_u16())
            .field("request_id", &self.request_id().map(printable_id))
            .field("ghes_version", &self.ghes_version())
            .field("headers", &self.headers.len())
            .finish()
    }
}

/// Returns the id if it looks like one of GitHub's, short groups of hexadecimal digits; any other text may be an encoded secret.
fn printable_id(id: &str) -> &str {
    let is_group = |group: &str| {
        (1..=12).contains(&group.len()) && group.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    let is_one = id.contains([':', '-']) && id.split([':', '-']).all(is_group);
    if is_one { id } else { MARKER }
}

/// The value of a `Deprecation` header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DeprecationHeader {
    /// Deprecated since this time, or from this time on.
    Since(SystemTime),
    /// Deprecated, without a date.
    Undated,
}

/// Returns the time this many seconds after the epoch, if the clock can express it.
fn at(seconds: u64) -> Option<SystemTime> {
    UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}

#[cfg(test)]
mod tests;
