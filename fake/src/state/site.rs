//! A product at an address, with settings.

use crate::spec::version::Version;
use crate::state::api_versions::ApiVersions;
use crate::state::product::Product;
use percent_encoding::percent_decode_str;
use std::net::SocketAddr;

/// The settings besides the product.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// Whether it refuses unknown values that GitHub ignores, or may ignore.
    pub(crate) strict: bool,
    /// Whether it refuses every request without credentials.
    pub(crate) private_mode: bool,
    /// Whether bodies are sent in chunks, with weak tags.
    pub(crate) chunked: bool,
    /// Whether `POST /authorizations` responds with 410.
    pub(crate) creating_is_gone: bool,
    /// The values of `X-GitHub-Api-Version`, if the test names them.
    pub(crate) api_versions: Option<Vec<String>>,
    pub(crate) retired_api_versions: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            strict: true,
            private_mode: false,
            chunked: false,
            creating_is_gone: false,
            api_versions: None,
            retired_api_versions: Vec::new(),
        }
    }
}

/// Where a GHES has its API.
const API: &str = "/api/v3";

/// A product at an address.
#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) product: Product,
    pub(crate) settings: Settings,
    pub(crate) api_versions: ApiVersions,
    origin: String,
    base: String,
}

impl Site {
    pub(crate) fn new(product: Product, address: SocketAddr, settings: Settings) -> Self {
        // A client cannot connect to "any address".
        let host = match address.ip() {
            ip if ip.is_unspecified() && ip.is_ipv4() => "127.0.0.1".to_owned(),
            ip if ip.is_unspecified() => "[::1]".to_owned(),
            ip if ip.is_ipv6() => format!("[{ip}]"),
            ip => ip.to_string(),
        };
        let origin = format!("http://{host}:{}", address.port());
        let base = match product {
            Product::Enterprise(_) => format!("{origin}{API}"),
            Product::GitHubCom => origin.clone(),
        };
        Self {
            product,
            api_versions: api_versions(product, &settings),
            settings,
            origin,
            base,
        }
    }

    /// Becomes another version at the same address; github.com has none.
    pub(crate) fn upgrade(&mut self, version: Version) {
        if let Product::Enterprise(installed) = &mut self.product {
            *installed = version;
            self.api_versions = api_versions(self.product, &self.settings);
        }
    }

    /// The address of the web pages for users.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// The address of the REST API.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// The part of a request's path below the API's base; `None` for any other path.
    ///
    /// github.com has nothing below a GHES's base. A client that takes it for a GHES calls its web host, whose page does not mean that a
    /// token is not live.
    pub(crate) fn below_base<'a>(&self, path: &'a str) -> Option<&'a str> {
        match self.product {
            Product::GitHubCom if below(API, path).is_some() => None,
            _ => below(&self.base[self.origin.len()..], path),
        }
    }
}

fn api_versions(product: Product, settings: &Settings) -> ApiVersions {
    ApiVersions::new(
        product,
        settings.api_versions.clone(),
        settings.retired_api_versions.clone(),
    )
}

/// Returns the path after the base. A percent-encoded letter equals the letter.
fn below<'a>(base: &str, path: &'a str) -> Option<&'a str> {
    let rest = base.split('/').skip(1).try_fold(path, |rest, name| {
        let rest = rest.strip_prefix('/')?;
        let (segment, rest) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        percent_decode_str(segment).eq(name.bytes()).then_some(rest)
    });
    rest.filter(|rest| rest.is_empty() || rest.starts_with('/'))
}
