//! The options of a server.

use crate::api::http::HttpSettings;
use crate::api::server::Server;
#[cfg(feature = "__tls")]
use crate::api::tls::Certificates;
use crate::error::error::Error;
use crate::model::version::{ApiVersion, GhesVersion};
#[cfg(feature = "__tls")]
use crate::secret::private_key::PrivateKey;
use crate::transport::deprecation::DeprecationPolicy;
use crate::transport::retry::RetryPolicy;
use std::fmt;
use std::time::Duration;

mod address;
mod build;

/// The default for [`ServerBuilder::max_response_bytes`]: a page of 100 takes about 300 KB.
const MAX_RESPONSE_BYTES: usize = 8 * 1024 * 1024;

/// Sets up a [`Server`] with options other than the defaults.
///
/// ```no_run
/// use ghes_oauth::{DeprecationPolicy, GhesVersion, RetryPolicy, Server};
/// use std::time::Duration;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let server = Server::builder("https://ghe.example.com")
///     .ghes_version(GhesVersion::new(3, 16))
///     .user_agent("token-janitor/1.4")
///     .root_certificate(std::fs::read("corporate-ca.pem")?)
///     .timeout(Duration::from_secs(10))
///     .retry(RetryPolicy::default().wait_for_rate_limits(Duration::from_secs(120)))
///     .deprecation_policy(DeprecationPolicy::Deny)
///     .build()?;
/// # Ok(())
/// # }
/// ```
#[must_use = "a builder does nothing until `build`"]
pub struct ServerBuilder {
    url: String,
    is_exact: bool,
    is_github: bool,
    allow_plain_http: bool,
    version: Option<GhesVersion>,
    api_version: ApiVersion,
    user_agent: Option<String>,
    #[cfg(feature = "__tls")]
    certificates: Certificates,
    http: HttpSettings,
    timeout: Duration,
    max_response_bytes: usize,
    retry: RetryPolicy,
    max_in_flight: Option<usize>,
    permit_timeout: Option<Duration>,
    deprecation: DeprecationPolicy,
}

/// Creating a server.
impl Server {
    /// Returns a client for the GHES at this address: `https://HOST`, with or without port, sub-path and `/api/v3`, as text or as a
    /// `url::Url`.
    ///
    /// The addresses of github.com and of `SUB.ghe.com` are accepted, too.
    ///
    /// ```
    /// use ghes_oauth::{Server, reqwest::Url};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let server = Server::new(Url::parse("https://ghe.example.com/")?)?;
    /// assert_eq!(server.base_url(), Server::new("https://ghe.example.com")?.base_url());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [Invalid input](crate::ErrorKind::InvalidInput) for anything that is not such an address, for plain http to a host other than
    /// loopback, and for credentials in the URL; [configuration](crate::ErrorKind::Configuration) if TLS cannot be set up.
    pub fn new(url: impl AsRef<str>) -> Result<Self, Error> {
        Self::builder(url).build()
    }

    /// Returns a client for github.com.
    ///
    /// # Errors
    /// [Configuration](crate::ErrorKind::Configuration) if TLS cannot be set up.
    pub fn github() -> Result<Self, Error> {
        Self::new("https://github.com")
    }

    /// Returns a builder for options other than the defaults, with the address that [`new`](Self::new) takes.
    pub fn builder(url: impl AsRef<str>) -> ServerBuilder {
        ServerBuilder::new(url.as_ref())
    }
}

impl ServerBuilder {
    fn new(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            is_exact: false,
            is_github: false,
            allow_plain_http: false,
            version: None,
            api_version: ApiVersion::default(),
            user_agent: None,
            #[cfg(feature = "__tls")]
            certificates: Certificates::default(),
            http: HttpSettings::default(),
            timeout: Duration::from_secs(30),
            max_response_bytes: MAX_RESPONSE_BYTES,
            retry: RetryPolicy::default(),
            max_in_flight: None,
            permit_timeout: None,
            deprecation: DeprecationPolicy::default(),
        }
    }
}

/// The server's version, and the headers of every request.
impl ServerBuilder {
    /// Sets the version of the GHES; without it, the client learns it from the server's responses.
    ///
    /// It has no effect for github.com.
    pub fn ghes_version(mut self, version: GhesVersion) -> Self {
        self.version = Some(version);
        self
    }

    /// Sets the version of the REST API to request; `2022-11-28` by default.
    pub fn api_version(mut self, version: ApiVersion) -> Self {
        self.api_version = version;
        self
    }

    /// Sets the name and version of the calling program, which precede this crate's in `User-Agent`.
    pub fn user_agent(mut self, name: impl Into<String>) -> Self {
        self.user_agent = Some(name.into());
        self
    }
}

