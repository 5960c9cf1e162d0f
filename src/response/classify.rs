//! Decides which error a response means.

use crate::error::error::Error;
use crate::error::github::GitHubError;
use crate::error::kind::{ErrorKind, OtpDelivery, Outcome};
use crate::model::metadata::Metadata;
use crate::model::operation::{CredentialKind, Operation};
use crate::model::version::GhesVersion;
use crate::response::error_body;
use crate::secret::redact::Secrets;
use http::StatusCode;
use std::time::{Duration, SystemTime};

/// The shortest wait that GitHub asks for after a secondary rate limit without a time.
const SECONDARY_LIMIT_WAIT: Duration = Duration::from_secs(60);

// The beginnings of GitHub's messages; the rest names users and addresses.
const PRIMARY_LIMIT: [&str; 5] = [
    "API rate limit exceeded",
    "API rate limit already exceeded",
    "Rate limit exceeded",
    "You have exceeded the rate limit",
    "You have exceeded your rate limit",
];
const SECONDARY_LIMIT: [&str; 2] = [
    "You have exceeded a secondary rate limit",
    "You have triggered an abuse detection mechanism",
];
const OTP_MISSING: &str = "Must specify two-factor authentication OTP code";
const LOGIN_LOCKOUT: &str = "Maximum number of login attempts exceeded";
const USER_AGENT: [&str; 2] = [
    error_body::FORBIDDEN_BY_RULES,
    "Missing or invalid User Agent",
];

/// The facts about an exchange that its response does not show.
#[derive(Clone, Copy, Default)]
pub(crate) struct Circumstances {
    /// Whether the request had a one-time password.
    pub(crate) otp_sent: bool,
    /// Whether the server redirected, and this is the response of the other address.
    pub(crate) redirected: bool,
}

/// Returns the error for a response whose status is not a success.
pub(crate) fn from_response(
    operation: &'static Operation,
    metadata: Metadata,
    body: &[u8],
    circumstances: Circumstances,
    secrets: &Secrets,
) -> Error {
    let github = error_body::read(body).unwrap_or_default();
    // GitHub's text before redaction: a password that happens to be one of these words must not change the error.
    let kind = if metadata.status() == StatusCode::NOT_FOUND {
        not_found(&metadata, body, circumstances)
    } else {
        classify(&metadata, &github, circumstances.otp_sent)
    };
    let outside = matches!(
        kind,
        ErrorKind::NotFound | ErrorKind::NoSuchEndpoint | ErrorKind::Gone
    )
    .then(|| metadata.githubs_version())
    .flatten()
    .filter(|version| !operation.is_in(*version));
    let error = match outside {
        Some(version) => unsupported(
            operation,
            &format!("GHES {version}, which responded,"),
            Some(version),
        ),
        None if metadata.status() == StatusCode::PROXY_AUTHENTICATION_REQUIRED => {
            Error::new(kind, "a proxy on the way asks for credentials")
        }
        None if !metadata.is_githubs() => Error::new(kind, of_another(kind, operation)),
        None => Error::new(kind, explain(kind, operation)),
    };
    // A 303 redirects to the result of an operation that was performed (RFC 9110, section 15.4.4).
    let error = match metadata.status() {
        StatusCode::SEE_OTHER => error.with_outcome(Outcome::Unknown),
        _ => error,
    };
    let wait = wait(kind, &metadata);
    error
        .at(operation)
        .with_github(github.without(secrets))
        .with_retry_after(wait)
        .with_metadata(metadata.for_error(secrets))
}

/// Returns whether a response is plainly GitHub's "not found", so that a call for a token can return `None` without building an [`Error`].
///
/// Every other 404, also from a version without the operation, is left to [`from_response`].
pub(crate) fn is_plain_not_found(
    operation: &Operation,
    metadata: &Metadata,
    body: &[u8],
    circumstances: Circumstances,
) -> bool {
    metadata.status() == StatusCode::NOT_FOUND
        && not_found(metadata, body, circumstances) == ErrorKind::NotFound
        && metadata
            .ghes_version()
            .is_none_or(|version| operation.is_in(version))
}

