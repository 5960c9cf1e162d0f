//! What responses mean, one by one: only GitHub's own words count.

use crate::error::error::Error;
use crate::error::kind::{ErrorKind, OtpDelivery};
use crate::generated::types::Authorization;
use crate::model::metadata::Metadata;
use crate::model::operations::{APPS_CHECK_TOKEN, APPS_DELETE_TOKEN, APPS_RESET_TOKEN, Operation};
use crate::model::version::GhesVersion;
use crate::response::classify::Circumstances;
use crate::response::raw::RawResponse;
use crate::response::response::Response;
use crate::secret::buffer::SecretBytes;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const MINUTE: Duration = Duration::from_secs(60);
const JSON: (&str, &str) = ("content-type", "application/json; charset=utf-8");
const HTML: (&str, &str) = ("content-type", "text/html");
const GITHUB: (&str, &str) = ("x-github-request-id", "C0DE:1F2E:3D4C5B:6A7988:655F1D2C");

fn response(
    operation: &'static Operation,
    status: u16,
    headers: &[(&'static str, &str)],
    body: &str,
) -> RawResponse {
    let pair = |(name, value): &(&'static str, &str)| {
        (
            HeaderName::from_static(name),
            HeaderValue::from_str(value).unwrap(),
        )
    };
    let headers = HeaderMap::from_iter(headers.iter().map(pair));
    let mut bytes = SecretBytes::with_capacity(body.len());
    bytes.extend(body.as_bytes());
    RawResponse {
        operation,
        metadata: Metadata::new(StatusCode::from_u16(status).unwrap(), headers),
        body: bytes,
        fault: None,
        circumstances: Circumstances::default(),
        repeated: false,
        secrets: Arc::default(),
    }
}

fn checked(response: RawResponse) -> Result<Option<Authorization>, Error> {
    Ok(response.optional()?.into_value())
}

fn refused(status: u16, headers: &[(&'static str, &str)], body: &str) -> Error {
    response(&APPS_RESET_TOKEN, status, headers, body)
        .json::<Authorization>()
        .unwrap_err()
}

fn said(status: u16, message: &str) -> ErrorKind {
    let body = serde_json::json!({ "message": message }).to_string();
    refused(status, &[JSON, GITHUB], &body).kind()
}

#[test]
fn a_check_finds_nothing_only_where_github_says_so() {
    for headers in [
        &[JSON, GITHUB][..],
        &[JSON, ("x-github-media-type", "github.v3; format=json")],
    ] {
        for body in [
            r#"{"message":"Not Found"}"#,
            "{\"message\":\"Not Found\",\"documentation_url\":\"https://docs.github.com/rest/apps/oauth-applications#check-a-token\"}\n",
        ] {
            let read = checked(response(&APPS_CHECK_TOKEN, 404, headers, body));
            assert!(read.unwrap().is_none(), "{body}");
        }
    }
    let null = checked(response(&APPS_CHECK_TOKEN, 200, &[JSON], " null\r\n"));
    assert!(null.unwrap().is_none());
}

#[test]
fn a_404_that_github_did_not_send_says_nothing_of_a_token() {
    let not_found = r#"{"message":"Not Found"}"#;
    let unrouted = r#"{"message":"Not Found","documentation_url":"https://docs.github.com/rest"}"#;
    let old = r#"{"message":"Not Found","documentation_url":"https://developer.github.com/enterprise/2.20/v3"}"#;
    for (headers, body) in [
        (&[JSON, GITHUB][..], "{}"),
        (&[JSON, GITHUB], r#"{"error":"Not Found"}"#),
        (
            &[JSON, GITHUB],
            r#"{"documentation_url":"https://docs.github.com/rest/apps/oauth-applications#check-a-token"}"#,
        ),
        (&[JSON, GITHUB], r#"{"message":["Not Found"]}"#),
        (&[JSON, GITHUB], r#"{"message":"Not Found"}<html>"#),
        (&[JSON, GITHUB], r#"{"message":"Not Found"#),
        (
            &[JSON, GITHUB],
            r#"{"message":"no Route matched with those values"}"#,
        ),
        (&[JSON, GITHUB], r#"[{"message":"Not Found"}]"#),
        (&[JSON, GITHUB], unrouted),
        (&[JSON, GITHUB], old),
        (&[HTML, GITHUB], not_found),
        (&[GITHUB], not_found),
        (&[JSON], not_found),
        (&[JSON, ("x-kong-request-id", "1")], not_found),
        (&[HTML], "<html>Not Found</html>"),
    ] {
        for operation in [&APPS_CHECK_TOKEN, &APPS_DELETE_TOKEN, &APPS_RESET_TOKEN] {
            let error = checked(response(operation, 404, headers, body)).unwrap_err();
            assert_eq!(
                error.kind(),
                ErrorKind::NoSuchEndpoint,
                "{body} {headers:?}"
            );
            assert_ne!(error.kind(), ErrorKind::NotFound);
        }
    }
    let mut elsewhere = response(&APPS_CHECK_TOKEN, 404, &[JSON, GITHUB], not_found);
    elsewhere.circumstances.redirected = true;
    assert_eq!(
        checked(elsewhere).unwrap_err().kind(),
        ErrorKind::NoSuchEndpoint
    );
}

#[test]
fn null_is_nothing_only_as_a_whole_json_body_of_a_200() {
    for (status, headers, body) in [
        (200, &[JSON][..], "nullified: maintenance"),
        (200, &[JSON], "null<!doctype html>"),
        (200, &[JSON], "null null"),
        (200, &[JSON], ""),
        (202, &[JSON], "null"),
        (203, &[JSON], "null"),
        (200, &[HTML], "null"),
        (200, &[("content-type", "text/plain")], "null"),
        (200, &[], "null"),
    ] {
        let error = checked(response(&APPS_CHECK_TOKEN, status, headers, body)).unwrap_err();
        assert_eq!(
            error.kind(),
            ErrorKind::Decode,
            "{status} {body} {headers:?}"
        );
    }
    let mut elsewhere = response(&APPS_CHECK_TOKEN, 200, &[JSON], "null");
    elsewhere.circumstances.redirected = true;
    assert!(checked(elsewhere).is_err());
}

fn deleted(
    status: u16,
    headers: &[(&'static str, &str)],
    body: &str,
) -> Result<Response<()>, Error> {
    response(&APPS_DELETE_TOKEN, status, headers, body).empty()
}

#[test]
fn a_delete_succeeds_only_with_a_body_that_says_nothing_else() {
    for body in [
        "",
        "\r\n",
        "{}",
        " { } ",
        "null",
        "\u{feff}null",
        r#"{"id":1,"app":{"name":"x"},"token":""}"#,
    ] {
        assert!(deleted(200, &[JSON], body).is_ok(), "{body}");
    }
    assert!(deleted(204, &[], "").is_ok());
    assert!(deleted(204, &[("content-length", "0")], "").is_ok());
    for body in [
        r#"{"error":"invalid_token"}"#,
        r#"{"errors":["x"]}"#,
        r#"{"errors":[]}"#,
        r#"{"message":403}"#,
        r#"{"message":null}"#,
        r#"{"id":1,"error":"x"}"#,
        r#"{"status":"queued"}"#,
        r#"{"id":"1"}"#,
        "null and void",
        "{} {}",
        "{",
        "[]",
        "true",
        "Down for maintenance",
        "<html>",
    ] {
        let error = deleted(200, &[JSON], body).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        assert_eq!(error.raw_body(), Some(body.as_bytes()));
    }
    assert!(deleted(200, &[("content-length", "900")], "").is_err());
    assert!(deleted(204, &[("content-length", "900")], "").is_err());
    assert!(deleted(200, &[HTML], "").is_err() && deleted(200, &[HTML], "null").is_err());
}

#[test]
fn a_404_after_a_retried_delete_names_both_reasons() {
    let mut again = response(
        &APPS_DELETE_TOKEN,
        404,
        &[JSON, GITHUB],
        r#"{"message":"Not Found"}"#,
    );
    again.repeated = true;
    let error = again.empty().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert!(
        error
            .to_string()
            .contains("not found, or deleted by an earlier attempt"),
        "{error}"
    );
}

#[test]
fn a_success_that_cannot_be_read_keeps_its_body_and_shows_none_of_it() {
    let body = r#"{"id":"gho_16C7e42F292c6912E7710c838347Ae178B4a","token":"plan7ed"}"#;
    let error = refused(200, &[JSON], body);
    assert_eq!(error.raw_body(), Some(body.as_bytes()));
    assert_eq!(error.recovered_token().unwrap().expose_secret(), "plan7ed");
    let shown = format!("{error} {error:?} {error:#?}");
    assert!(
        !shown.contains("gho_") && !shown.contains("plan7ed"),
        "{shown}"
    );
    assert!(refused(422, &[JSON], body).raw_body().is_none());
}

#[test]
fn limits_and_logins_are_known_by_githubs_own_sentences() {
    for (status, message, kind) in [
        (
            403,
            "API rate limit exceeded for user ID 1.",
            ErrorKind::RateLimited,
        ),
        (
            429,
            "api rate limit exceeded for 10.0.0.1. (But here's the good news)",
            ErrorKind::RateLimited,
        ),
        (
            403,
            "You have exceeded a secondary rate limit. Please wait.",
            ErrorKind::SecondaryRateLimited,
        ),
        (
            403,
            "You have exceeded a secondary rate limit and have been temporarily blocked",
            ErrorKind::SecondaryRateLimited,
        ),
        (
            403,
            "You have triggered an abuse detection mechanism. Please wait.",
            ErrorKind::SecondaryRateLimited,
        ),
        (
            403,
            "was submitted too quickly",
            ErrorKind::SecondaryRateLimited,
        ),
        (
            422,
            "was submitted too quickly",
            ErrorKind::SecondaryRateLimited,
        ),
        (
            403,
            "Blocked: contact abuse@example.com",
            ErrorKind::Forbidden,
        ),
        (
            403,
            "See the secondary rate limit policy",
            ErrorKind::Forbidden,
        ),
        (
            403,
            "Login attempts of bots are not welcome",
            ErrorKind::Forbidden,
        ),
        (
            403,
            "Maximum number of login attempts exceeded. Please try again later.",
            ErrorKind::LoginLockout,
        ),
        (403, "Set a User-Agent, or not", ErrorKind::Forbidden),
        (
            401,
            "Must specify two-factor authentication OTP code.",
            ErrorKind::OtpRequired(OtpDelivery::Unknown),
        ),
        (401, "The footprint is wrong", ErrorKind::Unauthorized),
        (
            401,
            "Enable two-factor authentication",
            ErrorKind::Unauthorized,
        ),
        (400, "The conversion failed", ErrorKind::Validation),
        (
            410,
            "This endpoint was removed in version 3.30",
            ErrorKind::Gone,
        ),
        (
            410,
            "API version '2022-11-28' is no longer supported",
            ErrorKind::UnsupportedApiVersion,
        ),
    ] {
        assert_eq!(said(status, message), kind, "{status} {message}");
    }
    let spent = [JSON, GITHUB, ("x-ratelimit-remaining", "0")];
    let kind = |status, body| refused(status, &spent, body).kind();
    assert_eq!(
        kind(403, r#"{"message":"Must have admin rights"}"#),
        ErrorKind::Forbidden
    );
    assert_eq!(kind(403, "{}"), ErrorKind::RateLimited);
    assert_eq!(
        kind(429, r#"{"message":"Slow down"}"#),
        ErrorKind::RateLimited
    );
    let body = r#"{"message":"x","documentation_url":"https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits"}"#;
    assert_eq!(
        refused(403, &[JSON, GITHUB], body).kind(),
        ErrorKind::SecondaryRateLimited
    );
}

#[test]
fn the_load_balancers_refusal_of_a_user_agent_is_text() {
    let text = "\r\nRequest forbidden by administrative rules. Please make sure your request has a User-Agent header.\r\n";
    let error = refused(403, &[HTML], text);
    assert_eq!(error.kind(), ErrorKind::UserAgentRefused);
    assert_eq!(error.github_message(), Some(text.trim()));
    let page = "<html><body><h1>403 Forbidden</h1>Request forbidden by administrative rules.</body></html>";
    assert_eq!(refused(403, &[HTML], page).kind(), ErrorKind::Forbidden);
}

#[test]
fn the_wait_is_what_the_server_asks_for_where_that_is_a_time_to_come() {
    let seconds = |ahead: u64| {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        now.as_secs() + ahead
    };
    let body = r#"{"message":"API rate limit exceeded"}"#;
    let wait = |retry: Option<&str>, reset: &str| {
        let mut headers = vec![
            JSON,
            GITHUB,
            ("x-ratelimit-remaining", "0"),
            ("x-ratelimit-reset", reset),
        ];
        headers.extend(retry.map(|retry| ("retry-after", retry)));
        refused(403, &headers, body).retry_after().unwrap()
    };
    let (hour, past) = (seconds(3600).to_string(), "Sun, 06 Nov 1994 08:49:37 GMT");
    let is_hour = |wait: Duration| wait > 59 * MINUTE && wait <= 60 * MINUTE;
    assert!(
        is_hour(wait(None, &hour))
            && is_hour(wait(Some(past), &hour))
            && is_hour(wait(Some("0"), &hour))
    );
    assert!(
        is_hour(wait(None, &format!("{hour}000"))) && is_hour(wait(None, &format!("{hour}000000")))
    );
    assert_eq!(wait(Some("7"), &hour), Duration::from_secs(7));
    assert_eq!(wait(Some(past), "1"), MINUTE);
    assert_eq!(wait(Some("0"), "1"), Duration::ZERO);
    assert_eq!(wait(None, "soon"), MINUTE);
    let secondary = |retry: &str| refused(429, &[("retry-after", retry)], "").retry_after();
    assert_eq!(
        (secondary("0"), secondary(past)),
        (Some(Duration::ZERO), Some(MINUTE))
    );
}

#[test]
fn only_githubs_own_responses_teach_the_version() {
    let version = ("x-github-enterprise-version", "3.3.1");
    let learned = |status, headers: &[(&'static str, &str)], body| {
        response(&APPS_CHECK_TOKEN, status, headers, body).version()
    };
    let known = Some(GhesVersion::new(3, 3));
    assert_eq!(learned(200, &[JSON, GITHUB, version], "{\"id\":1}"), known);
    assert_eq!(learned(204, &[GITHUB, version], ""), known);
    assert_eq!(
        learned(404, &[JSON, GITHUB, version], r#"{"message":"Not Found"}"#),
        known
    );
    for (status, headers, body) in [
        (503, &[HTML, version][..], "<html>"),
        (503, &[JSON, GITHUB, version], r#"{"message":"x"}"#),
        (404, &[JSON, version], r#"{"message":"Not Found"}"#),
        (404, &[HTML, GITHUB, version], "<html>"),
        (403, &[JSON, GITHUB, version], "{}"),
        (200, &[HTML, GITHUB, version], "<html>"),
        (200, &[version], "{\"id\":1}"),
    ] {
        assert_eq!(learned(status, headers, body), None, "{status} {headers:?}");
    }
    let old = ("x-github-enterprise-version", "0.1");
    let error = refused(404, &[HTML, old], "<html>");
    assert_eq!(
        error.kind(),
        ErrorKind::NoSuchEndpoint,
        "and no operation that the version lacks"
    );
}
