//! Describes a fake before it starts.

use crate::fake::FakeGhes;
use crate::faults::plan::{Active, Plan};
use crate::new_token::NewToken;
use crate::server::connection::Shared;
use crate::server::listener::Listener;
use crate::spec::version::Version;
use crate::state::product::Product;
use crate::state::rate_limit::RateLimit;
use crate::state::site::{Settings, Site};
use crate::state::store::{App, Lockout, Store};
use crate::state::users::{Otp, OtpDelivery, User};
use crate::state::world::World;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;
use std::{fmt, io};

/// How long a rate limit's window is without [`Builder::rate_limit_window`].
const HOUR: Duration = Duration::from_secs(3600);

/// How many requests an hour GitHub takes that report leaked tokens.
const REPORTS: u32 = 60;

/// How many tokens one user, app and set of scopes has on GitHub.
const TOKEN_LIMIT: usize = 10;

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
    address: SocketAddr,
    settings: Settings,
    apps: Vec<App>,
    users: Vec<User>,
    tokens: Vec<NewToken>,
    rules: Vec<Active>,
    rate_limit: Option<u32>,
    window: Duration,
    max_logins: Option<u32>,
    lockout: Duration,
    token_limit: Option<usize>,
}

/// How a fake is made.
impl FakeGhes {
    /// Begins to describe a fake; without further settings it is a GHES 3.3, the last version that has all
    /// twenty operations, and knows nobody.
    pub fn builder() -> Builder {
        Builder::new()
    }
}

impl Builder {
    pub(crate) fn new() -> Self {
        Self {
            product: Product::Enterprise(Version::new(3, 3)),
            address: (Ipv4Addr::LOCALHOST, 0).into(),
            settings: Settings::default(),
            apps: Vec::new(),
            users: Vec::new(),
            tokens: Vec::new(),
            rules: Vec::new(),
            rate_limit: None,
            window: HOUR,
            max_logins: None,
            lockout: HOUR,
            token_limit: Some(TOKEN_LIMIT),
        }
    }

    /// Plays a GHES of this version: it has the operations, fields and headers of that version.
    pub fn version(mut self, major: u16, minor: u16) -> Self {
        self.product = Product::Enterprise(Version::new(major, minor));
        self
    }

    /// Plays github.com instead of a GHES: the API is at the root, without `/api/v3`.
    pub fn github_com(mut self) -> Self {
        self.product = Product::GitHubCom;
        self
    }

    /// Listens at this address; without it that is 127.0.0.1 and a free port.
    ///
    /// The fake knows its users' passwords in the clear and serves whoever reaches it: leave loopback only where nobody else is.
    pub fn bind(mut self, address: SocketAddr) -> Self {
        self.address = address;
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

    /// Adds a user with two-factor authentication, whose one-time password stays the same and may be used again.
    pub fn user_with_otp(
        self,
        login: impl Into<String>,
        password: impl Into<String>,
        otp: impl Into<String>,
        delivery: OtpDelivery,
    ) -> Self {
        let otp = Otp::fixed(otp.into(), delivery);
        self.push_user(login.into(), password.into(), Some(otp))
    }

    /// Adds a user with two-factor authentication, whose one-time passwords the closure checks, by a TOTP library for instance.
    ///
    /// As on GitHub a password that was accepted is refused when it comes again.
    ///
    /// ```
    /// use ghes_oauth_fake::{FakeGhes, OtpDelivery};
    ///
    /// let ghes = FakeGhes::builder()
    ///     .user_with_otp_check("octocat", "password", OtpDelivery::App, |otp| otp.starts_with("9"))
    ///     .start()?;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn user_with_otp_check(
        self,
        login: impl Into<String>,
        password: impl Into<String>,
        delivery: OtpDelivery,
        check: impl Fn(&str) -> bool + Send + Sync + 'static,
    ) -> Self {
        let otp = Otp::checked_by(check, delivery);
        self.push_user(login.into(), password.into(), Some(otp))
    }

    /// Adds a token that is live from the start.
    pub fn token(mut self, token: NewToken) -> Self {
        self.tokens.push(token);
        self
    }

    /// Sets how many tokens one user, app and set of scopes may have before a new one evicts the oldest: ten on GitHub and by
    /// default, `None` for any number.
    pub fn token_limit(mut self, tokens: Option<usize>) -> Self {
        self.token_limit = tokens;
        self
    }

