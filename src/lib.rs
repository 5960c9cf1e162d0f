#![doc = include_str!("../README.md")]
//!
//! # Where to start
//!
//! Start at [`Server`]; it makes [`OAuthApp`] and [`Authorizations`], whose methods give a [`Call`]. What went wrong is an [`Error`],
//! whose predicates say what to do about it; [`guide`] shows how to move off what is deprecated.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod authorizations;
#[cfg(feature = "blocking")]
mod blocking;
mod bulk;
mod call;
mod credentials;
mod decode;
mod deprecation;
mod error;
mod exchange;
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzzing;
mod generated;
pub mod guide;
mod items;
mod oauth_app;
mod operations;
mod otp;
mod page;
mod permission;
#[cfg(test)]
mod properties;
mod recover;
mod redact;
mod requests;
mod response;
mod retry;
mod secret;
mod server;
#[cfg(feature = "stand-in")]
pub mod stand_in;
mod timestamp;
mod token;
mod validate;
mod version;
mod wire;

pub use authorizations::{Authorizations, GetOrCreate};
#[cfg(feature = "blocking")]
pub use blocking::wait;
pub use bulk::Revocation;
pub use call::{Call, Conditional};
pub use credentials::{AppCredentials, UserCredentials};
pub use deprecation::DeprecationPolicy;
pub use error::{Error, ErrorKind, OtpDelivery, Phase};
pub use generated::types::{
    AppPermissions, ApplicationGrant, Authorization, AuthorizationApp, ScopedInstallation,
    SimpleUser, ValidationProblem,
};
pub use items::Items;
pub use oauth_app::{OAuthApp, ResetOutcome};
pub use operations::{Credentials, Deprecation, Operation, Repeat};
pub use page::Page;
pub use permission::PermissionLevel;
pub use requests::{AuthorizationUpdate, NewAuthorization, Repositories, Scope, Target};
/// The HTTP client, whose types [`ServerBuilder`] and [`Metadata`] use.
pub use reqwest;
pub use response::{DeprecationHeader, Metadata, RateLimit, Response};
pub use retry::RetryPolicy;
pub use secret::{AccessToken, ClientSecret, Exposed, OneTimePassword, Password};
pub use server::{Server, ServerBuilder};
pub use timestamp::Timestamp;
pub use token::TokenKind;
pub use version::{ApiVersion, GhesVersion};
