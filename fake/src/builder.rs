//! Describes a fake before it starts.

use crate::api_versions::ApiVersions;
use crate::fake::FakeGhes;
use crate::rate_limit::RateLimit;
use crate::server::Server;
use crate::site::{Product, Site};
use crate::state::{App, Otp, OtpDelivery, Store, User};
use crate::token;
use crate::version::Version;
use std::{fmt, io};

/// Which server the fake plays, and the apps and users it knows; made by [`FakeGhes::builder`].
///
/// ```
/// use ghes_oauth_fake::{FakeGhes, OtpDelivery};
///
/// let ghes = FakeGhes::builder()
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
    retired_api_versions: Vec<String>,
    creating_is_gone: bool,
}

impl Builder {
    pub(crate) fn new() -> Self {
        Self {
            product: Product::Enterprise(Version::new(3, 3)),
            apps: Vec::new(),
            users: Vec::new(),
            rate_limit: None,
            max_logins: None,
            api_versions: None,
            retired_api_versions: Vec::new(),
            creating_is_gone: false,
        }
    }

    /// Stands for a GHES of this version: it has the operations, members and headers of that version.
    pub fn version(mut self, major: u16, minor: u16) -> Self {
        self.product = Product::Enterprise(Version::new(major, minor));
        self
    }

    /// Stands for github.com instead of a GHES: the API is at the root, without `/api/v3`.
    pub fn github_com(mut self) -> Self {
        self.product = Product::GitHubCom;
        self
    }

    /// Adds an OAuth App.
    pub fn app(mut self, client_id: impl Into<String>, client_secret: impl Into<String>) -> Self {
        self.apps.push(App {
            client_id: client_id.into(),
            client_secret: client_secret.into(),
        });
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
        self.push_user(
            login.into(),
            password.into(),
            Some(Otp {
                code: code.into(),
                delivery,
            }),
        )
    }

    /// Allows this many requests an hour, and says so in `X-RateLimit-*` headers. A 304 does not count, nor does a browser's OPTIONS
    /// or what is refused before it reaches the API.
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
        self.api_versions = Some(owned(versions));
        self
    }

    /// Retires values of `X-GitHub-Api-Version`: a request for one of them gets 410 whatever operation it is for, in any version of GHES and
    /// on github.com.
    ///
    /// The default is then the first of the known versions that is left. GitHub documents the status and not the words; the
    /// message here names the versions that are left.
    pub fn retired_api_versions(mut self, versions: &[&str]) -> Self {
        self.retired_api_versions = owned(versions);
        self
    }

    /// Answers every `POST /authorizations` with 410, as a server does that has removed that endpoint.
    ///
    /// This holds for every GHES version that has the operation, which are 2.18 to 3.22; where the fake plays github.com it
    /// changes nothing, and the answer is what it is for any path that leads nowhere. GitHub describes a removed endpoint for no other operation;
    /// the words of the message are not GitHub's.
    pub fn create_authorization_gone(mut self) -> Self {
        self.creating_is_gone = true;
        self
    }

    /// Starts it on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// [`io::Error`] where no port or no thread is to be had.
    pub fn start(self) -> io::Result<FakeGhes> {
        let store = Store::new(
            self.apps,
            self.users,
            self.max_logins,
            self.rate_limit.map(RateLimit::new),
            if self.product.at_least(3, 1) {
                token::with_prefix
            } else {
                token::hexadecimal
            },
        );
        let api_versions =
            ApiVersions::new(self.product, self.api_versions, self.retired_api_versions);
        let site = |address| Site::new(self.product, address, api_versions, self.creating_is_gone);
        Server::start(store, site).map(FakeGhes)
    }

    fn push_user(mut self, login: String, password: String, otp: Option<Otp>) -> Self {
        let id = self.users.len() as u64 + 1;
        self.users.push(User::new(id, login, password, otp));
        self
    }
}

fn owned(versions: &[&str]) -> Vec<String> {
    versions.iter().map(|&version| version.to_owned()).collect()
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("product", &self.product)
            .finish_non_exhaustive()
    }
}
