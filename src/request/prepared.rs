//! A request, and how its response becomes a value.

use crate::error::error::Error;
use crate::generated::types::Authorization;
use crate::model::operations::Operation;
use crate::request::draft::Request;
use crate::response::issued_token::IssuedToken;
use crate::response::raw::RawResponse;
use crate::response::response::Response;
use std::sync::Arc;

/// How a response becomes a value.
pub(crate) type Decode<T> = Arc<dyn Fn(RawResponse) -> Result<Response<T>, Error> + Send + Sync>;

/// A request, and how its response is to be read.
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
        decode: impl Fn(RawResponse) -> Result<Response<T>, Error> + Send + Sync + 'static,
    ) -> Self {
        Self {
            operation,
            request,
            decode: Arc::new(decode),
        }
    }

    /// The same request, its response read by `read`, which is given the usual reading.
    pub(crate) fn reading<U>(
        self,
        read: impl Fn(RawResponse, &Decode<T>) -> Result<Response<U>, Error> + Send + Sync + 'static,
    ) -> Prepared<U> {
        let decode = self.decode;
        Prepared {
            operation: self.operation,
            request: self.request,
            decode: Arc::new(move |answer| read(answer, &decode)),
        }
    }
}

impl Prepared<Authorization> {
    /// The same request, whose success must bring a new token.
    pub(crate) fn issuing(self) -> Prepared<IssuedToken> {
        let operation = self.operation;
        self.reading(move |answer, decode| {
            let secrets = answer.secrets.clone();
            IssuedToken::from_response(decode(answer)?, operation, &secrets)
        })
    }
}
