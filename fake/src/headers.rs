//! Turns an answer into a response: the one place for error bodies and for the headers that every answer has.

use crate::answer::{Answer, Content};
use crate::generated::Operation;
use crate::operation::Credentials;
use crate::request::Request;
use crate::site::{Product, Site};
use crate::{cors, media_types, token};
use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{HeaderName, HeaderValue};
use hyper::{Response, StatusCode};
use serde_json::{Value, json};

const JSON: &str = "application/json; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";

pub(crate) fn finish(
    site: &Site,
    operation: Option<Operation>,
    request: &Request,
    answer: Answer,
) -> Response<Full<Bytes>> {
    let (content_type, body) = render(site, operation, answer.status, answer.content);
    let mut headers = vec![
        ("server", "GitHub.com".to_owned()),
        ("x-github-request-id", request_id(site.product)),
    ];
    headers.extend(answer.headers);
    // A page comes from the web server in front of the API, which knows nothing of the following.
    if content_type != Some(HTML) {
        headers.extend(of_the_api(site, operation, request));
    }
    if let (Some(content_type), false) = (content_type, body.is_empty()) {
        headers.push(("content-type", content_type.to_owned()));
    }
    response(answer.status, headers, body)
}

fn of_the_api(
    site: &Site,
    operation: Option<Operation>,
    request: &Request,
) -> Vec<(&'static str, String)> {
    let mut headers = vec![(
        "x-github-media-type",
        media_types::of_answer(site.product, request),
    )];
    headers.extend(cors::headers());
    if let Product::Enterprise(version) = site.product {
        headers.push(("x-github-enterprise-version", format!("{version}.0")));
    }
    if let Ok(Some(version)) = site.api_version(request) {
        headers.push(("x-github-api-version-selected", version.to_owned()));
    }
    if let Some(operation) = operation.filter(|operation| operation.spec().deprecated) {
        headers.extend(deprecation(site.product, operation));
    }
    headers
}

fn render(
    site: &Site,
    operation: Option<Operation>,
    status: StatusCode,
    content: Content,
) -> (Option<&'static str>, String) {
    match content {
        Content::Nothing => (None, String::new()),
        Content::Html(text) => (
            Some(HTML),
            format!("<!DOCTYPE html>\n<title>{status}</title>\n<p>{text}</p>\n"),
        ),
        Content::Json(text) => (Some(JSON), text),
        Content::Error {
            message,
            errors,
            page,
        } => {
            let mut error = json!({ "message": message, "documentation_url": page.url(site.product, operation) });
            if !errors.is_empty() {
                error["errors"] = Value::from(errors);
            }
            // The status in the body came to github.com in 2024, and with that to GHES 3.14.
            if site.product.at_least(3, 14) {
                error["status"] = Value::from(status.as_str());
            }
            (Some(JSON), error.to_string())
        }
    }
}

/// The dates that github.com announced for its own operations, in GitHub's form, which is not RFC 9745's. A GHES has
/// the operations long after the second of them.
fn deprecation(product: Product, operation: Operation) -> Vec<(&'static str, String)> {
    let removal = match operation.spec().credentials {
        // Before 2.20 there was nothing to replace a token in the path, and so no deprecation.
        Credentials::App if !product.at_least(2, 20) => return Vec::new(),
        Credentials::App => "Wed, 05 May 2021 16:00:00 GMT",
        Credentials::User => "Fri, 13 Nov 2020 16:00:00 GMT",
    };
    vec![
        ("deprecation", "Fri, 14 Feb 2020 00:00:00 GMT".to_owned()),
        ("sunset", removal.to_owned()),
    ]
}

/// A UUID on GHES; on github.com groups of hexadecimal digits.
fn request_id(product: Product) -> String {
    let (high, low) = (token::random(), token::random());
    let [a, b, c, d, e] = [
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0x0fff,
        (low >> 48) & 0x3fff | 0x8000,
        low & 0xffff_ffff_ffff,
    ];
    match product {
        Product::Enterprise(_) => format!("{a:08x}-{b:04x}-4{c:03x}-{d:04x}-{e:012x}"),
        Product::GitHubCom => format!("{b:04X}:{c:X}:{e:X}:{d:X}:{a:08X}"),
    }
}

fn response(
    status: StatusCode,
    headers: Vec<(&'static str, String)>,
    body: String,
) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(body));
    *response.status_mut() = status;
    for (name, value) in headers {
        // Only a Link and the media type may hold what a client sent: a target that hyper let in, and words.
        if let Ok(value) = HeaderValue::from_str(&value) {
            response
                .headers_mut()
                .append(HeaderName::from_static(name), value);
        }
    }
    response
}
