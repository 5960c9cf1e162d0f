//! Completes a response: the one place for error bodies and for the headers that every response has.

use crate::http::request::Request;
use crate::http::response::{Content, Response};
use crate::http::{cors, media_types};
use crate::spec::generated::Operation;
use crate::spec::row::Credentials;
use crate::state::product::Product;
use crate::state::site::Site;
use crate::state::token;
use bytes::Bytes;
use hyper::StatusCode;
use hyper::header::{HeaderName, HeaderValue};
use serde_json::{Value, json};

const JSON: &str = "application/json; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";

/// The headers for browsers, on every response of the API since 2018; `x-xss-protection` is among them.
const SECURITY: [(&str, &str); 4] = [
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "deny"),
    ("content-security-policy", "default-src 'none'"),
    (
        "referrer-policy",
        "origin-when-cross-origin, strict-origin-when-cross-origin",
    ),
];

pub(crate) fn finish(
    site: &Site,
    operation: Option<Operation>,
    request: &Request,
    response: Response,
) -> hyper::Response<Bytes> {
    let operation_named = operation.filter(|_| response.names_deprecation);
    let (content_type, body) = render(site, operation, response.status, response.content);
    let mut headers = vec![
        ("server", "GitHub.com".to_owned()),
        ("x-github-request-id", request_id(site.product)),
    ];
    headers.extend(response.headers);
    // The web server in front of the API sends its pages without the following headers.
    if content_type != Some(HTML) {
        headers.extend(of_the_api(site, operation_named, request));
    }
    if let (Some(content_type), false) = (content_type, body.is_empty()) {
        headers.push(("content-type", content_type.to_owned()));
    }
    assemble(response.status, headers, body)
}

fn of_the_api(
    site: &Site,
    operation: Option<Operation>,
    request: &Request,
) -> Vec<(&'static str, String)> {
    let mut headers = vec![(
        "x-github-media-type",
        media_types::of_response(site.product, request),
    )];
    headers.extend(cors::headers());
    headers.extend(SECURITY.map(|(name, value)| (name, value.to_owned())));
    headers.push(("x-xss-protection", xss_protection(site.product).to_owned()));
    if let Product::Enterprise(version) = site.product {
        headers.push(("x-github-enterprise-version", format!("{version}.0")));
    }
    let asked = request.header("x-github-api-version");
    if let Ok(Some(version)) = site.api_versions.serving(asked) {
        headers.push(("x-github-api-version-selected", version.to_owned()));
    }
    if let Some(operation) = operation.filter(|operation| operation.spec().deprecated) {
        headers.extend(deprecation(site.product, operation));
    }
    headers
}

/// Recorded as `1; mode=block` since 2018 and as `0` from github.com in August 2022, the month of GHES 3.6.
fn xss_protection(product: Product) -> &'static str {
    if product.at_least(3, 6) {
        "0"
    } else {
        "1; mode=block"
    }
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
        Content::Other(content_type, text) => (Some(content_type), text),
        Content::Error {
            message,
            errors,
            page,
        } => {
            let mut error = json!({ "message": message, "documentation_url": page.url(site.product, operation) });
            if !errors.is_empty() {
                error["errors"] = Value::from(errors);
            }
            // The status in the body came to github.com in 2024, and so to GHES 3.14.
            if site.product.at_least(3, 14) {
                error["status"] = Value::from(status.as_str());
            }
            (Some(JSON), error.to_string())
        }
    }
}

/// The dates that github.com announced for its own operations, in GitHub's form, which is not RFC 9745's. A GHES still has the operations
/// long after the second date.
fn deprecation(product: Product, operation: Operation) -> Vec<(&'static str, String)> {
    let removal = match operation.spec().credentials {
        // Before 2.20, a token in the path had no replacement, and so there was no deprecation.
        Credentials::App if !product.at_least(2, 20) => return Vec::new(),
        Credentials::App => "Wed, 05 May 2021 16:00:00 GMT",
        Credentials::User => "Fri, 13 Nov 2020 16:00:00 GMT",
        Credentials::None => return Vec::new(),
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

fn assemble(
    status: StatusCode,
    headers: Vec<(&'static str, String)>,
    body: String,
) -> hyper::Response<Bytes> {
    let mut response = hyper::Response::new(Bytes::from(body));
    *response.status_mut() = status;
    for (name, value) in headers {
        // Only Link, Location and the media type may contain what a client sent.
        if let Ok(value) = HeaderValue::from_str(&value) {
            response
                .headers_mut()
                .append(HeaderName::from_static(name), value);
        }
    }
    response
}
