//! A response before it is decoded, and the decision whether it is a value or an error.

use crate::error::error::Error;
use crate::error::kind::ErrorKind;
use crate::model::lenient::{self, Lenient};
use crate::model::metadata::Metadata;
use crate::model::operation::{Idempotency, Operation};
use crate::model::version::GhesVersion;
use crate::response::classify::Circumstances;
use crate::response::described::{Described, is_of_errors};
use crate::response::response::Response;
use crate::response::{classify, decode, error_body, truncated};
use crate::secret::buffer::ResponseBody;
use crate::secret::redact::Secrets;
use http::StatusCode;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use serde_core::de::{MapAccess, SeqAccess};
use std::sync::Arc;

/// The first version of GHES that its responses name in this form; a lower one is a gateway's own.
const FIRST: GhesVersion = GhesVersion::new(2, 0);

/// A response as received: a status, headers and as much of the body as arrived.
pub(crate) struct RawResponse {
    pub(crate) operation: &'static Operation,
    pub(crate) metadata: Metadata,
    pub(crate) body: ResponseBody,
    /// Why the body is truncated, if it is.
    pub(crate) truncation: Option<Error>,
    pub(crate) circumstances: Circumstances,
    /// Whether an earlier attempt of the same request may have arrived.
    pub(crate) retried: bool,
    pub(crate) secrets: Arc<Secrets>,
}

impl RawResponse {
    /// Decodes the response of an operation that responds with JSON.
    pub(crate) fn json<T: Lenient>(self) -> Result<Response<T>, Error> {
        if !self.metadata.status().is_success() {
            return Err(self.refused());
        }
        // Any other success status means that it is still to be done, or that the body is a part or changed.
        let is_done = matches!(self.metadata.status().as_u16(), 200 | 201);
        if self.truncation.is_none()
            && is_done
            && let Some(Described(value)) = decode::value::<Described<T>>(&self.body)
            && (!value.is_empty()
                || (self.may_be_nothing() && decode::whole::<T>(&self.body).is_some()))
        {
            return Ok(Response::new(value, self.metadata));
        }
        Err(self.unreadable())
    }

    /// Reads the response of an operation without a response body: the status decides, unless a body contradicts it.
    pub(crate) fn empty(self) -> Result<Response<()>, Error> {
        if self.metadata.status().is_success() {
            return if self.is_consistent() {
                Ok(Response::new((), self.metadata))
            } else {
                Err(self.unreadable())
            };
        }
        let retried = self.retried && self.operation.idempotency() == Idempotency::Idempotent;
        let error = self.refused().after_earlier_attempts(retried);
        Err(match error.kind() {
            ErrorKind::NotFound if retried => {
                error.explained("not found, or deleted by an earlier attempt")
            }
            _ => error,
        })
    }

    /// Decodes the response of an operation that responds with JSON or, if it finds nothing, with `null` or a 404.
    pub(crate) fn optional<T: Lenient>(self) -> Result<Response<Option<T>>, Error> {
        if self.is_plain_not_found() {
            return Ok(Response::new(None, self.metadata));
        }
        // The cheapest test comes first: nearly every body is an object.
        if decode::is_null(&self.body) && self.may_be_nothing() && self.metadata.is_json() {
            return Ok(Response::new(None, self.metadata));
        }
        let (value, metadata) = self.json()?.into_parts();
        Ok(Response::new(Some(value), metadata))
    }

    /// Returns whether a body without a value, `null` or an empty list, can be GitHub's. A gateway's would hide a live token.
    fn may_be_nothing(&self) -> bool {
        self.truncation.is_none()
            && self.metadata.status() == StatusCode::OK
            && !self.is_html()
            && !self.circumstances.redirected
    }

    fn is_html(&self) -> bool {
        let kind = self.metadata.text_of(&CONTENT_TYPE).unwrap_or_default();
        kind.to_ascii_lowercase().starts_with("text/html")
    }

    /// Returns the GHES version in the header of a success that the API describes, or of an error in GitHub's words. A gateway may send the
    /// header with its own pages.
    pub(crate) fn version(&self) -> Option<GhesVersion> {
        let status = self.metadata.status();
        let is_githubs = || match status.as_u16() {
            204 => true,
            200 | 201 => {
                self.metadata.is_json() && decode::value::<Described<Known>>(&self.body).is_some()
            }
            // A proxy's.
            407 => false,
            _ => {
                !status.is_success()
                    && !status.is_server_error()
                    && self.metadata.is_githubs()
                    && error_body::read(&self.body).is_some_and(|body| body.message.is_some())
            }
        };
        self.metadata
            .ghes_version()
            .filter(|version| *version >= FIRST && self.truncation.is_none() && is_githubs())
    }

