//! Tags, dates and caching headers, and conditional requests.

use crate::http::request::Request;
use crate::http::response::{Content, Response};
use crate::state::site::Site;
use crate::state::token::sha256;
use hyper::StatusCode;
use std::time::{Duration, UNIX_EPOCH};

/// Adds tag, date and caching headers to a response with a value, and turns the response to a GET into a 304 if the client's copy is up to
/// date.
pub(crate) fn apply(site: &Site, request: &Request, mut response: Response) -> Response {
    let Content::Json(text) = &response.content else {
        return response;
    };
    if !matches!(response.status, StatusCode::OK | StatusCode::CREATED) {
        return response;
    }
    let tag = format!("\"{}\"", sha256(text));
    // Recorded tags are weak if the body came in chunks.
    let shown_tag = if site.settings.chunked {
        format!("W/{tag}")
    } else {
        tag.clone()
    };
    if request.reads() && unchanged(request, &tag, response.modified_at) {
        response.status = StatusCode::NOT_MODIFIED;
        response.content = Content::Nothing;
    }
    if let Some(date) = response.modified_at.map(http_date) {
        response = response.header("last-modified", date);
    }
    let (sharing, vary) = if response.is_public {
        ("public", "Accept")
    } else {
        ("private", "Accept, Authorization, Cookie, X-GitHub-OTP")
    };
    response
        .header("etag", shown_tag)
        .header(
            "cache-control",
            format!("{sharing}, max-age=60, s-maxage=60"),
        )
        .header("vary", vary)
}

/// Whether the client's copy is up to date; a tag counts before a date
/// ([RFC 9110, 13.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2)).
fn unchanged(request: &Request, tag: &str, modified_at: Option<u64>) -> bool {
    if let Some(known) = request.header("if-none-match") {
        return known
            .split(',')
            .map(str::trim)
            .any(|known| known == "*" || known.trim_start_matches("W/") == tag);
    }
    let since = request
        .header("if-modified-since")
        .and_then(|date| httpdate::parse_http_date(date).ok());
    since
        .zip(modified_at)
        .is_some_and(|(since, modified_at)| UNIX_EPOCH + Duration::from_secs(modified_at) <= since)
}

fn http_date(seconds: u64) -> String {
    httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(seconds))
}
