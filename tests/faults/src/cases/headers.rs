//! Headers of responses, well-formed and malformed.

use super::over;
use crate::case::{Case, Seen, Want};
use crate::responses::{REQUEST_ID, good, good_with, reply, response};
use ghes_oauth::{
    ApiVersion, DeprecationHeader, ErrorKind, GhesVersion, Idempotency, Metadata, Operation,
};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::from(deprecation());
    cases.extend([
        with_header(
            "header::sunset",
            "Sunset",
            "Fri, 11 Nov 2044 11:11:11 GMT",
            |metadata| metadata.sunset() > Some(SystemTime::now()),
        ),
        with_header(
            "header::sunset_junk",
            "Sunset",
            "one fine day",
            |metadata| metadata.sunset().is_none(),
        ),
        with_header(
            "header::request_id_junk",
            "X-GitHub-Request-Id",
            "<b>plan7ed</b>",
            |metadata| metadata.request_id().is_none(),
        ),
        with_header(
            "header::ghes_version",
            "X-GitHub-Enterprise-Version",
            "3.3.17",
            |metadata| metadata.ghes_version() == Some(GhesVersion::new(3, 3)),
        ),
        with_header(
            "header::ghes_version_junk",
            "X-GitHub-Enterprise-Version",
            "three.x",
            |metadata| metadata.ghes_version().is_none(),
        ),
        with_header(
            "header::cookie",
            "Set-Cookie",
            "session=plan7ed; Path=/",
            |metadata| !format!("{metadata:?}").contains("plan7ed"),
        ),
        with_header(
            "header::scopes",
            "X-OAuth-Scopes",
            "repo, ,user",
            |metadata| metadata.oauth_scopes() == Some(vec!["repo", "user"]),
        ),
        with_header(
            "header::60_kilobytes",
            "X-Large",
            Box::leak("x".repeat(60_000).into_boxed_str()),
            |metadata| metadata.headers().len() > 1,
        ),
        with_header(
            "header::link_junk",
            "Link",
            "<>; rel=next, <?page=x>; rel=\"next\", \"",
            |_| true,
        )
        .over(over::lists)
        .value(|value| value.page == Some((2, None))),
        with_header(
            "header::link_to_another_host",
            "Link",
            "<https://evil.example/x?page=7>; rel=\"next\"",
            |_| true,
        )
        .over(over::lists)
        .value(|value| value.page == Some((2, Some(7)))),
        not_ascii(),
        version_of_another_server(),
        second_call_has_no_cookie(),
    ]);
    cases.push(refused_setting(
        "header::api_version_with_a_line_end",
        "API version",
        |setup| {
            setup.own(|builder| builder.api_version(ApiVersion::new("2022-11-28\r\nX: 1")));
        },
    ));
    cases.push(refused_setting(
        "header::user_agent_with_a_line_end",
        "user agent",
        |setup| {
            setup.own(|builder| builder.user_agent("mine\r\nX: 1"));
        },
    ));
    cases
}

fn deprecation() -> [Case; 5] {
    let since = |seconds| {
        Some(DeprecationHeader::Since(
            UNIX_EPOCH + Duration::from_secs(seconds),
        ))
    };
    let case = |name, value, expected| {
        with_header(name, "Deprecation", value, move |metadata| {
            metadata.deprecation() == expected
        })
    };
    [
        case(
            "deprecation::at_seconds",
            "@1688169599",
            since(1_688_169_599),
        ),
        case(
            "deprecation::date",
            "Fri, 14 Feb 2020 16:00:00 GMT",
            since(1_581_696_000),
        ),
        case(
            "deprecation::true",
            "true",
            Some(DeprecationHeader::Undated),
        ),
        case("deprecation::far_future", "@99999999999999999999", None),
        case("deprecation::junk", "version=\"v3\"", None),
    ]
}

/// A success with one more header.
fn with_header(
    name: &'static str,
    header: &'static str,
    value: &'static str,
    right: impl Fn(&Metadata) -> bool + Send + Sync + 'static,
) -> Case {
    Case::new(name)
        .exchanges(move |operation| vec![reply(with(operation, header, value))])
        .check(move |seen| check(seen, &right))
}

fn with(operation: &Operation, header: &str, value: &str) -> Vec<u8> {
    let bytes = good_with(operation, &[(header, value)]);
    if header != "X-GitHub-Request-Id" {
        return bytes;
    }
    let usual = format!("X-GitHub-Request-Id: {REQUEST_ID}\r\n");
    String::from_utf8(bytes)
        .unwrap()
        .replace(&usual, "")
        .into_bytes()
}

fn check(seen: &Seen<'_>, right: &dyn Fn(&Metadata) -> bool) -> Result<(), String> {
    match &seen.outcome.result {
        Ok(success) if !right(&success.metadata) => Err("the header is read otherwise".to_owned()),
        _ => Ok(()),
    }
}

/// Bytes that are not text, in every header that the client reads.
fn not_ascii() -> Case {
    const READ: [&str; 12] = [
        "Link",
        "Retry-After",
        "Deprecation",
        "Sunset",
        "X-GitHub-Enterprise-Version",
        "X-RateLimit-Limit",
        "X-RateLimit-Remaining",
        "X-RateLimit-Reset",
        "X-OAuth-Scopes",
        "ETag",
        "Last-Modified",
        "X-GitHub-OTP",
    ];
    Case::new("header::not_ascii").exchanges(|operation| {
        let bytes = good_with(operation, &READ.map(|name| (name, "PLACE")));
        let place = b"PLACE";
        let mut out = Vec::new();
        let mut rest = bytes.as_slice();
        while let Some(at) = rest.windows(place.len()).position(|window| window == place) {
            out.extend(&rest[..at]);
            out.extend(b"\xff\xfe\xc3");
            rest = &rest[at + place.len()..];
        }
        out.extend(rest);
        vec![reply(out)]
    })
}

/// A 404 from a version without the operation is reported as that, and not as "not live".
fn version_of_another_server() -> Case {
    Case::new("header::ghes_version_without_the_operation")
        .over(over::token_in_path)
        .exchanges(|_| {
            let version = [
                ("X-GitHub-Enterprise-Version", "3.14.2"),
                ("Content-Type", "application/json"),
            ];
            vec![reply(response(
                404,
                &version,
                br#"{"message":"Not Found"}"#,
            ))]
        })
        .want(|_| Want::Failure(ErrorKind::UnsupportedByServer))
        .status(404)
        .error(|error| {
            error.ghes_version() == Some(GhesVersion::new(3, 14))
                && error.to_string().contains("3.3")
        })
}

/// A retry contains nothing of the first response; every run checks its requests.
fn second_call_has_no_cookie() -> Case {
    Case::new("header::cookie_and_retry")
        .over(|operation| operation.idempotency() != Idempotency::NotIdempotent)
        .exchanges(|operation| {
            vec![
                reply(response(502, &[("Set-Cookie", "a=b")], b"")),
                reply(good(operation)),
            ]
        })
        .sent(|_| 2)
}

fn refused_setting(
    name: &'static str,
    field: &'static str,
    change: impl Fn(&mut crate::setup::Setup) + Send + Sync + 'static,
) -> Case {
    Case::new(name)
        .over(|operation| operation.id() == "apps/check-token")
        .with(change)
        .want(|_| Want::Failure(ErrorKind::InvalidInput))
        .sent(|_| 0)
        .error(move |error| error.to_string().contains(field))
}
