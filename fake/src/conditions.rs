//! Conditional requests: what the client has already is not sent again.

use crate::answer::{Answer, Content};
use crate::request::Request;
use crate::token;
use hyper::StatusCode;
use std::time::{Duration, UNIX_EPOCH};

/// Gives what was read its tag and its date, and turns it into a 304 where the client's copy is still good.
pub(crate) fn apply(request: &Request, mut answer: Answer) -> Answer {
    let Content::Json(text) = &answer.content else {
        return answer;
    };
    if !request.reads() || answer.status != StatusCode::OK {
        return answer;
    }
    let tag = format!("\"{}\"", token::sha256(text));
    if unchanged(request, &tag, answer.modified_at) {
        answer.status = StatusCode::NOT_MODIFIED;
        answer.content = Content::Nothing;
    }
    if let Some(date) = answer.modified_at.map(http_date) {
        answer = answer.header("last-modified", date);
    }
    answer
        .header("etag", format!("W/{tag}"))
        .header(
            "cache-control",
            "private, max-age=60, s-maxage=60".to_owned(),
        )
        .header(
            "vary",
            "Accept, Authorization, Cookie, X-GitHub-OTP".to_owned(),
        )
}

/// Whether the client's copy is still good; a tag counts before a date
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
