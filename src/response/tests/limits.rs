//! Errors of GitHub's about rate limits, logins and versions.

use super::{GITHUB, HTML, JSON, kind_of, refused, response};
use crate::error::kind::{ErrorKind, OtpDelivery};
use crate::generated::operations::APPS_CHECK_TOKEN;
use crate::model::version::GhesVersion;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const MINUTE: Duration = Duration::from_secs(60);

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
            "API rate limit already exceeded for user ID 1.",
            ErrorKind::RateLimited,
        ),
        (403, "Rate limit exceeded", ErrorKind::RateLimited),
        (
            403,
            "You have exceeded your rate limit.",
            ErrorKind::RateLimited,
        ),
        (
            403,
            "The rate limit exceeded is shown in your settings",
            ErrorKind::Forbidden,
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
        (
            401,
            "Maximum number of login attempts exceeded. Please try again later.",
            ErrorKind::LoginLockout,
        ),
        (403, "Set a User-Agent, or not", ErrorKind::Forbidden),
        (
            403,
            "Missing or invalid User Agent string.",
            ErrorKind::UserAgentRefused,
        ),
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
            "Removed in version 3.30: contact GitHub Support.",
            ErrorKind::Gone,
        ),
        (
            410,
            "API version '2022-11-28' is no longer supported",
            ErrorKind::UnsupportedApiVersion,
        ),
    ] {
        assert_eq!(kind_of(status, message), kind, "{status} {message}");
    }
    let spent = [JSON, GITHUB, ("x-ratelimit-remaining", "0")];
    let kind = |status, body| refused(status, &spent, body).kind();
    assert_eq!(
        kind(403, r#"{"message":"Must have admin rights"}"#),
        ErrorKind::Forbidden
    );
    assert_eq!(kind(403, "{}"), ErrorKind::RateLimited);
    assert_eq!(kind(403, r#"{"message":" "}"#), ErrorKind::RateLimited);
    assert_eq!(
        kind(429, r#"{"message":"Slow down"}"#),
        ErrorKind::RateLimited
    );
    let about = |section: &str| {
        let page = "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api";
        let body = format!(r#"{{"message":"x","documentation_url":"{page}#{section}"}}"#);
        refused(403, &[JSON, GITHUB], &body).kind()
    };
    assert_eq!(
        about("about-secondary-rate-limits"),
        ErrorKind::SecondaryRateLimited
    );
    assert_eq!(about("about-primary-rate-limits"), ErrorKind::RateLimited);
    assert_eq!(about("rate-limiting"), ErrorKind::RateLimited);
    assert_eq!(about("about-forks"), ErrorKind::Forbidden);
}

#[test]
fn the_load_balancers_refusal_of_a_user_agent_is_text() {
    let text = "\r\nRequest forbidden by administrative rules. Please make sure your request has a User-Agent header.\r\n";
    let error = refused(403, &[HTML], text);
    assert_eq!(error.kind(), ErrorKind::UserAgentRefused);
    assert_eq!(error.github_message(), Some(text.trim()));
    let page = "<html><body><h1>403 Forbidden</h1>Request forbidden by administrative rules.</body></html>";
    assert_eq!(refused(403, &[HTML], page).kind(), ErrorKind::Forbidden);
    let page = page.replace("rules.", "rules. Your request needs a User-Agent header.");
    assert_eq!(
        refused(403, &[HTML], &page).kind(),
        ErrorKind::UserAgentRefused
    );
}

#[test]
fn how_a_user_gets_one_time_passwords_is_read_from_the_header() {
    let kind = |value| refused(401, &[JSON, ("x-github-otp", value)], "{}").kind();
    for (value, delivery) in [
        ("required; app", OtpDelivery::App),
        ("Required;SMS", OtpDelivery::Sms),
        ("\"required\"; app", OtpDelivery::App),
        ("required; sms, required; sms", OtpDelivery::Sms),
        ("required, required; app", OtpDelivery::App),
        ("required", OtpDelivery::Unknown),
        ("required; webauthn", OtpDelivery::Unknown),
        ("required; app, required; sms", OtpDelivery::Unknown),
    ] {
        assert_eq!(kind(value), ErrorKind::OtpRequired(delivery), "{value}");
    }
    for value in ["", "optional; app", "app; required", "not required"] {
        assert_eq!(kind(value), ErrorKind::Unauthorized, "{value}");
    }
}

#[test]
fn a_407_is_a_proxys() {
    let error = refused(407, &[HTML], "<html>");
    assert_eq!(error.kind(), ErrorKind::UnexpectedStatus);
    assert!(error.to_string().contains("a proxy"), "{error}");
}

#[test]
fn the_wait_is_the_servers_if_it_is_in_the_future() {
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
        is_hour(wait(None, &format!("{hour}000")))
            && is_hour(wait(None, &format!("{hour}000000")))
            && is_hour(wait(None, &format!("{hour}.25")))
    );
    // A time since the epoch is not read as a wait of fifty years.
    for text in [hour.clone(), format!("{hour}000")] {
        assert!(is_hour(wait(Some(&text), "1")), "{text}");
    }
    for text in ["-5", "1.5", "7s", "", "99999999999999999999999"] {
        assert!(is_hour(wait(Some(text), &hour)), "{text}");
        assert_eq!(wait(Some(text), "1"), MINUTE, "{text}");
    }
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
    assert_eq!(learned(200, &[JSON, version], "[]"), known);
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
        (200, &[JSON, version], r#"{"maintenance":true}"#),
        (200, &[JSON, version], r#"{"id":1,"error":"x"}"#),
        (202, &[JSON, GITHUB, version], "{\"id\":1}"),
        (407, &[JSON, GITHUB, version], r#"{"message":"x"}"#),
        (
            200,
            &[JSON, GITHUB, ("x-github-enterprise-version", "0.1")],
            "{\"id\":1}",
        ),
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