/// Trusted and presented certificates.
#[cfg(feature = "__tls")]
#[cfg_attr(
    docsrs,
    doc(cfg(any(feature = "rustls-ring", feature = "rustls-aws-lc-rs")))
)]
impl ServerBuilder {
    /// Trusts additional certificates: those of a private authority, or a server's self-signed one. It may be called repeatedly.
    ///
    /// It takes one or more certificates in PEM, or one in DER. An authority's certificate is trusted for every certificate that it has
    /// signed. A server's own certificate, one that names the server or is not meant for an authority, is accepted from a server of that
    /// name only, and nothing that it has signed is trusted. Names and validity periods are always checked.
    #[doc(alias = "add_root_certificate")]
    pub fn root_certificate(mut self, pem_or_der: impl Into<Vec<u8>>) -> Self {
        self.certificates.roots.push(pem_or_der.into());
        self
    }

    /// Presents a certificate to a server that asks for one. `chain` begins with the client's own certificate; it is PEM, or DER for a
    /// single certificate.
    ///
    /// ```no_run
    /// use ghes_oauth::{PrivateKey, Server};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let key = PrivateKey::new(std::fs::read("client.key")?);
    /// let server = Server::builder("https://ghe.example.com")
    ///     .client_certificate(std::fs::read("client.pem")?, key)
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn client_certificate(mut self, chain: impl Into<Vec<u8>>, key: PrivateKey) -> Self {
        self.certificates.client = Some((chain.into(), key));
        self
    }
}

/// Proxies, and the timeout of a connection.
impl ServerBuilder {
    /// Sends through this proxy. It is refused for an API over plain http, because the proxy would see the secrets.
    pub fn proxy(mut self, proxy: reqwest::Proxy) -> Self {
        self.http.proxies.push(proxy);
        self
    }

    /// Takes the proxy from the environment (`HTTPS_PROXY` and the like); off by default.
    ///
    /// It has no effect for an API over plain http, such as that of a fake on loopback, because the proxy would see the secrets.
    ///
    /// The system's own settings, beyond the variables, are read only if reqwest's feature `system-proxy` is enabled.
    pub fn system_proxy(mut self) -> Self {
        self.http.system_proxy = true;
        self
    }

    /// Sets the timeout for a new connection, TLS included; 10 seconds by default.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.http.connect_timeout = timeout;
        self
    }
}

/// Timeouts, retries and limits of calls.
impl ServerBuilder {
    /// Sets the timeout for a whole call, with its retries but without its waits for rate limits; 30 seconds by default.
    ///
    /// A retryable request is retried if its response has not begun after half of the timeout, and after 15 seconds at the earliest. A call
    /// that must not be retried gets its deadline extended once, by as much as the program noticed it late, from 20 milliseconds to five
    /// seconds: a response that arrived while the program was held up may hold the only copy of a token.
    ///
    /// With a timeout of zero nothing is sent, and the call fails with [`ErrorKind::Timeout`](crate::ErrorKind::Timeout).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets which calls are retried, and how long to wait before a retry.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets how many requests may be in flight at the same time, at least one; no limit by default.
    ///
    /// Further calls wait for a permit, and the wait does not count towards their timeout. A call that is dropped while it waits is never
    /// sent. A call holds its permit from sending a request until its response is read, and not while it waits for a rate limit, before a
    /// retry, or for a one-time password.
    pub fn max_in_flight(mut self, calls: usize) -> Self {
        self.max_in_flight = Some(calls);
        self
    }

    /// Sets how long a call may wait for a permit of [`max_in_flight`](Self::max_in_flight); no limit by default.
    ///
    /// A call that gets no permit in that time fails with [`ErrorKind::Timeout`](crate::ErrorKind::Timeout), and nothing is sent.
    pub fn permit_timeout(mut self, timeout: Duration) -> Self {
        self.permit_timeout = Some(timeout);
        self
    }

    /// Sets the longest response body to accept, in bytes; 8 MiB by default.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.max_response_bytes = bytes;
        self
    }

    /// Sets what happens when a deprecated operation is called; by default the crate logs a warning.
    pub fn deprecation_policy(mut self, policy: DeprecationPolicy) -> Self {
        self.deprecation = policy;
        self
    }

    /// Changes the HTTP client's settings.
    ///
    /// The function is called for each HTTP client that the server needs: one for the crate's own thread, which [`Call`](crate::Call)
    /// describes, and one for each tokio runtime that awaits calls, because a connection belongs to the runtime that opened it.
    ///
    /// The crate overrides settings that its promises depend on: no redirects, no `Referer`, no retries by reqwest, no verbose logging, no
    /// decompression, TLS with its [certificates](Self::client_certificate), the connection timeout (use
    /// [`connect_timeout`](Self::connect_timeout)), and no proxies other than those of [`proxy`](Self::proxy). Only with
    /// [`system_proxy`](Self::system_proxy) do proxies that are added here stay, beside those of the environment.
    pub fn configure(
        mut self,
        configure: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        self.http.configure = Some(Box::new(configure));
        self
    }
}

impl ServerBuilder {
    /// Builds the server.
    ///
    /// # Errors
    /// [Invalid input](crate::ErrorKind::InvalidInput) for the URL, the user agent, the API version, a proxy for an API over plain http,
    /// and certificates or a key that cannot be read; [configuration](crate::ErrorKind::Configuration) where `proxy` and
    /// `system_proxy` are both set, and where the HTTP client cannot be set up.
    pub fn build(self) -> Result<Server, Error> {
        self.into_server()
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
