//! A request, and the function that decodes its response.

use crate::error::error::Error;
use crate::generated::types::Authorization;
use crate::model::operation::Operation;
use crate::request::condition::NoCondition;
use crate::request::draft::Request;
use crate::request::validate;
use crate::response::get_or_create::GetOrCreate;
use crate::response::issued_token::IssuedToken;
use crate::response::raw::RawResponse;
use crate::response::response::Response;
use crate::secret::newtypes::AccessToken;
use std::marker::PhantomData;
use std::sync::Arc;

/// How a response becomes a value.
pub(crate) type Decode<T> = Arc<dyn Fn(RawResponse) -> Result<Response<T>, Error> + Send + Sync>;

/// A request and the function that decodes its response; `K` is whether it takes a condition.
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

    /// Decodes the response by `read`, which gets the usual decoding.
    pub(crate) fn reading<U: 'static>(
        self,
        read: impl Fn(RawResponse, &Decode<T>) -> Result<Response<U>, Error> + Send + Sync + 'static,
    ) -> Prepared<U, K> {
        let decode = self.decode;
        Prepared::new(self.operation, self.request, move |response| {
            read(response, &decode)
        })
    }

    /// Makes it impossible to set a condition.
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
    /// Requires a new token in a successful response.
    pub(crate) fn issuing(self) -> Prepared<IssuedToken> {
        let operation = self.operation;
        self.reading(move |response, decode| {
            let secrets = response.secrets.clone();
            IssuedToken::from_response(decode(response)?, operation, &secrets, is_token)
        })
    }

    /// Reads from the status of a successful response whether it has a new token.
    pub(crate) fn getting_or_creating(self) -> Prepared<GetOrCreate> {
        let operation = self.operation;
        self.reading(move |response, decode| {
            let secrets = response.secrets.clone();
            GetOrCreate::from_response(decode(response)?, operation, &secrets, is_token)
        })
    }
}

fn is_token(token: &AccessToken) -> bool {
    validate::access_token(token).is_ok()
}
