//! An authorization that existed already, or that the call created.

use crate::error::error::Error;
use crate::generated::types::Authorization;
use crate::model::operation::Operation;
use crate::model::variants::variants;
use crate::response::issued_token::{HoldsNewToken, IssuedToken, sealed};
use crate::response::response::Response;
use crate::secret::newtypes::AccessToken;
use crate::secret::redact::Secrets;
use reqwest::StatusCode;

/// The result of a get-or-create call.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(rename_all = "snake_case")
)]
pub enum GetOrCreate {
    /// The authorization was created now (201), with a new token, which no later response shows.
    Created(IssuedToken),
    /// The authorization existed already (200). GitHub does not reveal its token; if a server does, it is in `token`.
    Existing(Authorization),
}

variants!(refused GetOrCreate: Created(issued) = "created", Existing(found) = "existing");

impl GetOrCreate {
    /// Returns the authorization, new or not.
    pub fn authorization(&self) -> &Authorization {
        match self {
            Self::Created(issued) => &issued.authorization,
            Self::Existing(authorization) => authorization,
        }
    }

    /// Returns the token if the response has one, whatever its status. GitHub reveals only a token that it has just created.
    pub fn created_token(&self) -> Option<&AccessToken> {
        match self {
            Self::Created(issued) => Some(&issued.token),
            Self::Existing(authorization) => authorization.token.as_ref(),
        }
    }

    /// Decodes a success: 201 must have a new token, and 200 is an authorization that existed.
    pub(crate) fn from_response(
        response: Response<Authorization>,
        operation: &'static Operation,
        secrets: &Secrets,
        is_token: fn(&AccessToken) -> bool,
    ) -> Result<Response<Self>, Error> {
        if response.metadata().status() == StatusCode::CREATED {
            let (issued, metadata) =
                IssuedToken::from_response(response, operation, secrets, is_token)?.into_parts();
            return Ok(Response::new(Self::Created(issued), metadata));
        }
        let (authorization, metadata) = response.into_parts();
        Ok(Response::new(Self::Existing(authorization), metadata))
    }
}

impl sealed::Sealed for GetOrCreate {}
impl HoldsNewToken for GetOrCreate {}
