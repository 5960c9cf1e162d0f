//! Which product the stand-in plays, and under which address.

use super::request::Request;
use crate::GhesVersion;
use crate::operations::Operation;
use std::net::SocketAddr;

/// The product: it decides over operations, members and headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Product {
    Enterprise(GhesVersion),
    GitHubCom,
}

impl Product {
    /// Whether this is a GHES of that version or later; github.com is later than any.
    pub(super) fn at_least(self, major: u16, minor: u16) -> bool {
        match self {
            Self::Enterprise(version) => version >= GhesVersion::new(major, minor),
            Self::GitHubCom => true,
        }
    }

    pub(super) fn has(self, operation: &Operation) -> bool {
        match self {
            Self::Enterprise(version) => operation.is_in(version),
            Self::GitHubCom => operation.on_github_com(),
        }
    }

    /// The front page of its REST documentation, named in errors that belong to no operation.
    pub(super) fn documentation(self) -> String {
        match self {
            Self::Enterprise(version) if version.major() < 3 => format!("https://developer.github.com/enterprise/{version}/v3"),
            Self::Enterprise(version) => format!("https://docs.github.com/enterprise-server@{version}/rest"),
            Self::GitHubCom => "https://docs.github.com/rest".to_owned(),
        }
    }
}

/// Where a GHES has its API.
const API: &str = "/api/v3";

/// A product at an address.
pub(super) struct Site {
    pub(super) product: Product,
    origin: String,
    base: String,
    api_versions: Vec<String>,
}

impl Site {
    pub(super) fn new(product: Product, address: SocketAddr, api_versions: Option<Vec<String>>) -> Self {
        let origin = format!("http://{address}");
        let base = match product {
            Product::Enterprise(_) => format!("{origin}{API}"),
            Product::GitHubCom => origin.clone(),
        };
        Self { product, origin, base, api_versions: api_versions.unwrap_or_else(|| documented_api_versions(product)) }
    }

    /// Where the web pages of users live.
    pub(super) fn origin(&self) -> &str {
        &self.origin
    }

    /// Where the REST API lives.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// The part of a request's path that is below the API's base; `None` for one that is not.
    ///
    /// github.com has nothing below a GHES's base. Whoever takes it for a GHES asks its web host, whose page nobody takes
    /// for the API's word that a token is dead.
    pub(super) fn below_base<'a>(&self, path: &'a str) -> Option<&'a str> {
        match self.product {
            Product::GitHubCom if below(API, path).is_some() => None,
            _ => below(&self.base[self.origin.len()..], path),
        }
    }

    /// The API version that serves the request: `Ok(None)` on a server that knows no versions and so ignores the
    /// header, `Err` with the known ones where the request asks for another.
    pub(super) fn api_version<'a>(&'a self, request: &Request) -> Result<Option<&'a str>, &'a [String]> {
        match (self.api_versions.first(), request.header("x-github-api-version")) {
            (None, _) => Ok(None),
            (Some(default), None) => Ok(Some(default)),
            (_, Some(wanted)) => match self.api_versions.iter().find(|known| *known == wanted) {
                Some(known) => Ok(Some(known)),
                None => Err(&self.api_versions),
            },
        }
    }
}

fn below<'a>(base: &str, path: &'a str) -> Option<&'a str> {
    path.strip_prefix(base).filter(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn documented_api_versions(product: Product) -> Vec<String> {
    let since = [("2022-11-28", product.at_least(3, 9)), ("2026-03-10", product.at_least(3, 21))];
    since.into_iter().filter(|(_, known)| *known).map(|(version, _)| version.to_owned()).collect()
}
