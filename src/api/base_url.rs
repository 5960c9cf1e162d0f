//! The base URL of a server's API.

use crate::error::error::Error;
use crate::transport::transport::{BaseUrl, Host};
use reqwest::Url;
use std::net::IpAddr;

/// The path of the API on a GHES.
const API: &str = "/api/v3";

/// Finds the base of the API from what a user knows of a server: its address in a browser, or that base.
///
/// An `exact` base is the base of a GHES's API and is not changed.
pub(super) fn parse(text: &str, allow_plain_http: bool, exact: bool) -> Result<BaseUrl, Error> {
    let refuse = |rule| Err(Error::invalid_input("base URL", rule));
    if text.trim() != text || text.contains(|c: char| c.is_control() || c == '\\') {
        return refuse("it must not contain spaces at its ends, control characters or backslashes");
    }
    if text.contains(['?', '#']) {
        return refuse("it must have neither a query nor a fragment");
    }
    if !text.is_empty() && !text.contains("://") && !text.starts_with('/') {
        return refuse("its scheme is missing: write https:// before the host");
    }
    let parsed = Url::parse(text).ok();
    let Some(url) = parsed.filter(|_| text.matches("://").count() == 1) else {
        return refuse("it must be an absolute URL such as https://ghe.example.com");
    };
    if !matches!(url.scheme(), "https" | "http") {
        return refuse("its scheme must be https");
    }
    // An empty user name counts, too: an `@` shows that credentials were meant.
    if text.contains('@') || !url.username().is_empty() || url.password().is_some() {
        return refuse("it must hold no credentials; they go to AppCredentials or UserCredentials");
    }
    if url.scheme() == "http" && !allow_plain_http && !is_loopback(&url) {
        return refuse(
            "plain http would send credentials in the clear; use https, or ServerBuilder::allow_plain_http",
        );
    }
    if exact {
        return Ok(at(&url));
    }
    let (text, host) = of(&url);
    let name = url.host_str().unwrap_or_default().trim_end_matches('.');
    if let Some(rule) = serves_no_api(name).or_else(|| misplaced(&text)) {
        return refuse(rule);
    }
    if host == Host::GithubCom && url.port().is_some() {
        return refuse(
            "github.com and SUB.ghe.com are reached at their own name and the usual port",
        );
    }
    match Url::parse(&text) {
        Ok(url) => Ok(BaseUrl { text, url, host }),
        Err(_) => refuse("it must be an absolute URL such as https://ghe.example.com"),
    }
}

/// Reads the address of a fake of github.com, whose API has no path. A request to it never leaves this machine.
pub(super) fn github_on_loopback(text: &str) -> Result<BaseUrl, Error> {
    let url = Url::parse(text).ok().filter(is_loopback);
    let url = url.ok_or_else(|| {
        Error::invalid_input(
            "base URL",
            "with `as_github` it must be an address on loopback",
        )
    })?;
    Ok(BaseUrl {
        text: url.origin().ascii_serialization(),
        url,
        host: Host::GithubCom,
    })
}

/// Returns the base of an API that has exactly this address.
fn at(url: &Url) -> BaseUrl {
    let origin = url.origin().ascii_serialization();
    BaseUrl {
        text: format!("{origin}{}", url.path().trim_end_matches('/')),
        url: url.clone(),
        host: Host::Enterprise,
    }
}

/// Explains why a URL is not the base of a GHES's API: its path belongs to another API, or to an endpoint of the API.
fn misplaced(text: &str) -> Option<&'static str> {
    const ANOTHER_PART: &str =
        "it must end with the host or with /api/v3: leave out the path of an operation";
    let path = text.strip_suffix(API)?;
    let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    let path = path.to_ascii_lowercase();
    let mut segments = path.split('/').filter(|segment| !segment.is_empty());
    if segments.clone().next_back() == Some("graphql") {
        return Some("this is the address of the GraphQL API; the REST API is at /api/v3");
    }
    let is_page = |first: &str| {
        matches!(
            first,
            "login" | "logout" | "manage" | "sessions" | "settings" | "setup" | "stafftools"
        )
    };
    // After the scheme and the host.
    if segments.clone().nth(2).is_some_and(is_page)
        || segments.clone().any(|segment| segment.ends_with(".git"))
    {
        return Some("this is an address for browsers or Git: leave out its path");
    }
    segments.find(|segment| *segment == "api")?;
    let is_version = |segment: &str| {
        let number = segment.strip_prefix('v').unwrap_or_default();
        number.starts_with(|digit: char| digit.is_ascii_digit())
    };
    match segments.next() {
        None | Some("v3") => Some(ANOTHER_PART),
        Some("uploads") => {
            Some("this is the address for uploads; the REST API of a GHES is at /api/v3")
        }
        Some(version) if is_version(version) => {
            Some("the REST API of a GHES is at /api/v3 whatever its version")
        }
        Some(_) => None,
    }
}

/// Explains why a host of GitHub's does not serve the API.
fn serves_no_api(host: &str) -> Option<&'static str> {
    let rule = "this host of GitHub's serves another purpose: github.com or SUB.ghe.com is meant";
    let is_githubs = host == "ghe.com"
        || [".github.com", ".githubusercontent.com", ".ghe.com"]
            .iter()
            .any(|end| host.ends_with(end));
    (is_githubs && github_com(host).is_none()).then_some(rule)
}

fn of(url: &Url) -> (String, Host) {
    let host = url.host_str().unwrap_or_default().trim_end_matches('.');
    if let Some(api) = github_com(host) {
        return (format!("https://{api}"), Host::GithubCom);
    }
    let mut path = url.path().trim_end_matches('/');
    while let Some(at) = path.len().checked_sub(API.len())
        && path[at..].eq_ignore_ascii_case(API)
    {
        path = path[..at].trim_end_matches('/');
    }
    let origin = url.origin().ascii_serialization();
    (format!("{origin}{path}{API}"), Host::Enterprise)
}

/// Returns the API host of github.com or of a data-residency host; `None` for any other host.
fn github_com(host: &str) -> Option<String> {
    if matches!(host, "github.com" | "www.github.com" | "api.github.com") {
        return Some("api.github.com".to_owned());
    }
    let subdomain = host.strip_suffix(".ghe.com")?;
    let subdomain = subdomain.strip_prefix("api.").unwrap_or(subdomain);
    let is_one = !subdomain.contains('.') && !matches!(subdomain, "" | "api" | "www");
    is_one.then(|| format!("api.{subdomain}.ghe.com"))
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host
        .trim_start_matches('[')
        .trim_end_matches(']')
        .parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests;
