//! The interface that the generated code calls to build a request.
//!
//! It replaces progenitor's own client library, whose errors print URLs, bodies and headers, and whose responses lose their status when
//! they cannot be decoded. Nothing here sends anything: the transport does.

use crate::error::error::Error;
use crate::secret::buffer::SecretBytes;
use crate::secret::exposed::Exposed;
use crate::secret::serialize::SerializeSecrets;
use bytes::Bytes;
use http::Method;
use reqwest::Url;
use std::sync::{Arc, Mutex};
use zeroize::Zeroizing;

/// The receiver of the generated methods.
pub(crate) struct Client<'a> {
    /// The path of the base; the rest of the base is parsed already.
    pub(crate) baseurl: &'a str,
    pub(crate) client: Methods<'a>,
}

impl<'a> Client<'a> {
    pub(crate) fn new(base: &'a Url) -> Self {
        Self {
            baseurl: base.path().trim_end_matches('/'),
            client: Methods(base, None),
        }
    }

    /// A receiver whose requests reuse the URL of the request before, if the path is the same.
    pub(crate) fn remembering(base: &'a Url, last: &'a LastUrl) -> Self {
        Self {
            client: Methods(base, Some(last)),
            ..Self::new(base)
        }
    }
}

/// The URL of the last request with a body: parsing the same path again takes a fortieth of a call's instructions.
///
/// It never holds a token: a request with a body has none in its path.
#[derive(Default)]
pub(crate) struct LastUrl(Mutex<Option<Arc<Url>>>);

impl LastUrl {
    fn with_path(&self, path: &str) -> Option<Arc<Url>> {
        // Another thread holds the lock: parsing is faster than waiting.
        let last = self.0.try_lock().ok()?;
        last.as_ref().filter(|url| url.path() == path).cloned()
    }

    fn set(&self, url: &Arc<Url>) {
        if let Ok(mut last) = self.0.try_lock() {
            *last = Some(url.clone());
        }
    }
}

/// Begins a request by its method.
pub(crate) struct Methods<'a>(&'a Url, Option<&'a LastUrl>);

#[rustfmt::skip]
impl<'a> Methods<'a> {
    pub(crate) fn get(&self, path: String) -> Draft<'a> { Draft::new(self, Method::GET, path) }
    pub(crate) fn post(&self, path: String) -> Draft<'a> { Draft::new(self, Method::POST, path) }
    pub(crate) fn put(&self, path: String) -> Draft<'a> { Draft::new(self, Method::PUT, path) }
    pub(crate) fn patch(&self, path: String) -> Draft<'a> { Draft::new(self, Method::PATCH, path) }
    pub(crate) fn delete(&self, path: String) -> Draft<'a> { Draft::new(self, Method::DELETE, path) }
}

/// Large enough for nearly every request body.
const USUAL_BODY_BYTES: usize = 128;

/// A request under construction.
pub(crate) struct Draft<'a> {
    base: &'a Url,
    last: Option<&'a LastUrl>,
    method: Method,
    path: Zeroizing<String>,
    body: Option<SecretBytes>,
    error: Option<Error>,
}

impl<'a> Draft<'a> {
    fn new(methods: &Methods<'a>, method: Method, path: String) -> Self {
        Self {
            base: methods.0,
            last: methods.1,
            method,
            path: Zeroizing::new(path),
            body: None,
            error: None,
        }
    }

    pub(crate) fn json(mut self, body: &impl SerializeSecrets) -> Self {
        let mut bytes = SecretBytes::with_capacity(USUAL_BODY_BYTES);
        match serde_json::to_writer(&mut bytes, &Exposed(body)) {
            Ok(()) => self.body = Some(bytes),
            Err(_) => {
                self.error = Some(Error::invalid_input(
                    "request body",
                    "it must be expressible in JSON",
                ))
            }
        }
        self
    }

    fn url(&self) -> Arc<Url> {
        let last = self.last.filter(|_| self.body.is_some());
        if let Some(url) = last.and_then(|last| last.with_path(&self.path)) {
            return url;
        }
        // The base was parsed once; only the path is new.
        let mut url = self.base.clone();
        url.set_path(&self.path);
        let url = Arc::new(url);
        if let Some(last) = last {
            last.set(&url);
        }
        url
    }

    pub(crate) fn build(self) -> Result<Request, Error> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let url = self.url();
        // The bytes are zeroized when the last reference to them is dropped.
        let body = self.body.map(Bytes::from_owner);
        Ok(Request {
            method: self.method,
            url,
            body,
        })
    }
}

/// A request without the headers that are the same for every operation.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) url: Arc<Url>,
    pub(crate) body: Option<Bytes>,
}

impl Request {
    /// Sets a query parameter, in place of an earlier value.
    pub(crate) fn set_query(&mut self, name: &str, value: &str) {
        let kept: Vec<(String, String)> = self
            .url
            .query_pairs()
            .filter(|(known, _)| known != name)
            .map(|(n, v)| (n.into_owned(), v.into_owned()))
            .collect();
        Arc::make_mut(&mut self.url)
            .query_pairs_mut()
            .clear()
            .extend_pairs(kept)
            .append_pair(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::token_kind::TokenKind;

    #[test]
    fn a_url_is_taken_over_for_the_same_path_alone_and_never_with_a_token_in_it() {
        let base = Url::parse("http://h/api").unwrap();
        let last = LastUrl::default();
        let client = || Client::remembering(&base, &last).client;
        let post = |path: &str| {
            let request = client()
                .post(path.to_owned())
                .json(&TokenKind::OAuth)
                .build();
            request.unwrap().url.to_string()
        };
        for path in ["/api/a", "/api/a", "/api/b%2f", "/api/a"] {
            assert_eq!(post(path), format!("http://h{path}"));
        }
        let held = || last.0.lock().unwrap().as_ref().unwrap().path().to_owned();
        assert_eq!(held(), "/api/a");
        client().post("/api/gho_token".to_owned()).build().unwrap();
        assert_eq!(held(), "/api/a");
    }

    #[test]
    fn a_query_parameter_takes_the_place_of_its_earlier_value() {
        let base = Url::parse("http://h").unwrap();
        let mut request = Methods(&base, None).get("/x".to_owned()).build().unwrap();
        assert_eq!(request.url.as_str(), "http://h/x");
        request.set_query("b", "x&y");
        request.set_query("c", "3");
        request.set_query("b", "z w");
        assert_eq!(request.url.as_str(), "http://h/x?c=3&b=z+w");
    }
}
