//! Describes a stand-in before it starts.

use super::server::Server;
use super::site::{Product, Site};
use super::state::{App, Otp, RateLimit, Store, User};
use super::{StandIn, token};
use crate::{GhesVersion, OtpDelivery};
use std::{fmt, io};

/// Which server the stand-in plays, and the apps and users it knows; made by [`StandIn::builder`].
///
/// ```
/// use ghes_oauth::OtpDelivery;
/// use ghes_oauth::stand_in::StandIn;
///
/// let ghes = StandIn::builder()
///     .user("octocat", "password")
///     .user_with_otp("hubot", "password", "123456", OtpDelivery::App)
///     .max_logins(3)
///     .start()?;
/// assert_eq!(ghes.requests(), 0);
/// # Ok::<(), std::io::Error>(())
/// ```
#[must_use = "a builder does nothing until `start`"]
pub struct Builder {
    product: Product,
    apps: Vec<App>,
    users: Vec<User>,
    rate_limit: Option<u32>,
    max_logins: Option<u32>,
    api_versions: Option<Vec<String>>,
}

impl Builder {
    pub(super) fn new() -> Self {
        Self {
            product: Product::Enterprise(GhesVersion::new(3, 3)),
            apps: Vec::new(),
            users: Vec::new(),
            rate_limit: None,
            max_logins: None,
            api_versions: None,
        }
    }

    /// Stands for a GHES of this version: it has the operations, members and headers of that version.
    pub fn version(mut self, version: GhesVersion) -> Self {
        self.product = Product::Enterprise(version);
        self
    }

    /// Stands for github.com instead of a GHES: [`StandIn::server_builder`] then sets up this crate's own client.
    pub fn github_com(mut self) -> Self {
        self.product = Product::GitHubCom;
        self
    }

    /// Adds an OAuth App.
    pub fn app(mut self, client_id: impl Into<String>, client_secret: impl Into<String>) -> Self {
        self.apps.push(App { client_id: client_id.into(), client_secret: client_secret.into() });
        self
    }

    /// Adds a user who signs in by password alone.
    pub fn user(self, login: impl Into<String>, password: impl Into<String>) -> Self {
        self.push_user(login.into(), password.into(), None)
    }

    /// Adds a user with two-factor authentication, who signs in with the password and this code.
    ///
    /// The code stays the same and may be used again, and no text message is ever sent.
    pub fn user_with_otp(
        self,
        login: impl Into<String>,
        password: impl Into<String>,
        code: impl Into<String>,
        delivery: OtpDelivery,
    ) -> Self {
        self.push_user(login.into(), password.into(), Some(Otp { code: code.into(), delivery }))
    }

    /// Allows this many requests in the first hour, and says so in `X-RateLimit-*` headers.
    ///
    /// Without it there is no limit and no such header, as on a GHES where nobody has switched rate limits on.
    pub fn rate_limit(mut self, requests: u32) -> Self {
        self.rate_limit = Some(requests);
        self
    }

    /// Locks a user out after this many bad logins: from then on even the right credentials get 403.
    pub fn max_logins(mut self, bad_logins: u32) -> Self {
        self.max_logins = Some(bad_logins);
        self
    }

    /// Sets which values of `X-GitHub-Api-Version` are known; the first is the default.
    ///
    /// Without it these are the versions that GitHub documents: none before GHES 3.9, `2022-11-28` from then on, and
    /// `2026-03-10` as well from GHES 3.21 on and on github.com.
    pub fn api_versions(mut self, versions: &[&str]) -> Self {
        self.api_versions = Some(versions.iter().map(|&version| version.to_owned()).collect());
        self
    }

    /// Starts it on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// [`io::Error`] where no port or no thread is to be had.
    pub fn start(self) -> io::Result<StandIn> {
        let store = Store::new(
            self.apps,
            self.users,
            self.max_logins,
            self.rate_limit.map(RateLimit::new),
            if self.product.at_least(3, 1) { token::with_prefix } else { token::hexadecimal },
        );
        let site = |address| Site::new(self.product, address, self.api_versions);
        Server::start(store, site).map(StandIn)
    }

    fn push_user(mut self, login: String, password: String, otp: Option<Otp>) -> Self {
        let id = self.users.len() as u64 + 1;
        self.users.push(User::new(id, login, password, otp));
        self
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").field("product", &self.product).finish_non_exhaustive()
    }
}
