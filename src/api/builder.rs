//! The options of a server.

use crate::api::base_url;
use crate::api::http::HttpSettings;
use crate::api::server::Server;
#[cfg(feature = "__tls")]
use crate::api::tls;
use crate::error::error::Error;
use crate::model::version::{ApiVersion, GhesVersion};
use crate::transport::clients::Clients;
use crate::transport::deprecation::{DeprecationPolicy, Warned};
use crate::transport::in_flight::Permits;
use crate::transport::retry::{Budget, RetryPolicy};
use crate::transport::transport::{LearnedVersion, Transport};
use reqwest::header::{ACCEPT, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// The default for [`ServerBuilder::max_response_bytes`]: a page of 100 takes some 300 KB.
const MAX_RESPONSE_BYTES: usize = 8 * 1024 * 1024;

/// Sets up a [`Server`] with options other than the defaults.
///
/// ```no_run
/// use ghes_oauth::{ApiVersion, DeprecationPolicy, GhesVersion, Server};
/// use std::time::Duration;
///
/// # fn main() -> Result<(), ghes_oauth::Error> {
/// let server = Server::builder("https://ghe.example.com")
///     .ghes_version(GhesVersion::new(3, 3))
///     .api_version(ApiVersion::unspecified()) // the header came with GHES 3.9
///     .user_agent("token-janitor/1.4")
///     .timeout(Duration::from_secs(10))
///     .deprecation_policy(DeprecationPolicy::Deny)
///     .build()?;
/// # Ok(())
/// # }
/// ```
#[must_use = "a builder does nothing until `build`"]
pub struct ServerBuilder {
    url: String,
    is_github: bool,
    is_exact: bool,
    allow_plain_http: bool,
    version: Option<GhesVersion>,
    api_version: ApiVersion,
    user_agent: Option<String>,
    timeout: Duration,
    max_response_bytes: usize,
    retry: RetryPolicy,
    deprecation: DeprecationPolicy,
    max_in_flight: Option<usize>,
    permit_timeout: Option<Duration>,
    http: HttpSettings,
    #[cfg(feature = "__tls")]
    root_certificates: Vec<Vec<u8>>,
}

/// How a server is made.
impl Server {
    /// A GHES by its address: `https://HOST`, with or without port, sub-path and `/api/v3`.
    ///
    /// The addresses of github.com and of `SUB.ghe.com` are understood too.
    ///
    /// # Errors
    /// [Invalid input](crate::ErrorKind::InvalidInput) for anything that is not such an address, for plain http beyond loopback
    /// and for credentials in the URL; [configuration](crate::ErrorKind::Configuration) where TLS cannot be set up.
    pub fn new(url: &str) -> Result<Self, Error> {
        Self::builder(url).build()
    }

    /// github.com.
    ///
    /// # Errors
    /// [Configuration](crate::ErrorKind::Configuration) where TLS cannot be set up.
    pub fn github() -> Result<Self, Error> {
        Self::new("https://github.com")
    }

    /// A server with options other than the defaults.
    pub fn builder(url: &str) -> ServerBuilder {
        ServerBuilder::new(url)
    }
}

impl ServerBuilder {
    fn new(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            is_github: false,
            is_exact: false,
            allow_plain_http: false,
            version: None,
            api_version: ApiVersion::default(),
            user_agent: None,
            timeout: Duration::from_secs(30),
            max_response_bytes: MAX_RESPONSE_BYTES,
            retry: RetryPolicy::default(),
            deprecation: DeprecationPolicy::default(),
            max_in_flight: None,
            permit_timeout: None,
            http: HttpSettings::default(),
            #[cfg(feature = "__tls")]
            root_certificates: Vec::new(),
        }
    }

    /// The version of the GHES; without it, the client learns it from the server's responses.
    ///
    /// It has no effect for github.com.
    pub fn ghes_version(mut self, version: GhesVersion) -> Self {
        self.version = Some(version);
        self
    }

    /// Takes the address as the base of the API as it is, without adding `/api/v3`; for a GHES whose API is elsewhere.
    ///
    /// ```
    /// use ghes_oauth::Server;
    ///
    /// let server = Server::builder("https://api.ghe.corp").exact_base_url().build()?;
    /// assert_eq!(server.base_url(), "https://api.ghe.corp");
    /// # Ok::<(), ghes_oauth::Error>(())
    /// ```
    pub fn exact_base_url(mut self) -> Self {
        self.is_exact = true;
        self
    }

    /// Treats the server as github.com: the API is at the root of the address, without `/api/v3`, and the operations that only GHES
    /// has are refused before anything is sent.
    ///
    /// It is for tests against a fake of github.com, and so takes an address on loopback only. The real github.com is recognized by
    /// its name.
    ///
    /// ```
    /// use ghes_oauth::Server;
    ///
    /// let server = Server::builder("http://127.0.0.1:8080").as_github().build()?;
    /// assert_eq!(server.base_url(), "http://127.0.0.1:8080");
    /// # Ok::<(), ghes_oauth::Error>(())
    /// ```
    pub fn as_github(mut self) -> Self {
        self.is_github = true;
        self
    }

    /// The version of the REST API to ask for; `2022-11-28` by default.
    pub fn api_version(mut self, version: ApiVersion) -> Self {
        self.api_version = version;
        self
    }

    /// The caller's own name and version, put before this crate's in `User-Agent`.
    pub fn user_agent(mut self, name: impl Into<String>) -> Self {
        self.user_agent = Some(name.into());
        self
    }

    /// The time that a whole call may take, repeats included but not the waits for rate limits; 30 seconds by default.
    ///
    /// A request that may be repeated is sent again when its response has not begun after half of that time, and after 15 seconds at
    /// the earliest. A call that must not be repeated gets once as much more time as the program was late to see that its time was
    /// over, from 20 milliseconds to five seconds: what came while the program was held up may be the only copy of a token.
    ///
    /// With no time at all nothing is sent, and a call gives a [timeout](crate::ErrorKind::Timeout).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The time that making a connection may take, TLS included; 10 seconds by default.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.http.connect_timeout = timeout;
        self
    }

    /// The longest response to accept, in bytes; 8 MiB by default.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.max_response_bytes = bytes;
        self
    }

    /// When calls are sent again.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// What to do when a deprecated operation is called; a warning by default.
    pub fn deprecation_policy(mut self, policy: DeprecationPolicy) -> Self {
        self.deprecation = policy;
        self
    }

    /// How many requests may be in flight at one time, at least one; no limit by default.
    ///
    /// Further calls wait for a permit, and the wait does not count towards their time. A call that is dropped while it waits is never
    /// sent. A call holds its permit from the sending of a request until its response is read, and not while it waits for a rate
    /// limit, before another attempt, or for a one-time password.
    pub fn max_in_flight(mut self, calls: usize) -> Self {
        self.max_in_flight = Some(calls);
        self
    }

    /// Sets how long a call may wait for a permit of [`max_in_flight`](Self::max_in_flight); no limit by default.
    ///
    /// A call that gets none in that time fails with [`ErrorKind::Timeout`](crate::ErrorKind::Timeout), and nothing is sent.
    pub fn permit_timeout(mut self, timeout: Duration) -> Self {
        self.permit_timeout = Some(timeout);
        self
    }

    /// Allows plain http beyond loopback: credentials and tokens then go over the network in the clear.
    pub fn allow_plain_http(mut self) -> Self {
        self.allow_plain_http = true;
        self
    }

    /// Trusts one more certificate authority, as PEM; for a GHES with a certificate from a private CA.
    #[cfg(feature = "__tls")]
    pub fn root_certificate(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.root_certificates.push(pem.into());
        self
    }

    /// Sends through this proxy. Refused for an API over plain http: the proxy would read the secrets.
    pub fn proxy(mut self, proxy: reqwest::Proxy) -> Self {
        self.http.proxies.push(proxy);
        self
    }

    /// Takes the proxy from the environment (`HTTPS_PROXY` and the like); off by default.
    ///
    /// The system's own settings, beyond the variables, are read only where reqwest's feature `system-proxy` is on.
    pub fn system_proxy(mut self) -> Self {
        self.http.system_proxy = true;
        self
    }

    /// Changes the HTTP client's settings.
    ///
    /// It is called for each HTTP client that the server needs: one for the thread of this crate, which [`Call`](crate::Call) describes, and
    /// one for each tokio runtime that awaits calls, since a connection belongs to the runtime that opened it.
    ///
    /// What this crate promises is set after it: no redirects, no `Referer`, no retries behind its back, no verbose
    /// logging, no decompression, the TLS set-up, the connection timeout (set it by [`connect_timeout`](Self::connect_timeout)), and no
    /// proxies but those of [`proxy`](Self::proxy). Only with [`system_proxy`](Self::system_proxy) do proxies that are added here stay,
    /// beside those of the environment.
    pub fn configure(
        mut self,
        configure: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        self.http.configure = Some(Box::new(configure));
        self
    }

    /// Makes the server.
    ///
    /// # Errors
    /// [Invalid input](crate::ErrorKind::InvalidInput) for the URL, the user agent, the API version, a proxy for an API over plain http, and
    /// a root certificate that is not PEM; [configuration](crate::ErrorKind::Configuration) where `proxy` and `system_proxy` are both set, and
    /// where the HTTP client cannot be set up.
    pub fn build(self) -> Result<Server, Error> {
        let base = if self.is_github {
            base_url::github_on_loopback(&self.url)?
        } else {
            base_url::parse(&self.url, self.allow_plain_http, self.is_exact)?
        };
        let headers = self.headers()?;
        let plain = base.text.starts_with("http:");
        if plain && self.http.has_proxy() {
            return Err(Error::invalid_input(
                "proxy",
                "over plain http a proxy would read the credentials; use https",
            ));
        }
        #[cfg(feature = "__tls")]
        let http = HttpSettings {
            tls: Some(tls::config(&self.root_certificates, !plain)?),
            ..self.http
        };
        #[cfg(not(feature = "__tls"))]
        let http = self.http;
        #[cfg(not(feature = "__tls"))]
        if !plain {
            return Err(Error::new(
                crate::error::kind::ErrorKind::Configuration,
                "https needs the feature rustls-ring or rustls-aws-lc-rs",
            ));
        }
        let unused_proxy = http.unused_proxy(plain);
        Ok(Server(Arc::new(Transport {
            base,
            clients: Clients::new(Box::new(move || http.client()))?,
            headers,
            timeout: self.timeout,
            max_response_bytes: self.max_response_bytes,
            budget: Budget::default(),
            retry: self.retry,
            deprecation: self.deprecation,
            warned: Warned::default(),
            permits: Permits::new(self.max_in_flight, self.permit_timeout),
            running: Arc::default(),
            unused_proxy,
            version: self.version,
            learned: LearnedVersion::default(),
        })))
    }

    fn headers(&self) -> Result<HeaderMap, Error> {
        const OURS: &str = concat!("ghes-oauth/", env!("CARGO_PKG_VERSION"));
        let mut headers = HeaderMap::with_capacity(6);
        headers.insert(
            ACCEPT,
            HeaderValue::from_static("application/vnd.github+json"),
        );
        let agent = self
            .user_agent
            .as_ref()
            .map_or_else(|| OURS.to_owned(), |theirs| format!("{theirs} {OURS}"));
        let agent = HeaderValue::from_str(&agent)
            .map_err(|_| Error::invalid_input("user agent", "a header must be able to carry it"))?;
        headers.insert(USER_AGENT, agent);
        if let Some(version) = self.api_version.as_str() {
            let version = HeaderValue::from_str(version)
                .ok()
                .filter(|version| !version.as_bytes().trim_ascii().is_empty());
            let version = version
                .ok_or_else(|| Error::invalid_input("API version", "it reads like 2022-11-28"))?;
            headers.insert(HeaderName::from_static("x-github-api-version"), version);
        }
        Ok(headers)
    }
}

impl fmt::Debug for ServerBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerBuilder")
            .field("ghes_version", &self.version)
            .field("api_version", &self.api_version)
            .finish_non_exhaustive()
    }
}