/// Returns the error for an operation that a server does not have; it names the operation and its replacement.
pub(crate) fn unsupported(
    operation: &'static Operation,
    server: &str,
    version: Option<GhesVersion>,
) -> Error {
    let reason = match (operation.deprecation(), version) {
        // The note begins with the versions that have the operation.
        (Some(deprecation), _) => deprecation.note().to_owned(),
        (None, Some(version)) => match (operation.since(), operation.until()) {
            (Some(since), _) if version < since => format!("it came with GHES {since}"),
            (Some(_), Some(until)) => format!("GHES {until} was the last to have it"),
            _ => "only github.com has it".to_owned(),
        },
        (None, None) => "only GHES has it".to_owned(),
    };
    let text = format!("{server} does not have {}: {reason}", operation.id());
    Error::new(ErrorKind::UnsupportedByServer, text).at(operation)
}

fn classify(metadata: &Metadata, github: &GitHubError, otp_sent: bool) -> ErrorKind {
    let is_secondary = || {
        github.begins(&SECONDARY_LIMIT)
            || github.mentions("submitted too quickly")
            || github.is_about("secondary-rate-limits")
            || github.is_about("abuse-rate-limits")
    };
    let is_primary = || {
        github.begins(&PRIMARY_LIMIT)
            || github.is_about("primary-rate-limits")
            || github.is_about("rate-limiting")
    };
    let is_exhausted = || {
        metadata
            .rate_limit()
            .is_some_and(|limit| limit.remaining == Some(0))
    };
    match metadata.status().as_u16() {
        304 => ErrorKind::NotModified,
        300..=399 => ErrorKind::RedirectRefused,
        422 if github.mentions("submitted too quickly") => ErrorKind::SecondaryRateLimited,
        400 | 410 if github.is_about_the_api_version() => ErrorKind::UnsupportedApiVersion,
        400 | 422 => ErrorKind::Validation,
        401 | 403 | 429 if github.begins(&[LOGIN_LOCKOUT]) => ErrorKind::LoginLockout,
        401 => match otp_delivery(metadata, github.begins(&[OTP_MISSING])) {
            Some(delivery) if otp_sent => ErrorKind::OtpInvalid(delivery),
            Some(delivery) => ErrorKind::OtpRequired(delivery),
            None => ErrorKind::Unauthorized,
        },
        403 if github.begins(&USER_AGENT) => ErrorKind::UserAgentRefused,
        403 | 429 if is_secondary() => ErrorKind::SecondaryRateLimited,
        403 | 429 if is_primary() => ErrorKind::RateLimited,
        429 if is_exhausted() => ErrorKind::RateLimited,
        // A 403 with a message has another reason; this request was the last of the window by coincidence.
        403 if is_exhausted() && github.is_silent() => ErrorKind::RateLimited,
        429 => ErrorKind::SecondaryRateLimited,
        403 if metadata.retry_after().is_some() => ErrorKind::SecondaryRateLimited,
        403 => ErrorKind::Forbidden,
        410 => ErrorKind::Gone,
        500.. => ErrorKind::Server,
        _ => ErrorKind::UnexpectedStatus,
    }
}

/// Decides what a 404 means. GitHub's own has the message "Not Found" in complete JSON, GitHub's headers, and the documentation page of the
/// operation or none. With the front page of the documentation it is about a path without an operation; any other 404 comes from a gateway
/// or a web page.
fn not_found(metadata: &Metadata, body: &[u8], circumstances: Circumstances) -> ErrorKind {
    let is_githubs =
        !circumstances.redirected && metadata.is_githubs() && error_body::is_not_found(body);
    if is_githubs {
        ErrorKind::NotFound
    } else {
        ErrorKind::NoSuchEndpoint
    }
}

