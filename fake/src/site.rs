//! Which product the fake plays, and under which address.

use crate::api_versions::{ApiVersions, Unserved};
use crate::generated::Operation;
use crate::request::Request;
use crate::version::Version;
use percent_encoding::percent_decode_str;
use std::net::SocketAddr;

/// The product: it decides over operations, members and headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Product {
    Enterprise(Version),
    GitHubCom,
}

impl Product {
    /// Whether this is a GHES of that version or later; github.com is later than any.
    pub(crate) fn at_least(self, major: u16, minor: u16) -> bool {
        match self {
            Self::Enterprise(version) => version >= Version::new(major, minor),
            Self::GitHubCom => true,
        }
    }

    pub(crate) fn has(self, operation: Operation) -> bool {
        match self {
            Self::Enterprise(version) => operation.is_in(version.major, version.minor),
            Self::GitHubCom => operation.spec().on_github_com,
        }
    }

    /// The front page of its REST documentation, named in errors that belong to no operation.
    pub(crate) fn documentation(self) -> String {
        match self {
            Self::Enterprise(version) if version.major < 3 => {
                format!("https://developer.github.com/enterprise/{version}/v3")
            }
            Self::Enterprise(version) => {
                format!("https://docs.github.com/enterprise-server@{version}/rest")
            }
            Self::GitHubCom => "https://docs.github.com/rest".to_owned(),
        }
    }
}

/// Where a GHES has its API.
const API: &str = "/api/v3";

/// A product at an address.
pub(crate) struct Site {
    pub(crate) product: Product,
    pub(crate) api_versions: ApiVersions,
    /// Whether it says of creating an authorization that there is no such thing any more.
    pub(crate) creating_is_gone: bool,
    origin: String,
    base: String,
}

impl Site {
    pub(crate) fn new(
        product: Product,
        address: SocketAddr,
        api_versions: ApiVersions,
        creating_is_gone: bool,
    ) -> Self {
        let origin = format!("http://{address}");
        let base = match product {
            Product::Enterprise(_) => format!("{origin}{API}"),
            Product::GitHubCom => origin.clone(),
        };
        Self {
            product,
            api_versions,
            creating_is_gone,
            origin,
            base,
        }
    }

    /// Where the web pages of users live.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// Where the REST API lives.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// The part of a request's path that is below the API's base; `None` for one that is not.
    ///
    /// github.com has nothing below a GHES's base. Whoever takes it for a GHES asks its web host, whose page nobody takes
    /// for the API's word that a token is dead.
    pub(crate) fn below_base<'a>(&self, path: &'a str) -> Option<&'a str> {
        match self.product {
            Product::GitHubCom if below(API, path).is_some() => None,
            _ => below(&self.base[self.origin.len()..], path),
        }
    }

    /// The API version that serves the request; `Ok(None)` where the server takes no notice of versions.
    pub(crate) fn api_version(&self, request: &Request) -> Result<Option<&str>, Unserved> {
        self.api_versions
            .serving(request.header("x-github-api-version"))
    }
}

/// What is left of the path behind the base; a letter is the same letter whether it was encoded or not.
fn below<'a>(base: &str, path: &'a str) -> Option<&'a str> {
    let rest = base.split('/').skip(1).try_fold(path, |rest, name| {
        let rest = rest.strip_prefix('/')?;
        let (segment, rest) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        percent_decode_str(segment).eq(name.bytes()).then_some(rest)
    });
    rest.filter(|rest| rest.is_empty() || rest.starts_with('/'))
}
