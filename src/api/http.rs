//! The settings of a server's HTTP clients.

use crate::error::error::Error;
use crate::error::kind::ErrorKind;
use std::time::Duration;

/// The default for [`ServerBuilder::connect_timeout`](crate::ServerBuilder::connect_timeout).
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long an HTTP/2 connection may be idle before the client sends a ping, and how long the response to the ping may take.
///
/// Together they are less than the 15 seconds after which a response counts as lost, so that a retry does not use the same broken
/// connection.
#[cfg(feature = "http2")]
const KEEP_ALIVE: Duration = Duration::from_secs(5);

type Configure = Box<dyn Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync>;

/// The settings from which each HTTP client of a server is built.
pub(super) struct HttpSettings {
    pub(super) connect_timeout: Duration,
    pub(super) system_proxy: bool,
    pub(super) proxies: Vec<reqwest::Proxy>,
    #[cfg(feature = "__tls")]
    pub(super) tls: Option<rustls::ClientConfig>,
    pub(super) configure: Option<Configure>,
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self {
            connect_timeout: CONNECT_TIMEOUT,
            system_proxy: false,
            proxies: Vec::new(),
            #[cfg(feature = "__tls")]
            tls: None,
            configure: None,
        }
    }
}

impl HttpSettings {
    /// Returns what an error without a connection says about the proxy that is used, or about a variable that names one and is not used.
    pub(super) fn proxy_hint(&self, plain: bool) -> Option<String> {
        // Plain http uses no proxy.
        if plain {
            return None;
        }
        // Not "is the cause": `NO_PROXY` may name the host.
        let of = |name: &str| format!("the proxy of {name} may be the cause");
        if !self.proxies.is_empty() {
            return Some(of("ServerBuilder::proxy"));
        }
        let name = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]
            .into_iter()
            .find(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))?;
        Some(match self.system_proxy {
            true => of(name),
            false => format!("{name} is set, but is used only with ServerBuilder::system_proxy"),
        })
    }

    /// Builds one client.
    pub(super) fn client(&self) -> Result<reqwest::Client, Error> {
        let mut builder = reqwest::Client::builder();
        #[cfg(feature = "http2")]
        {
            builder = builder
                .http2_keep_alive_interval(KEEP_ALIVE)
                .http2_keep_alive_timeout(KEEP_ALIVE)
                .http2_keep_alive_while_idle(true);
        }
        if let Some(configure) = &self.configure {
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
            .iter()
            .cloned()
            .fold(builder, reqwest::ClientBuilder::proxy);
        builder = builder
            .connect_timeout(self.connect_timeout)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            // `retry::never()` alone would still copy each request for a possible retry.
            .retry(reqwest::retry::never().max_retries_per_request(0))
            .connection_verbose(false)
            // Another crate of the program may enable these features of reqwest, and a small response could expand to a large one.
            .no_gzip()
            .no_brotli()
            .no_deflate()
            .no_zstd();
        #[cfg(feature = "__tls")]
        if let Some(tls) = &self.tls {
            builder = builder.tls_backend_preconfigured(tls.clone());
        }
        builder.build().map_err(|_| {
            Error::new(
                ErrorKind::Configuration,
                "the HTTP client's settings contradict each other",
            )
        })
    }
}
