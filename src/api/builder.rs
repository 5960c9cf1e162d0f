//! The options of a server.

use crate::api::base_url;
use crate::api::server::Server;
use crate::error::error::Error;
use crate::error::kind::ErrorKind;
use crate::model::version::{ApiVersion, GhesVersion};
use crate::transport::deprecation::{DeprecationPolicy, Warned};
use crate::transport::retry::{Budget, RetryPolicy};
use crate::transport::transport::{LearnedVersion, Transport};
use reqwest::header::{ACCEPT, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// The default for [`ServerBuilder::max_response_bytes`]: a page of 100 takes some 300 KB.
const MAX_RESPONSE_BYTES: usize = 8 * 1024 * 1024;

/// The default for [`ServerBuilder::connect_timeout`].
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

type Configure = Box<dyn FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send>;

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
    allow_plain_http: bool,
    version: Option<GhesVersion>,
    api_version: ApiVersion,
    user_agent: Option<String>,
    timeout: Duration,
    connect_timeout: Option<Duration>,
    max_response_bytes: usize,
    retry: RetryPolicy,
    deprecation: DeprecationPolicy,
    max_in_flight: Option<usize>,
    system_proxy: bool,
    proxies: Vec<reqwest::Proxy>,
    #[cfg(feature = "__tls")]
    root_certificates: Vec<Vec<u8>>,
    configure: Option<Configure>,
    http: Option<reqwest::Client>,
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
            allow_plain_http: false,
            version: None,
            api_version: ApiVersion::default(),
            user_agent: None,
            timeout: Duration::from_secs(30),
            connect_timeout: None,
            max_response_bytes: MAX_RESPONSE_BYTES,
            retry: RetryPolicy::default(),
            deprecation: DeprecationPolicy::default(),
            max_in_flight: None,
            system_proxy: false,
            proxies: Vec::new(),
            #[cfg(feature = "__tls")]
            root_certificates: Vec::new(),
            configure: None,
            http: None,
        }
    }

    /// The version of the GHES; without it, the client learns it from the server's responses.
    ///
    /// It has no effect for github.com.
    pub fn ghes_version(mut self, version: GhesVersion) -> Self {
        self.version = Some(version);
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
        self.connect_timeout = Some(timeout);
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

    /// How many calls may run at one time, at least one; no limit by default.
    ///
    /// More calls wait for their turn, and the wait does not count towards their time. A call that is dropped while it waits is never
    /// sent.
    pub fn max_in_flight(mut self, calls: usize) -> Self {
        self.max_in_flight = Some(calls);
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
        self.proxies.push(proxy);
        self
    }

    /// Takes the proxy from the environment (`HTTPS_PROXY` and the like); off by default.
    ///
    /// The system's own settings, beyond the variables, are read only where reqwest's feature `system-proxy` is on.
    pub fn system_proxy(mut self) -> Self {
        self.system_proxy = true;
        self
    }

    /// Changes the HTTP client's settings.
    ///
    /// What this crate promises is set after it: no redirects, no `Referer`, no repeats behind its back, no verbose
    /// logging, the TLS set-up, the connection timeout (set it by [`connect_timeout`](Self::connect_timeout)), and no proxies but
    /// those of [`proxy`](Self::proxy). Only with [`system_proxy`](Self::system_proxy) do proxies that are added here stay, beside
    /// those of the environment.
    pub fn configure(
        mut self,
        configure: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + 'static,
    ) -> Self {
        self.configure = Some(Box::new(configure));
        self
    }

    /// Uses a ready HTTP client, for instance to share its connections.
    ///
    /// **The price:** redirects, proxies, repeats, logging, certificates and connection timeouts are that client's, and so
    /// this crate's promises about them do not hold. Build it with `redirect(Policy::none())`, `referer(false)`, `no_proxy()`
    /// and `retry(reqwest::retry::never())`. As that client may have followed a redirect, a failed connection counts as one over
    /// which the request may have been sent. Settings that belong to the client cannot be combined with it.
    ///
    /// This crate switches on reqwest's TLS without a provider, and reqwest panics where it builds a client and finds none: give
    /// it one by `tls_backend_preconfigured`, by rustls' `CryptoProvider::install_default`, or by reqwest's feature `rustls`.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Some(client);
        self
    }

    /// Makes the server.
    ///
    /// # Errors
    /// [Invalid input](ErrorKind::InvalidInput) for the URL, the user agent, the API version, a proxy for an API over plain http, and
    /// a root certificate that is not PEM; [configuration](ErrorKind::Configuration) where `proxy` and `system_proxy` are both set,
    /// where settings belong to the client given to `http_client`, and where the HTTP client cannot be set up.
    pub fn build(mut self) -> Result<Server, Error> {
        let base = if self.is_github {
            base_url::github_on_loopback(&self.url)?
        } else {
            base_url::parse(&self.url, self.allow_plain_http)?
        };
        let headers = self.headers()?;
        let plain = base.text.starts_with("http:");
        if plain && (self.system_proxy || !self.proxies.is_empty()) {
            return Err(Error::invalid_input(
                "proxy",
                "over plain http a proxy would read the credentials; use https",
            ));
        }
        let ready = self.http.take();
        let is_callers_client = ready.is_some();
        let http = match ready {
            Some(client) => self.refuse_settings().map(|()| client)?,
            None => self.client(!plain)?,
        };
        Ok(Server(Arc::new(Transport {
            base,
            http,
            is_callers_client,
            headers,
            timeout: self.timeout,
            max_response_bytes: self.max_response_bytes,
            budget: Budget::default(),
            retry: self.retry,
            deprecation: self.deprecation,
            warned: Warned::default(),
            in_flight: self
                .max_in_flight
                .map(|calls| Arc::new(Semaphore::new(calls.clamp(1, Semaphore::MAX_PERMITS)))),
            version: self.version,
            learned: LearnedVersion::default(),
        })))
    }

    /// A ready client would pass over what is set for another in silence.
    fn refuse_settings(&self) -> Result<(), Error> {
        #[cfg(feature = "__tls")]
        let certificates = !self.root_certificates.is_empty();
        #[cfg(not(feature = "__tls"))]
        let certificates = false;
        let proxies = self.system_proxy || !self.proxies.is_empty();
        if certificates || proxies || self.connect_timeout.is_some() || self.configure.is_some() {
            let text = "certificates, proxies, the connect timeout and `configure` belong to the client that is given to `http_client`";
            return Err(Error::new(ErrorKind::Configuration, text));
        }
        Ok(())
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

    fn client(&mut self, tls: bool) -> Result<reqwest::Client, Error> {
        let mut builder = reqwest::Client::builder();
        if let Some(configure) = self.configure.take() {
            builder = configure(builder);
        }
        if self.system_proxy && !self.proxies.is_empty() {
            return Err(Error::new(
                ErrorKind::Configuration,
                "`proxy` and `system_proxy` exclude each other: choose one",
            ));
        }
        if !self.system_proxy {
            builder = builder.no_proxy();
        }
        builder = self
            .proxies
            .drain(..)
            .fold(builder, reqwest::ClientBuilder::proxy);
        builder = builder
            .connect_timeout(self.connect_timeout.unwrap_or(CONNECT_TIMEOUT))
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            // `never` alone would still have each request copied for a repeat.
            .retry(reqwest::retry::never().max_retries_per_request(0))
            .connection_verbose(false);
        #[cfg(feature = "__tls")]
        {
            builder = builder
                .tls_backend_preconfigured(crate::api::tls::config(&self.root_certificates, tls)?);
        }
        #[cfg(not(feature = "__tls"))]
        if tls {
            return Err(Error::new(
                ErrorKind::Configuration,
                "https needs the feature rustls-ring or rustls-aws-lc-rs",
            ));
        }
        builder.build().map_err(|_| {
            Error::new(
                ErrorKind::Configuration,
                "the HTTP client's settings contradict each other",
            )
        })
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
