//! How a user may write a server's address, and how not.

use crate::answers::{good, reply};
use crate::case::{Case, Want};
use crate::certificates;
use crate::requests::Request;
use crate::server::Script;
use ghes_oauth::{ErrorKind, Operation, Phase};

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, base, path) in [
        ("base URL: a host", "http://ADDRESS", "/api/v3/"),
        ("base URL: slash at its end", "http://ADDRESS/", "/api/v3/"),
        ("base URL: /api/v3", "http://ADDRESS/api/v3", "/api/v3/"),
        ("base URL: /api/v3/", "http://ADDRESS/api/v3/", "/api/v3/"),
        (
            "base URL: doubled",
            "http://ADDRESS/api/v3/api/v3",
            "/api/v3/",
        ),
        ("base URL: sub-path", "http://ADDRESS/git/", "/git/api/v3/"),
        (
            "base URL: sub-path and /api/v3",
            "http://ADDRESS/git/api/v3",
            "/git/api/v3/",
        ),
        ("base URL: localhost", "HTTP://LocalHost:PORT", "/api/v3/"),
    ] {
        cases.push(
            Case::new(name)
                .with(move |setup| setup.base = base)
                .check(move |seen| below(&seen.requests[0], path)),
        );
    }
    cases.push(
        Case::new("base URL: IPv6")
            .with(|setup| setup.base = "http://[::1]:PORT")
            .want(|_| Want::Failure(ErrorKind::Connection))
            .phase(Phase::NotSent)
            .sent(|_| 0),
    );
    cases.extend(by_name());
    cases.extend(REFUSED.map(|(name, base)| refused(name, base)));
    cases
}

/// Hosts that are known by name; the names are resolved to the scripted server, and its certificate is for them.
fn by_name() -> [Case; 6] {
    [
        named(
            "base URL: github.com",
            "https://github.com",
            "api.github.com",
            "/",
        )
        .over(Operation::on_github_com),
        named(
            "base URL: SUB.ghe.com",
            "https://octo.ghe.com/",
            "api.octo.ghe.com",
            "/",
        )
        .over(Operation::on_github_com),
        named(
            "base URL: api.SUB.ghe.com",
            "https://api.octo.ghe.com",
            "api.octo.ghe.com",
            "/",
        )
        .over(Operation::on_github_com),
        named(
            "base URL: not on github.com",
            "https://api.github.com",
            "api.github.com",
            "/",
        )
        .over(|operation| !operation.on_github_com())
        .want(|_| Want::Failure(ErrorKind::NotAvailable))
        .sent(|_| 0)
        .error(|error| error.to_string().contains("github.com") && !error.is_retryable()),
        named(
            "base URL: IDN",
            "https://bücher.example:PORT",
            "xn--bcher-kva.example",
            "/api/v3/",
        ),
        Case::new("base URL: plain http where asked for").with(|setup| {
            setup.base = "http://ghe.example.com:PORT";
            setup.plain_http = true;
            setup.http(|client, address| client.no_proxy().resolve("ghe.example.com", address));
        }),
    ]
}

fn named(name: &'static str, base: &'static str, host: &'static str, path: &'static str) -> Case {
    let change = move |setup: &mut crate::setup::Setup| {
        setup.base = base;
        setup.root = Some(certificates::trusted_pem());
        setup.http(move |client, address| client.resolve(host, address));
    };
    Case::new(name)
        .with(change)
        .script(|operation| Script {
            exchanges: vec![reply(good(operation))],
            tls: Some(certificates::good()),
        })
        .check(move |seen| match seen.requests.first() {
            Some(request) => below(request, path).and_then(|()| {
                let sent = Request::read(request).all("host").concat();
                if sent.split(':').next() == Some(host) {
                    Ok(())
                } else {
                    Err(format!("the host is {sent}"))
                }
            }),
            None => Ok(()),
        })
}

/// The request goes to an endpoint of the API right below `path`.
fn below(request: &[u8], path: &str) -> Result<(), String> {
    let target = Request::read(request).target;
    let right = target
        .strip_prefix(path)
        .is_some_and(|rest| rest.starts_with("appl") || rest.starts_with("auth"));
    if right {
        Ok(())
    } else {
        Err(format!("the path is not below {path}"))
    }
}

const REFUSED: [(&str, &str); 17] = [
    ("base URL: empty", ""),
    ("base URL: relative", "/plan7ed/api/v3"),
    ("base URL: no scheme", "plan7ed.example.com"),
    ("base URL: host and port", "plan7ed.example.com:443"),
    ("base URL: ftp", "ftp://plan7ed.example.com"),
    ("base URL: file", "file:///plan7ed"),
    ("base URL: query", "http://ADDRESS/?plan7ed"),
    ("base URL: empty query", "http://ADDRESS/api/v3?"),
    ("base URL: fragment", "http://ADDRESS/#plan7ed"),
    ("base URL: user name", "http://plan7ed@ADDRESS"),
    (
        "base URL: user name and password",
        "http://octocat:plan7ed@ADDRESS",
    ),
    ("base URL: empty user name", "http://@ADDRESS"),
    ("base URL: plain http", "http://plan7ed.example.com"),
    (
        "base URL: a name that only begins like loopback",
        "http://127.0.0.1.plan7ed.example.com",
    ),
    (
        "base URL: backslash",
        "http://ADDRESS\\@plan7ed.example.com",
    ),
    ("base URL: space", " http://ADDRESS/plan7ed"),
    ("base URL: line end", "http://ADDRESS/plan7ed\r\n"),
];

/// A refused address never gets as far as an operation, so one run is all there is.
fn refused(name: &'static str, base: &'static str) -> Case {
    Case::new(name)
        .over(|operation| operation.id() == "apps/check-token")
        .with(move |setup| setup.base = base)
        .want(|_| Want::Failure(ErrorKind::InvalidInput))
        .sent(|_| 0)
        .error(|error| {
            error.to_string().contains("base URL")
                && !format!("{error} {error:?}").contains("plan7ed")
        })
}
