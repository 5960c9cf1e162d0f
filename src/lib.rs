#![doc = include_str!("../README.md")]
//!
//! # Where to start
//!
//! Start at [`Server`]; it makes [`OAuthApp`] and [`Authorizations`], whose methods give a [`Call`]. What went wrong is an [`Error`],
//! whose predicates say what to do about it; [`guide`] shows how to move off what is deprecated.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod api;
mod call;
#[cfg(doctest)]
mod compile_fail;
mod error;
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzzing;
mod generated;
pub mod guide;
mod model;
#[cfg(test)]
mod properties;
mod request;
mod response;
mod secret;
mod transport;

pub use api::authorizations::{Authorizations, GetOrCreate};
pub use api::batch::{Batch, Check, Revocation};
pub use api::builder::ServerBuilder;
pub use api::oauth_app::{OAuthApp, ResetOutcome};
pub use api::rotation::{Rotate, Rotation};
pub use api::server::Server;
#[cfg(feature = "blocking")]
pub use call::blocking::BlockingItems;
pub use call::call::Call;
pub use call::conditional::Conditional;
pub use call::items::Items;
pub use call::job::Job;
pub use call::page::Page;
pub use error::error::Error;
pub use error::kind::{ErrorKind, OtpDelivery, Outcome};
pub use generated::types::{
    AppPermissions, ApplicationGrant, Authorization, AuthorizationApp, ScopedInstallation,
    SimpleUser, ValidationProblem,
};
pub use model::metadata::{DeprecationHeader, Metadata};
pub use model::operations::{CredentialKind, Deprecation, Idempotency, Operation};
pub use model::permission::PermissionLevel;
pub use model::rate_limit::RateLimit;
pub use model::timestamp::Timestamp;
pub use model::token_kind::TokenKind;
pub use model::version::{ApiVersion, GhesVersion};
pub use request::arguments::{
    Account, AuthorizationUpdate, NewAuthorization, Repositories, TokenRestriction,
};
pub use request::credentials::{AppCredentials, NoCredentials, UserCredentials};
pub use request::otp::{OtpReason, OtpRequest};
/// The HTTP client, whose types [`ServerBuilder`] and [`Metadata`] use.
pub use reqwest;
pub use response::issued_token::IssuedToken;
pub use response::response::Response;
pub use secret::exposed::Exposed;
pub use secret::newtypes::{AccessToken, ClientSecret, OneTimePassword, Password};
pub use transport::deprecation::DeprecationPolicy;
pub use transport::retry::RetryPolicy;
