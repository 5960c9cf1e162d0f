//! The forms of a server's address that are accepted, and those that are refused.

use crate::case::{Case, Want};
use crate::certificates;
use crate::requests::Request;
use crate::responses::{good, reply};
use crate::server::Script;
use ghes_oauth::{ErrorKind, Operation, Outcome};

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, base, path) in [
        ("base_url::host", "http://ADDRESS", "/api/v3/"),
        ("base_url::trailing_slash", "http://ADDRESS/", "/api/v3/"),
        ("base_url::api_v3", "http://ADDRESS/api/v3", "/api/v3/"),
        (
            "base_url::api_v3_and_trailing_slash",
            "http://ADDRESS/api/v3/",
            "/api/v3/",
        ),
        (
            "base_url::api_v3_doubled",
            "http://ADDRESS/api/v3/api/v3",
            "/api/v3/",
        ),
        ("base_url::sub_path", "http://ADDRESS/git/", "/git/api/v3/"),
        (
            "base_url::sub_path_and_api_v3",
            "http://ADDRESS/git/api/v3",
            "/git/api/v3/",
        ),
        ("base_url::localhost", "HTTP://LocalHost:PORT", "/api/v3/"),
    ] {
        cases.push(
            Case::new(name)
                .with(move |setup| setup.base = base)
                .check(move |seen| below(&seen.requests[0], path)),
        );
    }
    cases.push(
        Case::new("base_url::ipv6")
            .with(|setup| setup.base = "http://[::1]:PORT")
            .want(|_| Want::Failure(ErrorKind::Connection))
            .outcome(Outcome::NotPerformed)
            .sent(|_| 0),
    );
    cases.extend(by_name());
    cases.extend(REFUSED.map(|(name, base)| refused(name, base)));
    cases
}

/// Hosts that are known by name; the names resolve to the scripted server, which has a certificate for them.
fn by_name() -> [Case; 6] {
    [
        named(
            "base_url::github_com",
            "https://github.com",
            "api.github.com",
            "/",
        )
        .over(Operation::on_github_com),
        named(
            "base_url::ghe_com",
            "https://octo.ghe.com/",
            "api.octo.ghe.com",
            "/",
        )
        .over(Operation::on_github_com),
        named(
            "base_url::api_ghe_com",
            "https://api.octo.ghe.com",
            "api.octo.ghe.com",
            "/",
        )
        .over(Operation::on_github_com),
        named(
            "base_url::operation_not_on_github_com",
            "https://api.github.com",
            "api.github.com",
            "/",
        )
        .over(|operation| !operation.on_github_com())
        .want(|_| Want::Failure(ErrorKind::UnsupportedByServer))
        .sent(|_| 0)
        .error(|error| error.to_string().contains("github.com") && !error.is_retryable()),
        named(
            "base_url::idn",
            "https://bücher.example:PORT",
            "xn--bcher-kva.example",
            "/api/v3/",
        ),
        Case::new("base_url::plain_http_allowed").with(|setup| {
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

/// The request goes to an endpoint directly below `path`.
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
    ("base_url::empty", ""),
    ("base_url::relative", "/plan7ed/api/v3"),
    ("base_url::no_scheme", "plan7ed.example.com"),
    ("base_url::host_and_port", "plan7ed.example.com:443"),
    ("base_url::ftp", "ftp://plan7ed.example.com"),
    ("base_url::file", "file:///plan7ed"),
    ("base_url::query", "http://ADDRESS/?plan7ed"),
    ("base_url::empty_query", "http://ADDRESS/api/v3?"),
    ("base_url::fragment", "http://ADDRESS/#plan7ed"),
    ("base_url::user_name", "http://plan7ed@ADDRESS"),
    (
        "base_url::user_name_and_password",
        "http://octocat:plan7ed@ADDRESS",
    ),
    ("base_url::empty_user_name", "http://@ADDRESS"),
    ("base_url::plain_http", "http://plan7ed.example.com"),
    (
        "base_url::name_that_begins_like_loopback",
        "http://127.0.0.1.plan7ed.example.com",
    ),
    (
        "base_url::backslash",
        "http://ADDRESS\\@plan7ed.example.com",
    ),
    ("base_url::space", " http://ADDRESS/plan7ed"),
    ("base_url::line_end", "http://ADDRESS/plan7ed\r\n"),
];

/// The address is refused before there is an operation, so one run is enough.
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
