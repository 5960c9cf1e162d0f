//! What the generated code is written against: it puts requests together here and names the type of each answer.
//!
//! It takes the place of progenitor's own client library, whose errors print URLs, bodies and headers and whose
//! answers lose their status when they cannot be decoded. Nothing here sends anything: that is [`crate::exchange`].

use crate::error::{self, Phase};
use crate::operations::{Operation, Repeat};
use crate::redact::Secrets;
use crate::response::{Metadata, Response};
use crate::secret::{Exposed, Wiped};
use crate::{Error, ErrorKind, decode, recover};
use bytes::Bytes;
use reqwest::{Method, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;
use zeroize::Zeroizing;

mod path;

pub(crate) use path::path_segment;
use path::{QueryValue, UNRESERVED};

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
    query: String,
    body: Option<Wiped>,
    fault: Option<Error>,
}

impl<'a> Draft<'a> {
    fn new(base: &'a Url, method: Method, path: String) -> Self {
        Self {
            base,
            method,
            path: Zeroizing::new(path),
            query: String::new(),
            body: None,
            fault: None,
        }
    }

    pub(crate) fn query(mut self, name: &str, value: &impl QueryValue) -> Self {
        if let Some(value) = value.to_query() {
            if !self.query.is_empty() {
                self.query.push('&');
            }
            self.query.push_str(name);
            self.query.push('=');
            self.query
                .extend(percent_encoding::utf8_percent_encode(&value, UNRESERVED));
        }
        self
    }

    pub(crate) fn json(mut self, body: &impl Serialize) -> Self {
        let mut bytes = Wiped::with_capacity(USUAL_BODY_BYTES);
        match serde_json::to_writer(&mut bytes, &Exposed(body)) {
            Ok(()) => self.body = Some(bytes),
            Err(_) => {
                self.fault = Some(Error::invalid_input(
                    "request body",
                    "it must be expressible in JSON",
                ))
            }
        }
        self
    }

    pub(crate) fn build(self) -> Result<Request, Error> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        // The base was parsed once and for all; only the path is new.
        let mut url = self.base.clone();
        url.set_path(&self.path);
        url.set_query(Some(self.query.as_str()).filter(|query| !query.is_empty()));
        // The bytes are wiped when the last handle on them goes.
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

/// How an answer becomes a value.
pub(crate) type Decode<T> = Arc<dyn Fn(Answer) -> Result<Response<T>, Error> + Send + Sync>;

/// A request, and how its answer is to be read.
pub(crate) struct Prepared<T> {
    pub(crate) operation: &'static Operation,
    pub(crate) request: Request,
    pub(crate) decode: Decode<T>,
}

impl<T> Clone for Prepared<T> {
    fn clone(&self) -> Self {
        Self {
            operation: self.operation,
            request: self.request.clone(),
            decode: self.decode.clone(),
        }
    }
}

impl<T: 'static> Prepared<T> {
    pub(crate) fn new(
        operation: &'static Operation,
        request: Request,
        decode: impl Fn(Answer) -> Result<Response<T>, Error> + Send + Sync + 'static,
    ) -> Self {
        Self {
            operation,
            request,
            decode: Arc::new(decode),
        }
    }

    /// The same request, its answer read by `read`, which is given the usual reading.
    pub(crate) fn reading<U>(
        self,
        read: impl Fn(Answer, &Decode<T>) -> Result<Response<U>, Error> + Send + Sync + 'static,
    ) -> Prepared<U> {
        let decode = self.decode;
        Prepared {
            operation: self.operation,
            request: self.request,
            decode: Arc::new(move |answer| read(answer, &decode)),
        }
    }
}

/// An answer as it came: a status, headers and as much of the body as arrived.
pub(crate) struct Answer {
    pub(crate) operation: &'static Operation,
    pub(crate) metadata: Metadata,
    pub(crate) body: Wiped,
    /// Why the body is not whole, where it is not.
    pub(crate) fault: Option<Error>,
    pub(crate) otp_sent: bool,
    /// Whether an earlier sending of the same request may have arrived.
    pub(crate) repeated: bool,
    pub(crate) secrets: Arc<Secrets>,
}

