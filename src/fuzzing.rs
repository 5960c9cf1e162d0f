//! The parsers as the fuzz targets call them; compiled under `cfg(fuzzing)` alone.
#![allow(missing_docs, reason = "not part of the public API")]

use crate::api::server::Server;
use crate::call::page::Page;
use crate::generated::operations;
use crate::generated::types::{ApplicationGrant, Authorization};
use crate::model::metadata::Metadata;
use crate::response::classify::{self, Circumstances};
use crate::response::{decode, truncated};
use crate::secret::redact::Secrets;
use http::StatusCode;
use http::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::Url;
use std::hint::black_box;

const SECRET: &str = "plan7ed-s3cret";

/// If both strict decoding and recovery find a token, it must be the same.
pub fn response(body: &[u8]) {
    let decoded = decode::value::<Authorization>(body);
    let _ = decode::value::<Vec<ApplicationGrant>>(body);
    let recovered = truncated::token(body);
    let strict = serde_json::from_slice::<Authorization>(body)
        .ok()
        .and_then(|authorization| authorization.token);
    if let (Some(token), Some(strict)) = (&recovered, strict) {
        assert_eq!(token.expose_secret(), strict.expose_secret());
    }
    black_box(format!("{decoded:?}"));
}

pub fn headers(value: &[u8]) {
    let Ok(value) = HeaderValue::from_bytes(value) else {
        return;
    };
    let mut headers = HeaderMap::new();
    for name in [
        "retry-after",
        "deprecation",
        "sunset",
        "link",
        "etag",
        "last-modified",
        "location",
        "x-oauth-scopes",
        "x-github-otp",
    ] {
        headers.insert(HeaderName::from_static(name), value.clone());
    }
    for name in [
        "x-github-request-id",
        "x-github-enterprise-version",
        "x-ratelimit-limit",
        "x-ratelimit-remaining",
        "x-ratelimit-reset",
    ] {
        headers.insert(HeaderName::from_static(name), value.clone());
    }
    for status in [200, 401, 403, 404, 429, 503] {
        let Ok(status) = StatusCode::from_u16(status) else {
            return;
        };
        let metadata = Metadata::new(status, headers.clone());
        black_box((
            metadata.retry_after(),
            metadata.deprecation(),
            metadata.sunset(),
            metadata.rate_limit().is_some(),
            metadata.ghes_version(),
        ));
        if let Ok(url) = Url::parse("https://ghe.example.com/api/v3/authorizations") {
            black_box(Page::<()>::new(Vec::new(), &metadata, &url));
        }
        black_box(format!(
            "{:?}",
            classify::from_response(
                &operations::APPS_CHECK_TOKEN,
                metadata,
                b"{}",
                Circumstances::default(),
                &Secrets::default()
            )
        ));
    }
}

/// Whatever a server sends, an error does not show the secret of the call.
pub fn error_body(body: &[u8]) {
    let body = [body, SECRET.as_bytes()].concat();
    let metadata = Metadata::new(StatusCode::UNPROCESSABLE_ENTITY, HeaderMap::new());
    let error = classify::from_response(
        &operations::APPS_CHECK_TOKEN,
        metadata,
        &body,
        Circumstances::default(),
        &Secrets::of(SECRET),
    );
    let seen = format!(
        "{error} {error:?} {:?} {:?} {:?}",
        error.github_message(),
        error.documentation_url(),
        error.validation_problems()
    );
    assert!(!seen.contains(SECRET));
}

pub fn base_url(text: &str) {
    if let Ok(server) = Server::new(text) {
        assert!(!server.base_url().ends_with('/') && !server.base_url().contains(['?', '#', '@']));
    }
}
