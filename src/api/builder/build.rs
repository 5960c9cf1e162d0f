//! Builds a server from its options.

use crate::api::base_url;
use crate::api::builder::ServerBuilder;
use crate::api::server::Server;
#[cfg(feature = "__tls")]
use crate::api::tls;
use crate::error::error::Error;
#[cfg(not(feature = "__tls"))]
use crate::error::kind::ErrorKind;
use crate::transport::clients::Clients;
use crate::transport::in_flight::Permits;
use crate::transport::retry::Budget;
use crate::transport::transport::{LearnedVersion, Transport};
use http::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use std::sync::Arc;

impl ServerBuilder {
    pub(super) fn into_server(self) -> Result<Server, Error> {
        let base = if self.is_github {
            base_url::github_on_loopback(&self.url)?
        } else {
            base_url::parse(&self.url, self.allow_plain_http, self.is_exact)?
        };
        let headers = self.headers()?;
        let plain = base.url.scheme() == "http";
        let mut http = self.http;
        http.system_proxy &= !plain;
        if plain && !http.proxies.is_empty() {
            return Err(Error::invalid_input(
                "proxy",
                "over plain http a proxy would read the credentials; use https",
            ));
        }
        #[cfg(feature = "__tls")]
        {
            let host = base.url.host_str().filter(|_| !plain);
            http.tls = Some(tls::config(&self.certificates, host)?);
        }
        #[cfg(not(feature = "__tls"))]
        if !plain {
            return Err(Error::new(
                ErrorKind::Configuration,
                "https needs the feature rustls-ring or rustls-aws-lc-rs",
            ));
        }
        let proxy_hint = http.proxy_hint(plain);
        Ok(Server(Arc::new(Transport {
            base,
            clients: Clients::new(Box::new(move || http.client()))?,
            headers,
            timeout: self.timeout,
            max_response_bytes: self.max_response_bytes,
            budget: Budget::default(),
            retry: self.retry,
            deprecation: self.deprecation,
            permits: Permits::new(self.max_in_flight, self.permit_timeout),
            running: Arc::default(),
            proxy_hint,
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
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
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
                .ok_or_else(|| Error::invalid_input("API version", "write it as 2022-11-28"))?;
            headers.insert(HeaderName::from_static("x-github-api-version"), version);
        }
        Ok(headers)
    }
}
