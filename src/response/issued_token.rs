//! A new token and its authorization.

use crate::error::error::Error;
use crate::error::kind::{ErrorKind, Outcome};
use crate::generated::types::Authorization;
use crate::model::lenient::{self, Lenient, deserialize};
use crate::model::operation::Operation;
use crate::response::response::Response;
use crate::secret::newtypes::AccessToken;
use crate::secret::redact::Secrets;
use crate::secret::serialize::by_field;
use serde_core::de::MapAccess;

/// A token that a call has created, and its authorization.
/// No later response shows the token: store it. It serializes only within [`Exposed`](crate::Exposed) or [`Redacted`](crate::Redacted), and
/// `Debug` does not show the token.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct IssuedToken {
    /// The new token.
    pub token: AccessToken,
    /// What the token may do. Its own `token` is `None`, because the new token is beside it.
    pub authorization: Authorization,
}

by_field!(refused IssuedToken: secret token, secret authorization);
deserialize!(IssuedToken, "IssuedToken needs `token` and `authorization`");

impl Lenient for IssuedToken {
    fn from_object<'de, A: MapAccess<'de>>(mut from: A) -> Result<Option<Self>, A::Error> {
        let (mut token, mut authorization) = (None, None);
        while let Some(name) = lenient::name(&mut from)? {
            match &*name {
                "token" => lenient::field(&mut token, &mut from)?,
                "authorization" => lenient::field(&mut authorization, &mut from)?,
                _ => lenient::skip(&mut from)?,
            }
        }
        let both = token.zip(authorization);
        Ok(both.map(|(token, authorization)| Self {
            token,
            authorization,
        }))
    }
}

/// The value of a call that creates or replaces a token: [`IssuedToken`] or [`GetOrCreate`](crate::GetOrCreate).
///
/// Such a call has [`Call::deliver_to`](crate::Call::deliver_to). The trait cannot be implemented outside of this crate.
pub trait HoldsNewToken: sealed::Sealed {}

pub(super) mod sealed {
    pub trait Sealed {}
}

impl sealed::Sealed for IssuedToken {}
impl HoldsNewToken for IssuedToken {}

impl IssuedToken {
    /// Takes the token from a success. A success without a token is an error whose outcome is "performed", and so is one with another text in
    /// the token's place, such as `***`, which the error carries.
    pub(crate) fn from_response(
        response: Response<Authorization>,
        operation: &'static Operation,
        secrets: &Secrets,
        is_token: fn(&AccessToken) -> bool,
    ) -> Result<Response<Self>, Error> {
        let (mut authorization, metadata) = response.into_parts();
        let (text, token) = match authorization.token.take() {
            Some(token) if is_token(&token) => {
                let issued = Self {
                    token,
                    authorization,
                };
                return Ok(Response::new(issued, metadata));
            }
            Some(other) => (
                "the server performed the operation, but the token in its response is malformed",
                Some(other),
            ),
            None => (
                "the server performed the operation, but its response has no token: the new token is lost",
                None,
            ),
        };
        let error = Error::new(ErrorKind::Decode, text)
            .at(operation)
            .with_outcome(Outcome::Performed)
            .with_metadata(metadata.for_error(secrets));
        Err(match token {
            Some(token) => error.with_token(token),
            None => error,
        })
    }
}
