//! The settings of a fake.

mod limits;
mod people;
mod site;

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
use crate::state::users::User;
use crate::state::world::World;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::{Duration, SystemTime};
use std::{fmt, io};

/// How long a rate limit's window is without [`Builder::rate_limit_window`].
const HOUR: Duration = Duration::from_secs(3600);

/// How many requests an hour with reports of leaked tokens GitHub accepts.
const REPORTS: u32 = 60;

/// How many tokens one user, app and set of scopes has on GitHub.
const TOKEN_LIMIT: usize = 10;

/// The settings of a fake: its version, apps and users. Created by [`FakeGhes::builder`].
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
    time: Option<SystemTime>,
    rate_limit: Option<u32>,
    window: Duration,
    max_logins: Option<u32>,
    lockout: Duration,
    token_limit: Option<usize>,
}

/// How a fake is created.
impl FakeGhes {
    /// Creates the settings of a GHES 3.3, the last version with all operations of a GHES, without apps and users.
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
            time: None,
            rate_limit: None,
            window: HOUR,
            max_logins: None,
            lockout: HOUR,
            token_limit: Some(TOKEN_LIMIT),
        }
    }

    /// Makes it a GHES of this version, with the operations, fields and headers of that version.
    pub fn version(mut self, major: u16, minor: u16) -> Self {
        self.product = Product::Enterprise(Version::new(major, minor));
        self
    }

    /// Makes it github.com instead of a GHES: the API is at the root, without `/api/v3`.
    pub fn github_com(mut self) -> Self {
        self.product = Product::GitHubCom;
        self
    }

    /// Listens at this address; by default at 127.0.0.1 and a free port.
    ///
    /// The fake stores its users' passwords in the clear and serves every client that reaches it: use another address than loopback only in
    /// a closed network.
    pub fn bind(mut self, address: SocketAddr) -> Self {
        self.address = address;
        self
    }

    pub(crate) fn rule(mut self, rule: Active) -> Self {
        self.rules.push(rule);
        self
    }

    /// Starts the fake.
    ///
    /// # Errors
    /// [`io::Error`] if the address cannot be bound, if no thread can be started, and if a [`token`](Self::token) names an unknown app or
    /// user.
    pub fn start(self) -> io::Result<FakeGhes> {
        let mut store = Store::new(self.apps, self.users);
        store.lockout = self.max_logins.map(|bad_logins| Lockout {
            bad_logins,
            duration: self.lockout,
        });
        store.token_limit = self.token_limit;
        store.prefixed = self.product.at_least(3, 1);
        if let Some(time) = self.time {
            store.clock.set(time);
        }
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