impl Answer {
    /// The answer of an operation that answers with JSON.
    pub(crate) fn json<T: DeserializeOwned>(self) -> Result<Response<T>, Error> {
        if !self.metadata.status().is_success() {
            return Err(self.refused());
        }
        if self.fault.is_none()
            && let Some(value) = decode::value(&self.body)
        {
            return Ok(Response::new(value, self.metadata));
        }
        Err(self.unreadable())
    }

    /// The answer of an operation that answers with nothing: the status counts, unless there is more to it.
    pub(crate) fn empty(self) -> Result<Response<()>, Error> {
        if self.metadata.status().is_success() {
            return if self.says_nothing() {
                Ok(Response::new((), self.metadata))
            } else {
                Err(self.unreadable())
            };
        }
        let repeated = self.repeated && self.operation.repeat() == Repeat::Delete;
        let error = self.refused();
        // The first sending did it, and only its answer was lost.
        if repeated {
            error
                .not_found()
                .map(|metadata| Response::new((), metadata))
        } else {
            Err(error)
        }
    }

    /// Whether a success is one that says no more than that. A sign-in or maintenance page is a 200 as well, cut off or not: whoever
    /// believed it would believe a live token revoked.
    fn says_nothing(&self) -> bool {
        if matches!(self.metadata.status().as_u16(), 204 | 205) {
            return true;
        }
        let is_html = self
            .metadata
            .text("content-type")
            .is_some_and(|kind| kind.to_ascii_lowercase().starts_with("text/html"));
        let body = self.body.trim_ascii();
        let is_json = body.is_empty() || body.starts_with(b"{") || body.starts_with(b"null");
        is_json && !is_html && recover::text(body, "message").is_none()
    }

    /// Whether it is GitHub's 404, whole and with nothing else to say.
    pub(crate) fn is_plain_not_found(&self) -> bool {
        self.fault.is_none()
            && error::is_plain_not_found(self.operation, &self.metadata, &self.body)
    }

    /// Whether it is a 404 that was cut off: it tells neither that a token is dead nor that the base URL is wrong.
    pub(crate) fn is_half_a_404(&self) -> bool {
        self.metadata.status() == reqwest::StatusCode::NOT_FOUND && self.fault.is_some()
    }

    /// The error that a status without success stands for.
    pub(crate) fn refused(self) -> Error {
        if self.is_half_a_404() {
            return self.unreadable();
        }
        error::from_answer(
            self.operation,
            self.metadata,
            &self.body,
            self.otp_sent,
            &self.secrets,
        )
    }

    /// The error for a success whose body cannot be read; it carries the token where there is one in it.
    fn unreadable(self) -> Error {
        let token = recover::token(&self.body);
        let error = self
            .fault
            .unwrap_or_else(|| {
                Error::new(
                    ErrorKind::Undecodable,
                    "the server's answer is not what the API describes",
                )
            })
            .at(self.operation)
            .with_metadata(self.metadata.of_an_error(&self.secrets));
        match (self.operation.repeat(), token) {
            (Repeat::Never, Some(token)) => error.with_token(token),
            (Repeat::Never, None) => error.outcome_unknown(),
            _ => error,
        }
    }

    /// Notes that the connection failed while the body came in.
    pub(crate) fn cut_short(&mut self, fault: Error) {
        self.fault = Some(fault.with_phase(Phase::AnswerBegun));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_leave_out_what_is_not_set() {
        let base = Url::parse("http://h").unwrap();
        let draft = Methods(&base)
            .get("/x".to_owned())
            .query("a", &None::<&str>)
            .query("b", &Some("x&y"))
            .query("c", &Some(3i64));
        assert_eq!(
            draft.build().unwrap().url.as_str(),
            "http://h/x?b=x%26y&c=3"
        );
    }
}
