//! The base URL of a server's API.

use crate::error::error::Error;
use crate::transport::transport::{BaseUrl, Host};
use reqwest::Url;
use std::net::IpAddr;

/// Where a GHES has its API.
const API: &str = "/api/v3";

/// Reads what a user knows of a server: its address in a browser or the base of its API.
///
/// Where it is `exact`, it is the base of the API of a GHES as it stands.
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
    let Ok(url) = Url::parse(text) else {
        return refuse("it must be an absolute URL such as https://ghe.example.com");
    };
    if !matches!(url.scheme(), "https" | "http") {
        return refuse("its scheme must be https");
    }
    // Also an empty user name: whoever writes an @ means credentials.
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
    if let Some(rule) = misplaced(&text) {
        return refuse(rule);
    }
    if host == Host::GithubCom && (url.port().is_some() || text.contains("..")) {
        return refuse(
            "github.com and SUB.ghe.com are reached at their own name and the usual port",
        );
    }
    match Url::parse(&text) {
        Ok(url) => Ok(BaseUrl { text, url, host }),
        Err(_) => refuse("it must be an absolute URL such as https://ghe.example.com"),
    }
}

/// Reads the address of a fake of github.com, whose API has no path; a request to it never leaves this machine.
pub(super) fn github_on_loopback(text: &str) -> Result<BaseUrl, Error> {
    let url = Url::parse(text).ok().filter(is_loopback);
    let url = url.ok_or_else(|| {
        Error::invalid_input(
            "base URL",
            "as github.com only an address on loopback is taken",
        )
    })?;
    Ok(BaseUrl {
        text: url.origin().ascii_serialization(),
        url,
        host: Host::GithubCom,
    })
}

/// The base of an API that has exactly this address.
fn at(url: &Url) -> BaseUrl {
    let origin = url.origin().ascii_serialization();
    BaseUrl {
        text: format!("{origin}{}", url.path().trim_end_matches('/')),
        url: url.clone(),
        host: Host::Enterprise,
    }
}

/// Why what has been read as the base of a GHES's API is not one: the path names another API, or something within one.
fn misplaced(text: &str) -> Option<&'static str> {
    let path = text.strip_suffix(API)?.to_ascii_lowercase();
    let mut segments = path
        .split('/')
        .skip_while(|segment| *segment != "api")
        .skip(1);
    match segments.next()? {
        "v3" => {
            Some("it must end with the host or with /api/v3: leave out the path of an operation")
        }
        "graphql" => Some("this is the address of the GraphQL API; the REST API is at /api/v3"),
        version
            if version
                .strip_prefix('v')
                .is_some_and(|number| number.parse::<u8>().is_ok()) =>
        {
            Some("the REST API of a GHES is at /api/v3 whatever its version")
        }
        _ => None,
    }
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

