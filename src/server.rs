//! A server, and everything that is the same for all calls to it.

mod base_url;
mod builder;
#[cfg(feature = "tls")]
mod tls;

pub use builder::ServerBuilder;

use crate::credentials::{AppCredentials, UserCredentials};
use crate::deprecation::{DeprecationPolicy, Warned};
use crate::operations::Operation;
use crate::retry::{Budget, RetryPolicy};
use crate::{Authorizations, Error, GhesVersion, OAuthApp, error};
use base_url::{BaseUrl, Host};
use reqwest::Url;
use reqwest::header::HeaderMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::Instant;

/// A GHES, or github.com: its address, its connections and the options for calls. It holds no credentials.
///
/// Cloning is cheap, and clones share the connections.
///
/// ```no_run
/// use ghes_oauth::{AppCredentials, Server};
///
/// # fn main() -> Result<(), ghes_oauth::Error> {
/// let server = Server::enterprise("https://ghe.example.com")?;
/// let app = server.oauth_app(AppCredentials::new("Iv1.8a61f9b3a7aba766", "client-secret"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Server(pub(crate) Arc<Shared>);

/// What the clones of a server share.
pub(crate) struct Shared {
    base: BaseUrl,
    pub(crate) http: reqwest::Client,
    /// Whether the HTTP client came ready from the caller, who may have let it do more than send.
    pub(crate) is_callers_client: bool,
    /// The headers of every request, without credentials.
    pub(crate) headers: HeaderMap,
    pub(crate) timeout: Duration,
    pub(crate) max_answer_bytes: usize,
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: Budget,
    pub(crate) deprecation: DeprecationPolicy,
    pub(crate) warned: Warned,
    pub(crate) in_flight: Option<Arc<Semaphore>>,
    version: Option<GhesVersion>,
    learned: LearnedVersion,
}

impl Server {
    /// A GHES by its address: `https://HOST`, with or without port, sub-path and `/api/v3`.
    ///
    /// The addresses of github.com and of `SUB.ghe.com` are understood too.
    ///
    /// # Errors
    /// [Invalid input](crate::ErrorKind::InvalidInput) for anything that is not such an address, for plain http beyond loopback
    /// and for credentials in the URL; [configuration](crate::ErrorKind::Configuration) where TLS cannot be set up.
    pub fn enterprise(url: &str) -> Result<Self, Error> {
        Self::builder(url).build()
    }

    /// github.com.
    ///
    /// # Errors
    /// [Configuration](crate::ErrorKind::Configuration) where TLS cannot be set up.
    pub fn github() -> Result<Self, Error> {
        Self::enterprise("https://github.com")
    }

    /// A server with options other than the defaults.
    pub fn builder(url: &str) -> ServerBuilder {
        ServerBuilder::new(url, BaseUrl::parse)
    }

    /// The same for a stand-in that plays github.com, as its address does not say so. No public function leads here with a URL of
    /// the caller's.
    #[cfg(feature = "stand-in")]
    pub(crate) fn builder_for_github_com_stand_in(url: &str) -> ServerBuilder {
        ServerBuilder::new(url, |url, _| BaseUrl::github_com_on_loopback(url))
    }

    /// The operations that take an OAuth App's credentials.
    pub fn oauth_app(&self, credentials: AppCredentials) -> OAuthApp {
        OAuthApp::new(self.clone(), credentials)
    }

    /// The operations that take a user's credentials: the deprecated OAuth Authorizations API.
    pub fn authorizations(&self, credentials: UserCredentials) -> Authorizations {
        Authorizations::new(self.clone(), credentials)
    }

    /// The base of the API, without a slash at its end.
    pub fn base_url(&self) -> &str {
        &self.0.base.text
    }

    pub(crate) fn url(&self) -> &Url {
        &self.0.base.url
    }

    /// The GHES version that was set, or else the one that the last answer named; `None` for github.com.
    ///
    /// A version learned from an answer makes the client refuse operations for one hour; after that it asks the server again, which
    /// may have been upgraded.
    pub fn ghes_version(&self) -> Option<GhesVersion> {
        match self.0.base.host {
            Host::GithubCom => None,
            Host::Enterprise => self.0.version.or_else(|| self.0.learned.get()),
        }
    }

    /// Whether the server has an operation; `None` for a GHES whose version is not known yet.
    pub fn supports(&self, operation: &Operation) -> Option<bool> {
        match self.0.base.host {
            Host::GithubCom => Some(operation.on_github_com()),
            Host::Enterprise => self.ghes_version().map(|version| operation.is_in(version)),
        }
    }

    /// Refuses, before anything is sent, an operation that the server is known not to have.
    pub(crate) fn require(&self, operation: &'static Operation) -> Result<(), Error> {
        if self.supports(operation) != Some(false) || self.may_have_been_upgraded() {
            return Ok(());
        }
        let version = self.ghes_version();
        let server = version.map_or_else(
            || "github.com".to_owned(),
            |version| format!("GHES {version}"),
        );
        Err(error::not_available(operation, &server, version))
    }

    /// Whether what is known of the version was learned so long ago that the server has to be asked again.
    fn may_have_been_upgraded(&self) -> bool {
        self.0.base.host == Host::Enterprise && self.0.version.is_none() && self.0.learned.is_old()
    }

    /// Remembers the version that an answer named.
    pub(crate) fn learn(&self, version: Option<GhesVersion>) {
        if let Some(version) = version {
            self.0.learned.set(version);
        }
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("base_url", &self.base_url())
            .field("ghes_version", &self.ghes_version())
            .finish_non_exhaustive()
    }
}

/// How long an operation is refused by a version that an answer named: a server may be upgraded while its clients run.
const LEARNED_FOR: Duration = Duration::from_secs(3600);

/// A version that may come to be known, and when it was.
#[derive(Default)]
struct LearnedVersion(Mutex<Option<(GhesVersion, Instant)>>);

impl LearnedVersion {
    fn get(&self) -> Option<GhesVersion> {
        self.locked().map(|(version, _)| version)
    }

    fn is_old(&self) -> bool {
        self.locked()
            .is_some_and(|(_, since)| since.elapsed() >= LEARNED_FOR)
    }

    fn set(&self, version: GhesVersion) {
        *self.locked() = Some((version, Instant::now()));
    }

    fn locked(&self) -> MutexGuard<'_, Option<(GhesVersion, Instant)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
