//! A request, and the function that decodes its response.

use crate::error::error::Error;
use crate::generated::types::Authorization;
use crate::model::operations::Operation;
use crate::request::condition::NoCondition;
use crate::request::draft::Request;
use crate::response::get_or_create::GetOrCreate;
use crate::response::issued_token::IssuedToken;
use crate::response::raw::RawResponse;
use crate::response::response::Response;
use std::marker::PhantomData;
use std::sync::Arc;

/// How a response becomes a value.
pub(crate) type Decode<T> = Arc<dyn Fn(RawResponse) -> Result<Response<T>, Error> + Send + Sync>;

/// A request, and how its response is to be read; `K` says whether it takes a condition.
pub(crate) struct Prepared<T, K = NoCondition> {
    pub(crate) operation: &'static Operation,
    pub(crate) request: Request,
    pub(crate) decode: Decode<T>,
    condition: PhantomData<fn() -> K>,
}

impl<T, K> Clone for Prepared<T, K> {
    fn clone(&self) -> Self {
        Self {
            operation: self.operation,
            request: self.request.clone(),
            decode: self.decode.clone(),
            condition: PhantomData,
        }
    }
}

impl<T: 'static, K> Prepared<T, K> {
    pub(crate) fn new(
        operation: &'static Operation,
        request: Request,
        decode: impl Fn(RawResponse) -> Result<Response<T>, Error> + Send + Sync + 'static,
    ) -> Self {
        Self {
            operation,
            request,
            decode: Arc::new(decode),
            condition: PhantomData,
        }
    }

    /// The same request, its response read by `read`, which is given the usual reading.
    pub(crate) fn reading<U: 'static>(
        self,
        read: impl Fn(RawResponse, &Decode<T>) -> Result<Response<U>, Error> + Send + Sync + 'static,
    ) -> Prepared<U, K> {
        let decode = self.decode;
        Prepared::new(self.operation, self.request, move |response| {
            read(response, &decode)
        })
    }

    /// The same request, on which no condition can be set.
    pub(crate) fn without_condition(self) -> Prepared<T> {
        Prepared {
            operation: self.operation,
            request: self.request,
            decode: self.decode,
            condition: PhantomData,
        }
    }
}

impl Prepared<Authorization> {
    /// The same request, whose success must bring a new token.
    pub(crate) fn issuing(self) -> Prepared<IssuedToken> {
        let operation = self.operation;
        self.reading(move |response, decode| {
            let secrets = response.secrets.clone();
            IssuedToken::from_response(decode(response)?, operation, &secrets)
        })
    }

    /// The same request, whose success says by its status whether there is a new token.
    pub(crate) fn getting_or_creating(self) -> Prepared<GetOrCreate> {
        let operation = self.operation;
        self.reading(move |response, decode| {
            let secrets = response.secrets.clone();
            GetOrCreate::from_response(decode(response)?, operation, &secrets)
        })
    }
}