    /// Returns whether a success is complete and its body does not contradict it. A sign-in or maintenance page is a 200 as well, and so is
    /// the error of a gateway: if it counted as a success, a live token would pass for revoked.
    fn is_consistent(&self) -> bool {
        let length = self.metadata.text_of(&CONTENT_LENGTH);
        let is_whole = self.truncation.is_none()
            && length.is_none_or(|length| length.parse() == Ok(self.body.len()));
        let status = self.metadata.status().as_u16();
        // Any other success status of a delete means that it is still to be done, or comes from another server.
        let is_done = self.operation.method() != "DELETE" || matches!(status, 200 | 204 | 205);
        is_whole
            && is_done
            && (matches!(status, 204 | 205)
                || (!self.is_html()
                    && (decode::is_nothing(&self.body)
                        || decode::whole::<Deleted>(&self.body).is_some())))
    }

    /// Whether it is GitHub's 404, complete and without other problems.
    pub(crate) fn is_plain_not_found(&self) -> bool {
        self.truncation.is_none()
            && classify::is_plain_not_found(
                self.operation,
                &self.metadata,
                &self.body,
                self.circumstances,
            )
    }

    /// Whether it is a 404 that was truncated: it shows neither that a token is not live nor that the base URL is wrong.
    pub(crate) fn is_truncated_404(&self) -> bool {
        self.metadata.status() == StatusCode::NOT_FOUND && self.truncation.is_some()
    }

    /// Returns the error for a status that is not a success.
    pub(crate) fn refused(self) -> Error {
        if self.is_truncated_404() {
            return self.unreadable();
        }
        classify::from_response(
            self.operation,
            self.metadata,
            &self.body,
            self.circumstances,
            &self.secrets,
        )
    }

    /// Returns the error for a success whose body cannot be decoded; it carries the token if the body has one.
    fn unreadable(self) -> Error {
        let token = truncated::token(&self.body);
        let is_success = self.metadata.status().is_success();
        let error = self
            .truncation
            .unwrap_or_else(|| {
                let text = match self.metadata.is_json() {
                    true => "the server's response is not what the API describes",
                    false => {
                        "the response is not the API's JSON: perhaps a proxy or a sign-in page responds in front of the server"
                    }
                };
                Error::new(ErrorKind::Decode, text)
            })
            .at(self.operation)
            .with_metadata(self.metadata.for_error(&self.secrets));
        let error = if is_success {
            error.with_body(self.body.into_secret())
        } else {
            error
        };
        match token {
            Some(token) if self.operation.idempotency() == Idempotency::NotIdempotent => {
                error.with_token(token)
            }
            _ => error,
        }
    }
}

/// A body that some operation may respond with: a list, an object with an id, or `null`.
struct Known;

impl Lenient for Known {
    fn from_null() -> Option<Self> {
        Some(Self)
    }

    fn from_array<'de, A: SeqAccess<'de>>(array: A) -> Result<Option<Self>, A::Error> {
        Ok(Vec::<Self>::from_array(array)?.map(|_| Self))
    }

    fn from_object<'de, A: MapAccess<'de>>(mut object: A) -> Result<Option<Self>, A::Error> {
        let mut id = None::<i64>;
        while let Some(name) = lenient::name(&mut object)? {
            match &*name {
                "id" => lenient::field(&mut id, &mut object)?,
                _ => lenient::skip(&mut object)?,
            }
        }
        Ok(id.map(|_| Self))
    }
}

/// An object that a delete may respond with: an empty one, or the deleted object, which has an id and another field of such objects, and no
/// field of an error.
struct Deleted;

impl Lenient for Deleted {
    fn from_object<'de, A: MapAccess<'de>>(mut object: A) -> Result<Option<Self>, A::Error> {
        let (mut id, mut is_empty, mut is_thing, mut is_error) = (None::<i64>, true, false, false);
        while let Some(name) = lenient::name(&mut object)? {
            is_empty = false;
            match &*name {
                "id" => {
                    lenient::field(&mut id, &mut object)?;
                    continue;
                }
                "app" | "created_at" | "scopes" | "token" | "url" => is_thing = true,
                "code" | "status" | "success" => is_error = true,
                name => is_error |= is_of_errors(name),
            }
            lenient::skip(&mut object)?;
        }
        Ok((is_empty || (id.is_some() && is_thing && !is_error)).then_some(Self))
    }
}