    /// Allows this many requests an hour, and says so in `X-RateLimit-*` headers. A 304 does not count, nor does a browser's OPTIONS
    /// or what is refused before it reaches the API.
    ///
    /// Without it there is no limit and no such header, as on a GHES where nobody has switched rate limits on.
    pub fn rate_limit(mut self, requests: u32) -> Self {
        self.rate_limit = Some(requests);
        self
    }

    /// Sets the length of the rate limit's window, to milliseconds for instance, instead of an hour.
    pub fn rate_limit_window(mut self, window: Duration) -> Self {
        self.window = window;
        self
    }

    /// Locks a user out after this many bad logins: from then on even the right credentials get 403.
    pub fn max_logins(mut self, bad_logins: u32) -> Self {
        self.max_logins = Some(bad_logins);
        self
    }

    /// Sets how long a lockout lasts; an hour by default, as GitHub does not say.
    pub fn lockout(mut self, duration: Duration) -> Self {
        self.lockout = duration;
        self
    }

    /// Sets whether what GitHub ignores, or is not known to refuse, is refused: unknown fields, scopes and permissions. On by default.
    pub fn strict(mut self, strict: bool) -> Self {
        self.settings.strict = strict;
        self
    }

    /// Shows nothing to strangers: a request without credentials gets 401 "Must authenticate to access this API.", as on a GHES in
    /// private mode.
    pub fn private_mode(mut self) -> Self {
        self.settings.private_mode = true;
        self
    }

    /// Sends bodies in chunks and with weak tags, as some servers do; without it they have a length and a strong tag.
    pub fn chunked(mut self) -> Self {
        self.settings.chunked = true;
        self
    }

    /// Sets which values of `X-GitHub-Api-Version` are known; the first is the default.
    ///
    /// Without it these are the versions that GitHub documents: none before GHES 3.9, `2022-11-28` from then on, and
    /// `2026-03-10` as well from GHES 3.21 on and on github.com.
    pub fn api_versions(mut self, versions: &[&str]) -> Self {
        self.settings.api_versions = Some(owned(versions));
        self
    }

    /// Retires values of `X-GitHub-Api-Version`: a request for one of them gets 410 whatever operation it is for, in any version of
    /// GHES and on github.com.
    ///
    /// The default is then the first of the known versions that is left. GitHub documents the status and not the words; the
    /// message here names the versions that are left.
    pub fn retired_api_versions(mut self, versions: &[&str]) -> Self {
        self.settings.retired_api_versions = owned(versions);
        self
    }

    /// Responds to every `POST /authorizations` with 410, as a server does that has removed that endpoint.
    ///
    /// This holds for every GHES version that has the operation, which are all that are known; where the fake plays github.com it
    /// changes nothing, and the response is what it is for any path that leads nowhere. GitHub describes a removed endpoint for no other
    /// operation; the words of the message are not GitHub's.
    pub fn create_authorization_gone(mut self) -> Self {
        self.settings.creating_is_gone = true;
        self
    }

    pub(crate) fn rule(mut self, rule: Active) -> Self {
        self.rules.push(rule);
        self
    }

    /// Starts it.
    ///
    /// # Errors
    /// [`io::Error`] where the address cannot be bound, where no thread can be had, and where a [`token`](Self::token) is of an
    /// unknown app or user.
    pub fn start(self) -> io::Result<FakeGhes> {
        let mut store = Store::new(self.apps, self.users);
        store.lockout = self.max_logins.map(|bad_logins| Lockout {
            bad_logins,
            duration: self.lockout,
        });
        store.token_limit = self.token_limit;
        store.prefixed = self.product.at_least(3, 1);
        for token in self.tokens {
            if token.issue(&mut store).is_none() {
                let text = "a token is of an app or a user that the fake does not know";
                return Err(io::Error::new(io::ErrorKind::InvalidInput, text));
            }
        }
        let rate_limit = self
            .rate_limit
            .map(|limit| RateLimit::new(limit, self.window));
        let plan = Plan::new(self.rules);
        let shared = |address| {
            let world = World {
                site: Site::new(self.product, address, self.settings),
                store,
                rate_limit,
                report_limit: RateLimit::new(REPORTS, HOUR),
            };
            Shared::new(world, plan)
        };
        Listener::start(self.address, shared).map(FakeGhes::new)
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
            .field("address", &self.address)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
