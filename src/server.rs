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
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::sync::Semaphore;

/// A GHES, or github.com: its address, its connections and the options for calls. It holds no credentials.
///
/// Cloning is cheap, and clones share the connections.
///
/// ```
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
    /// The headers of every request, without credentials.
    pub(crate) headers: HeaderMap,
    pub(crate) timeout: Duration,
    pub(crate) max_answer_bytes: usize,
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: Budget,
    pub(crate) deprecation: DeprecationPolicy,
    pub(crate) warned: Warned,
    pub(crate) in_flight: Option<Semaphore>,
    version: Option<GhesVersion>,
    learned: LearnedVersion,
}

impl Server {
    /// A GHES by its address: `https://HOST`, with or without port, sub-path and `/api/v3`.
    ///
    /// The addresses of github.com and of `SUB.ghe.com` are understood too.
    ///
    /// # Errors
    /// [Invalid input](crate::ErrorKind::InvalidInput) for what is no such address, for plain http beyond loopback
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

    /// A server with other options than the defaults.
    pub fn builder(url: &str) -> ServerBuilder {
        ServerBuilder::new(url)
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
        if self.supports(operation) != Some(false) {
            return Ok(());
        }
        let version = self.ghes_version();
        let server = version.map_or_else(|| "github.com".to_owned(), |version| format!("GHES {version}"));
        Err(error::not_available(operation, &server, version))
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
        f.debug_struct("Server").field("base_url", &self.base_url()).field("ghes_version", &self.ghes_version()).finish_non_exhaustive()
    }
}

/// A version that may come to be known; 0.0 stands for none.
#[derive(Default)]
struct LearnedVersion(AtomicU32);

impl LearnedVersion {
    fn get(&self) -> Option<GhesVersion> {
        let [major_high, major_low, minor_high, minor_low] = self.0.load(Ordering::Relaxed).to_be_bytes();
        let version = GhesVersion::new(u16::from_be_bytes([major_high, major_low]), u16::from_be_bytes([minor_high, minor_low]));
        (version != GhesVersion::new(0, 0)).then_some(version)
    }

    fn set(&self, version: GhesVersion) {
        self.0.store(u32::from(version.major()) << 16 | u32::from(version.minor()), Ordering::Relaxed);
    }
}
