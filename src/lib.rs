//! Manages OAuth tokens on GitHub Enterprise Server (GHES) and github.com.
//!
//! ```no_run
//! use ghes_oauth::{AccessToken, AppCredentials, Server};
//!
//! # async fn example(client_secret: String, token: AccessToken) -> Result<(), ghes_oauth::Error> {
//! let server = Server::new("https://ghe.example.com")?; // knows /api/v3; also Server::github()
//! let app = server.oauth_app(AppCredentials::new("Iv1.8a61f9b3a7aba766", client_secret)?);
//! match app.check_token(&token).await? {
//!     Some(authorization) => println!("live, with scopes {:?}", authorization.scopes),
//!     None => println!("not a live token of this app"),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! | to | start at |
//! |---|---|
//! | set up a server | [`Server::new`], [`Server::github`], [`Server::builder`] |
//! | check, rotate, narrow, revoke an app's tokens | [`OAuthApp`] |
//! | know a token that is not live from a server that is down | [`OAuthApp::check_token`] |
//! | use the deprecated OAuth Authorizations API | [`Authorizations`] |
//! | set a timeout or a condition, read status and headers | [`Call`], [`Response`] |
//! | find out what failed, and whether the server performed the operation | [`Error`], [`ErrorKind`], [`Outcome`] |
//! | store or log a value that holds a token | [`Exposed`], [`Redacted`] |
//! | look up which server versions have an operation | [`Operation`] |
//!
//! **Guides**, each a job from start to end:
//! [rotating tokens](https://docs.rs/ghes-oauth/latest/ghes_oauth/guides/rotation/index.html),
//! [responding to a leak](https://docs.rs/ghes-oauth/latest/ghes_oauth/guides/leak_response/index.html),
//! [one-time passwords](https://docs.rs/ghes-oauth/latest/ghes_oauth/guides/one_time_passwords/index.html),
//! [moving off the Authorizations API](https://docs.rs/ghes-oauth/latest/ghes_oauth/guides/migration/index.html),
//! [testing with the fake](https://docs.rs/ghes-oauth/latest/ghes_oauth/guides/testing/index.html),
//! [behind a corporate proxy and a private CA](https://docs.rs/ghes-oauth/latest/ghes_oauth/guides/corporate_network/index.html),
//! [from octocrab, Octokit and PyGithub](https://docs.rs/ghes-oauth/latest/ghes_oauth/guides/from_other_clients/index.html).
//!
//! # Logs and traces
//!
//! The crate reports to [`tracing`](https://docs.rs/tracing) under the target `ghes_oauth`. Fields have the names of OpenTelemetry's
//! conventions for HTTP clients where there is one; the others, such as `operation` and `wait_ms`, are this crate's own.
//!
//! | what | level | fields |
//! |---|---|---|
//! | a span for each call | INFO | `otel.name`, `otel.kind`, `operation`, `http.request.method`, `url.template`, `server.address`, `server.port`; at its end `http.response.status_code`, `http.request.resend_count`, `error.type`, `otel.status_code` |
//! | an event for each attempt | DEBUG | `operation`, `attempt`, `http.response.status_code` or `error.type`, `retry_in_ms` |
//! | a wait for a rate limit | WARN | `operation`, `wait_ms`, `until` |
//! | the first call of a deprecated operation in a process | WARN | `operation`, `note`, `replacement`, `server.address`, `server.port` |
//!
//! An attempt is a request: the first one, a retry, one that follows a redirect, one with another one-time password. `attempt` counts them
//! from 1, `http.request.resend_count` is their number without the first, and `retry_in_ms` is the wait before a retry. A call that fails
//! before its next request, for instance because the source of one-time passwords declines, has no event for that request. The warnings of
//! a call belong to its span; a rotation's and a batch's waits belong to the caller's.
//!
//! No field holds a secret or a URL. The repository's example `traces` exports them with OpenTelemetry.
//!
//! # Inside
//!
//! A call passes through the folders of `src/` from top to bottom, and a module imports only from its own folder and those below it.
//!
//! | folder | what it does |
//! |---|---|
//! | `api` | takes the arguments |
//! | `call` | holds one call and its options |
//! | `transport` | sends the call, and retries it where that is safe |
//! | `request` | validates the arguments and builds the request |
//! | `response` | decodes the response, or turns it into an error |
//! | `error` | defines the error type |
//! | `model` | holds GitHub's data types |
//! | `secret` | keeps secrets out of everything that is printed |
//!
//! The code in `generated` connects the operations of the spec with `request` and `response`.
#![cfg_attr(
    docsrs,
    feature(doc_cfg),
    doc(auto_cfg(hide(docsrs, feature = "__tls")))
)]

// Before `model`, which adds methods to `AccessToken`: rustdoc shows the methods of a type in the order of the modules.
mod secret;

mod api;
mod call;
#[cfg(doctest)]
mod compile_fail;
mod error;
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzzing;
mod generated;
#[cfg(docsrs)]
pub mod guides;
mod model;
#[cfg(test)]
mod properties;
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
mod request;
mod response;
mod transport;

pub use api::authorizations::Authorizations;
pub use api::batch::{Batch, Tokens};
pub use api::builder::ServerBuilder;
pub use api::oauth_app::OAuthApp;
pub use api::rotation::{Rotate, Rotation};
pub use api::server::Server;
pub use api::verdict::{Check, Revocation};
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
    AppPermissions, AppPermissionsBuilder, ApplicationGrant, Authorization, AuthorizationApp,
    ScopedInstallation, SimpleUser, ValidationProblem,
};
/// The types of status codes and headers in [`Metadata`] and [`Error`].
pub use http;
pub use model::id::{AuthorizationId, GrantId, InvalidId};
pub use model::metadata::{DeprecationHeader, Metadata};
pub use model::operation::{CredentialKind, Deprecation, Idempotency, Operation};
pub use model::permission::PermissionLevel;
pub use model::rate_limit::RateLimit;
pub use model::timestamp::Timestamp;
pub use model::token_kind::{ParseTokenKindError, TokenKind};
pub use model::version::{ApiVersion, GhesVersion, ParseVersionError};
pub use request::arguments::{
    Account, AuthorizationUpdate, NewAuthorization, Repositories, TokenRestriction,
};
pub use request::condition::{NoCondition, TakesCondition};
pub use request::credentials::{AppCredentials, NoCredentials, UserCredentials};
pub use request::otp::{OtpReason, OtpRequest};
/// The HTTP client, whose types [`ServerBuilder`] accepts.
pub use reqwest;
pub use response::get_or_create::GetOrCreate;
pub use response::issued_token::{HoldsNewToken, IssuedToken};
pub use response::response::Response;
pub use secret::exposed::{Exposed, Redacted};
pub use secret::newtypes::{AccessToken, ClientSecret, OneTimePassword, Password};
#[cfg_attr(
    docsrs,
    doc(cfg(any(feature = "rustls-ring", feature = "rustls-aws-lc-rs")))
)]
#[cfg(feature = "__tls")]
pub use secret::private_key::PrivateKey;
pub use secret::serialize::SerializeSecrets;
pub use transport::deprecation::DeprecationPolicy;
pub use transport::retry::RetryPolicy;
