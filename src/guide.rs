//! Moving off what is deprecated.
//!
//! # From a token in the path to a token in the body
//!
//! The four operations with the token in their URL are gone from GHES 3.4 on. Each has a successor with the same
//! arguments and the same response, so moving is a rename, which the compiler's warning spells out:
//!
//! | deprecated | instead |
//! |---|---|
//! | `OAuthApp::check_authorization(&token)` | [`OAuthApp::check_token`]`(&token)` |
//! | `OAuthApp::reset_authorization(&token)` | [`OAuthApp::reset_token`]`(&token)` |
//! | `OAuthApp::revoke_authorization_for_application(&token)` | [`OAuthApp::delete_token`]`(&token)` |
//! | `OAuthApp::revoke_grant_for_application(&token)` | [`OAuthApp::delete_authorization`]`(&token)` |
//!
//! The successors came with GHES 2.20; a server from 2.20 to 3.3 has both.
//!
//! # From the OAuth Authorizations API to the web application flow
//!
//! The ten operations of [`Authorizations`] need a user's password. github.com removed them in 2020; every GHES up to
//! Every version known today serves them, and its documentation names no version that will drop them. What takes their place:
//!
//! | what scripts do | deprecated | instead |
//! |---|---|---|
//! | make a token for an app | `create_authorization`, `get_or_create_authorization_for_app…` | the [web application flow] where there is a browser, the [device flow] where there is none; the [`oauth2`](https://docs.rs/oauth2) crate runs both |
//! | make a token for oneself | `create_authorization(None, …)` | the user's settings, "Personal access tokens" |
//! | change a token's scopes | `update_authorization` | the web application flow once more, with the scopes that are wanted |
//! | see whether a token is good | `get_authorization`, `list_authorizations` | [`OAuthApp::check_token`] |
//! | revoke a token | `delete_authorization` | [`OAuthApp::delete_token`] |
//! | take an app's access away | `delete_grant` | [`OAuthApp::delete_authorization`], or the user's settings, "Authorized OAuth Apps" |
//! | see which apps have access | `list_grants`, `get_grant` | the user's settings |
//! | revoke leaked tokens whose app one does not own | – | `POST /credentials/revoke` on github.com, which needs no credentials and is not part of this crate |
//!
//! The two requests of the device flow, on a GHES, with any HTTP client:
//!
//! ```text
//! POST https://HOST/login/device/code         client_id=…&scope=repo
//!   → device_code, user_code, verification_uri, interval (seconds)
//! POST https://HOST/login/oauth/access_token  client_id=…&device_code=…&grant_type=urn:ietf:params:oauth:grant-type:device_code
//!   → access_token, once the user has typed the code at verification_uri
//! ```
//!
//! What comes out is an [`AccessToken`] like any other. To find what is left to move, forbid the deprecated operations
//! and see what fails:
//!
//! ```no_run
//! use ghes_oauth::{DeprecationPolicy, Server};
//!
//! # fn main() -> Result<(), ghes_oauth::Error> {
//! let server = Server::builder("https://ghe.example.com").deprecation_policy(DeprecationPolicy::Deny).build()?;
//! # let _ = server;
//! # Ok(())
//! # }
//! ```
//!
//! [web application flow]: https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps#web-application-flow
//! [device flow]: https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps#device-flow
#![allow(unused_imports, reason = "the links above need them in scope")]

use crate::api::authorizations::Authorizations;
use crate::api::oauth_app::OAuthApp;
use crate::secret::newtypes::AccessToken;