/// Reads `X-GitHub-OTP: required; app`. GitHub's message alone shows that a one-time password is needed, not how the user gets it.
fn otp_delivery(metadata: &Metadata, by_message: bool) -> Option<OtpDelivery> {
    let header = metadata
        .text("x-github-otp")
        .unwrap_or_default()
        .to_ascii_lowercase();
    // Two lines of the header may have become one.
    let mut words = header
        .split([';', ','])
        .map(|word| word.trim().trim_matches('"'));
    if words.next() != Some("required") {
        return by_message.then_some(OtpDelivery::Unknown);
    }
    let words: Vec<&str> = words.collect();
    Some(match (words.contains(&"app"), words.contains(&"sms")) {
        (true, false) => OtpDelivery::App,
        (false, true) => OtpDelivery::Sms,
        _ => OtpDelivery::Unknown,
    })
}

/// How long to wait: `Retry-After`, or else the end of the window, or else the wait that GitHub's rules ask for.
fn wait(kind: ErrorKind, metadata: &Metadata) -> Option<Duration> {
    let asked = metadata.retry_after();
    let is_limit = matches!(
        kind,
        ErrorKind::RateLimited | ErrorKind::SecondaryRateLimited
    );
    if !is_limit || asked.is_some_and(|asked| !asked.is_zero()) {
        return asked;
    }
    // A date in the past, or a wait of zero.
    let window = || {
        let reset = metadata.rate_limit()?.reset?;
        reset.duration_since(SystemTime::now()).ok()
    };
    let asked = asked.filter(|_| metadata.text("retry-after") == Some("0"));
    let window = (kind == ErrorKind::RateLimited).then(window).flatten();
    window.or(asked).or(Some(SECONDARY_LIMIT_WAIT))
}

/// Explains a response that is not GitHub's, and so says nothing about the credentials.
fn of_another(kind: ErrorKind, operation: &Operation) -> &'static str {
    match kind {
        ErrorKind::Unauthorized => {
            "the response is not GitHub's: perhaps a gateway in front of the server asks for credentials of its own"
        }
        ErrorKind::Forbidden => {
            "the response is not GitHub's: perhaps a gateway in front of the server refuses the request"
        }
        _ => explain(kind, operation),
    }
}

fn explain(kind: ErrorKind, operation: &Operation) -> &'static str {
    match kind {
        ErrorKind::Unauthorized => match operation.credentials() {
            CredentialKind::App => "the server does not accept the client id and client secret",
            CredentialKind::User => "the server does not accept the login and password",
            CredentialKind::None => {
                "the server asks for credentials, which this operation has none of"
            }
        },
        ErrorKind::OtpRequired(_) => {
            "the user has two-factor authentication: set a one-time password on the call"
        }
        ErrorKind::OtpInvalid(_) => {
            "the one-time password is wrong, has expired or was used before"
        }
        ErrorKind::Forbidden => "the server refuses the request",
        ErrorKind::UserAgentRefused => "the server refuses the User-Agent of the request",
        ErrorKind::LoginLockout => {
            "too many failed logins: the server refuses this user for a while, right password or not"
        }
        ErrorKind::NotFound if operation.credentials() == CredentialKind::App => {
            "not a live token of this app"
        }
        ErrorKind::NotFound => "not found",
        ErrorKind::NoSuchEndpoint => {
            "the response is not the API's: check the base URL, which is https://HOST for a GHES"
        }
        ErrorKind::Gone => "the server has removed the operation",
        ErrorKind::UnsupportedApiVersion => {
            "the server does not serve this API version: set another one, or none"
        }
        ErrorKind::Validation => "the server refuses the content of the request",
        ErrorKind::RateLimited => "the rate limit is used up",
        ErrorKind::SecondaryRateLimited => "too many requests in a short time",
        ErrorKind::RedirectRefused => {
            "the server redirects the request, which is followed for GET only and to the same scheme, host and port: check the base URL"
        }
        ErrorKind::NotModified => "not modified, though no condition was set",
        ErrorKind::Server => "the server failed",
        _ => "the server responded with a status that this operation does not have",
    }
}
