//! What the generated code is written against: it puts a request together.
//!
//! It takes the place of progenitor's own client library, whose errors print URLs, bodies and headers and whose
//! responses lose their status when they cannot be decoded. Nothing here sends anything: the transport does.

use crate::error::error::Error;
use crate::secret::buffer::SecretBytes;
use crate::secret::exposed::Exposed;
use bytes::Bytes;
use reqwest::{Method, Url};
use serde::Serialize;
use zeroize::Zeroizing;

/// The receiver of the generated methods.
pub(crate) struct Client<'a> {
    /// The path of the base alone: the rest of it is parsed already.
    pub(crate) baseurl: &'a str,
    pub(crate) client: Methods<'a>,
}

impl<'a> Client<'a> {
    pub(crate) fn new(base: &'a Url) -> Self {
        Self {
            baseurl: base.path().trim_end_matches('/'),
            client: Methods(base),
        }
    }
}

/// Begins a request by its method.
pub(crate) struct Methods<'a>(&'a Url);

#[rustfmt::skip]
impl<'a> Methods<'a> {
    pub(crate) fn get(&self, path: String) -> Draft<'a> { Draft::new(self.0, Method::GET, path) }
    pub(crate) fn post(&self, path: String) -> Draft<'a> { Draft::new(self.0, Method::POST, path) }
    pub(crate) fn put(&self, path: String) -> Draft<'a> { Draft::new(self.0, Method::PUT, path) }
    pub(crate) fn patch(&self, path: String) -> Draft<'a> { Draft::new(self.0, Method::PATCH, path) }
    pub(crate) fn delete(&self, path: String) -> Draft<'a> { Draft::new(self.0, Method::DELETE, path) }
}

/// What nearly every request body fits in.
const USUAL_BODY_BYTES: usize = 128;

/// A request that is being put together.
pub(crate) struct Draft<'a> {
    base: &'a Url,
    method: Method,
    path: Zeroizing<String>,
    body: Option<SecretBytes>,
    error: Option<Error>,
}

impl<'a> Draft<'a> {
    fn new(base: &'a Url, method: Method, path: String) -> Self {
        Self {
            base,
            method,
            path: Zeroizing::new(path),
            body: None,
            error: None,
        }
    }

    pub(crate) fn json(mut self, body: &impl Serialize) -> Self {
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

    pub(crate) fn build(self) -> Result<Request, Error> {
        if let Some(error) = self.error {
            return Err(error);
        }
        // The base was parsed once and for all; only the path is new.
        let mut url = self.base.clone();
        url.set_path(&self.path);
        // The bytes are zeroized when the last handle on them goes.
        let body = self.body.map(Bytes::from_owner);
        Ok(Request {
            method: self.method,
            url,
            body,
        })
    }
}

/// A request without the headers, which are the same for every operation.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) url: Url,
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
        self.url
            .query_pairs_mut()
            .clear()
            .extend_pairs(kept)
            .append_pair(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_parameter_takes_the_place_of_its_earlier_value() {
        let base = Url::parse("http://h").unwrap();
        let mut request = Methods(&base).get("/x".to_owned()).build().unwrap();
        assert_eq!(request.url.as_str(), "http://h/x");
        request.set_query("b", "x&y");
        request.set_query("c", "3");
        request.set_query("b", "z w");
        assert_eq!(request.url.as_str(), "http://h/x?c=3&b=z+w");
    }
}