/// The API host of github.com or of a data-residency host; `None` for any other.
fn github_com(host: &str) -> Option<String> {
    if matches!(host, "github.com" | "www.github.com" | "api.github.com") {
        return Some("api.github.com".to_owned());
    }
    let subdomain = host.strip_suffix(".ghe.com")?;
    Some(format!(
        "api.{}.ghe.com",
        subdomain.strip_prefix("api.").unwrap_or(subdomain)
    ))
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
mod tests {
    use super::*;

    fn base(text: &str) -> String {
        parse(text, false, false).unwrap().text
    }

    #[test]
    fn the_api_of_a_ghes_is_found_from_any_of_its_addresses() {
        for text in [
            "https://ghe.example.com",
            "https://ghe.example.com/",
            "https://ghe.example.com/api/v3",
            "https://ghe.example.com/api/v3/",
            "https://ghe.example.com/api/v3/api/v3",
            "https://ghe.example.com/API/V3",
            "HTTPS://GHE.example.com:443//",
        ] {
            assert_eq!(base(text), "https://ghe.example.com/api/v3", "{text}");
        }
        assert_eq!(
            base("https://ghe.example.com:8443/git/"),
            "https://ghe.example.com:8443/git/api/v3"
        );
        assert_eq!(
            base("https://[2001:db8::1]:8443"),
            "https://[2001:db8::1]:8443/api/v3"
        );
        assert_eq!(
            base("https://bücher.example"),
            "https://xn--bcher-kva.example/api/v3"
        );
        assert_eq!(
            base("http://127.0.0.1:8080"),
            "http://127.0.0.1:8080/api/v3"
        );
        assert_eq!(base("http://[::1]:8080"), "http://[::1]:8080/api/v3");
    }

    #[test]
    fn github_com_and_its_data_residency_hosts() {
        for text in [
            "https://github.com",
            "https://www.github.com/",
            "https://api.github.com",
            "https://api.github.com/api/v3",
        ] {
            assert_eq!(base(text), "https://api.github.com", "{text}");
        }
        for text in [
            "https://octo.ghe.com",
            "https://api.octo.ghe.com/",
            "https://octo.ghe.com/api/v3",
        ] {
            assert_eq!(base(text), "https://api.octo.ghe.com", "{text}");
        }
        assert_eq!(
            base("https://ghe.com.example.org"),
            "https://ghe.com.example.org/api/v3"
        );
    }

    #[test]
    fn an_address_within_an_api_is_refused_with_the_reason() {
        for (text, reason) in [
            (
                "https://ghe.example.com/api/v3/user",
                "the path of an operation",
            ),
            (
                "https://ghe.example.com/API/V3/applications/x/token/",
                "the path of an operation",
            ),
            ("https://ghe.example.com/api/v4", "whatever its version"),
            (
                "https://ghe.example.com/git/api/v2/",
                "whatever its version",
            ),
            ("https://ghe.example.com/api/graphql", "GraphQL"),
            ("ghe.example.com:8443", "its scheme is missing"),
            ("localhost:8080", "its scheme is missing"),
            ("ghe.example.com", "its scheme is missing"),
        ] {
            let error = parse(text, false, false).err().unwrap();
            assert!(error.to_string().contains(reason), "{text}: {error}");
        }
    }

    #[test]
    fn an_exact_base_stays_as_it_is() {
        for (text, expected) in [
            ("https://api.ghe.corp", "https://api.ghe.corp"),
            ("https://api.ghe.corp/", "https://api.ghe.corp"),
            ("https://ghe.corp/rest/v3/", "https://ghe.corp/rest/v3"),
        ] {
            let base = parse(text, false, true).unwrap();
            assert_eq!(
                (base.text.as_str(), base.host),
                (expected, Host::Enterprise)
            );
        }
        assert!(parse("http://api.ghe.corp", false, true).is_err());
    }

    #[test]
    fn only_loopback_passes_for_github_com() {
        let base = github_on_loopback("http://127.0.0.1:8080").unwrap();
        assert_eq!(
            (base.text.as_str(), base.url.path(), base.host),
            ("http://127.0.0.1:8080", "/", Host::GithubCom)
        );
        for text in [
            "http://ghe.example.com",
            "https://ghe.example.com",
            "http://127.0.0.1.example.com",
            "http://u@10.0.0.1",
            "/",
        ] {
            assert!(github_on_loopback(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_no_base_is_refused_without_an_echo() {
        for text in [
            "",
            "ghe.example.com",
            "/api/v3",
            "ftp://ghe.example.com",
            "http://ghe.example.com",
            "http://127.0.0.1.example.com",
            "https://plan7ed@ghe.example.com",
            "https://u:plan7ed@ghe.example.com",
            "https://@ghe.example.com",
            "https://ghe.example.com?plan7ed",
            "https://ghe.example.com/#",
            " https://ghe.example.com",
            "https://ghe.example.com\\plan7ed",
            "https://github.com:8443",
            "https://octo.ghe.com:444/",
            "https://.ghe.com",
        ] {
            let error = parse(text, false, false)
                .err()
                .unwrap_or_else(|| panic!("{text} was accepted"));
            assert!(error.to_string().contains("base URL"), "{error}");
            assert!(
                !format!("{error} {error:?}").contains("plan7ed"),
                "{error:?}"
            );
        }
        assert_eq!(
            parse("http://ghe.example.com", true, false).unwrap().text,
            "http://ghe.example.com/api/v3"
        );
    }
}
