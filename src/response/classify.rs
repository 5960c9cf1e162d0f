//! Reads from a response which error it reports.

use crate::error::error::{Error, GitHubError};
use crate::error::kind::{ErrorKind, OtpDelivery};
use crate::generated::types::ValidationProblem;
use crate::model::lenient::{self, Lenient, Names};
use crate::model::metadata::Metadata;
use crate::model::operations::Operation;
use crate::model::version::GhesVersion;
use crate::response::{decode, truncated};
use crate::secret::redact::Secrets;
use reqwest::StatusCode;
use serde::de::{IgnoredAny, MapAccess, SeqAccess};
use std::time::{Duration, SystemTime};

/// What GitHub asks to wait at least after a secondary limit that names no time.
const SECONDARY_LIMIT_WAIT: Duration = Duration::from_secs(60);

/// The error that a response without success stands for.
pub(crate) fn from_answer(
    operation: &'static Operation,
    metadata: Metadata,
    body: &[u8],
    otp_sent: bool,
    secrets: &Secrets,
) -> Error {
    let github = read_body(body);
    // By GitHub's own words: a password that happens to be one of them must not turn one error into another.
    let kind = classify(
        &metadata,
        github.as_ref().filter(|_| is_whole(&metadata, body)),
        otp_sent,
    );
    let outside = matches!(
        kind,
        ErrorKind::NotFound | ErrorKind::NoSuchEndpoint | ErrorKind::Gone
    )
    .then(|| metadata.ghes_version())
    .flatten()
    .filter(|version| !operation.is_in(*version));
    let error = match outside {
        Some(version) => unsupported(
            operation,
            &format!("GHES {version}, which answered,"),
            Some(version),
        ),
        None => Error::new(kind, explain(kind)),
    };
    let wait = wait(kind, &metadata);
    let github = github.unwrap_or_default().without(secrets);
    error
        .at(operation)
        .with_github(github)
        .with_retry_after(wait)
        .with_metadata(metadata.for_error(secrets))
}

/// Whether a response is GitHub's "not found" in so many words, which for a dead token is no error worth an [`Error`].
///
/// Anything less plain, and a version that lacks the operation, is left to [`from_answer`].
pub(crate) fn is_plain_not_found(operation: &Operation, metadata: &Metadata, body: &[u8]) -> bool {
    #[derive(serde::Deserialize)]
    struct Body<'a> {
        message: &'a str,
    }
    metadata.status() == StatusCode::NOT_FOUND
        && metadata
            .ghes_version()
            .is_none_or(|version| operation.is_in(version))
        && body.starts_with(b"{")
        && str::from_utf8(body).is_ok_and(|body| {
            serde_json::from_str::<Body<'_>>(body)
                .is_ok_and(|body| body.message.eq_ignore_ascii_case("not found"))
        })
}

/// The error for an operation that a server does not have; it names the operation and what replaces it.
pub(crate) fn unsupported(
    operation: &'static Operation,
    server: &str,
    version: Option<GhesVersion>,
) -> Error {
    let reason = match version {
        Some(version) if version < operation.since() => {
            format!("it came with GHES {}", operation.since())
        }
        Some(_) => operation.until().map_or_else(String::new, |until| {
            format!("GHES {until} was the last to have it")
        }),
        None => "only GHES has it".to_owned(),
    };
    let mut text = format!("{server} does not have {}: {reason}", operation.id());
    if let Some(deprecation) = operation.deprecation() {
        text.push_str("; ");
        text.push_str(deprecation.note());
    }
    Error::new(ErrorKind::UnsupportedByServer, text).at(operation)
}

fn classify(metadata: &Metadata, github: Option<&GitHubError>, otp_sent: bool) -> ErrorKind {
    let message = github
        .and_then(|github| github.message.as_deref())
        .unwrap_or_default()
        .to_ascii_lowercase();
    let says = |text: &str| message.contains(text);
    let exhausted = || {
        metadata
            .rate_limit()
            .is_some_and(|limit| limit.remaining == Some(0))
    };
    match metadata.status().as_u16() {
        304 => ErrorKind::NotModified,
        300..=399 => ErrorKind::RedirectRefused,
        400 if says("version") => ErrorKind::UnsupportedApiVersion,
        400 | 422 => ErrorKind::Validation,
        401 => match otp_delivery(metadata, says("otp") || says("two-factor")) {
            Some(delivery) if otp_sent => ErrorKind::OtpInvalid(delivery),
            Some(delivery) => ErrorKind::OtpRequired(delivery),
            None => ErrorKind::Unauthorized,
        },
        403 if says("login attempts") => ErrorKind::LoginLockout,
        403 if says("user-agent") || says("administrative rules") => ErrorKind::UserAgentRefused,
        403 | 429 if says("secondary rate limit") || says("abuse") => {
            ErrorKind::SecondaryRateLimited
        }
        403 | 429 if exhausted() || says("api rate limit exceeded") => ErrorKind::RateLimited,
        429 => ErrorKind::SecondaryRateLimited,
        403 if metadata.retry_after().is_some() => ErrorKind::SecondaryRateLimited,
        403 => ErrorKind::Forbidden,
        404 if is_githubs(metadata, github) => ErrorKind::NotFound,
        404 => ErrorKind::NoSuchEndpoint,
        410 if says("version") => ErrorKind::UnsupportedApiVersion,
        410 => ErrorKind::Gone,
        500.. => ErrorKind::Server,
        _ => ErrorKind::UnexpectedStatus,
    }
}

/// Whether a 404 is GitHub's own and not that of a gateway, a login page or a wrong path on a web server.
fn is_githubs(metadata: &Metadata, github: Option<&GitHubError>) -> bool {
    let Some(github) = github else { return false };
    match &github.message {
        Some(message) => message.eq_ignore_ascii_case("not found"),
        None => {
            github.documentation_url.is_some()
                || metadata.headers().contains_key("x-github-request-id")
        }
    }
}

/// `X-GitHub-OTP: required; app`; GitHub's message alone tells that a code is needed, not where it comes from.
fn otp_delivery(metadata: &Metadata, message_says: bool) -> Option<OtpDelivery> {
    let header = metadata
        .text("x-github-otp")
        .unwrap_or_default()
        .to_ascii_lowercase();
    if !header.starts_with("required") {
        return message_says.then_some(OtpDelivery::Unknown);
    }
    Some(
        match header.split_once(';').map(|(_, delivery)| delivery.trim()) {
            Some("app") => OtpDelivery::App,
            Some("sms") => OtpDelivery::Sms,
            _ => OtpDelivery::Unknown,
        },
    )
}

/// How long to wait: `Retry-After`, else the end of the window, else what GitHub's rules ask for.
fn wait(kind: ErrorKind, metadata: &Metadata) -> Option<Duration> {
    metadata.retry_after().or_else(|| match kind {
        ErrorKind::RateLimited => {
            let reset = metadata.rate_limit().and_then(|limit| limit.reset);
            Some(
                reset
                    .and_then(|reset| reset.duration_since(SystemTime::now()).ok())
                    .unwrap_or(SECONDARY_LIMIT_WAIT),
            )
        }
        ErrorKind::SecondaryRateLimited => Some(SECONDARY_LIMIT_WAIT),
        _ => None,
    })
}

/// Whether a 404 is JSON to its end: with junk behind it, or cut, it is somebody else's and tells nothing of a token.
fn is_whole(metadata: &Metadata, body: &[u8]) -> bool {
    let is_json = || {
        serde_json::from_str::<IgnoredAny>(
            String::from_utf8_lossy(body).trim_start_matches('\u{feff}'),
        )
        .is_ok()
    };
    metadata.status() != StatusCode::NOT_FOUND || is_json()
}

/// The error body as it came, secrets included, or what can be read of it; `None` where it is not a JSON object.
fn read_body(body: &[u8]) -> Option<GitHubError> {
    decode::value(body).or_else(|| {
        let text = |name| Some(truncated::text(body, name)?.to_string());
        Some(GitHubError {
            message: Some(text("message")?),
            documentation_url: text("documentation_url"),
            errors: Vec::new(),
        })
    })
}

impl Lenient for GitHubError {
    fn from_object<'de, A: MapAccess<'de>>(mut object: A) -> Result<Option<Self>, A::Error> {
        let (mut message, mut documentation_url, mut errors) = (None, None, None);
        let names = &["message", "documentation_url", "errors"];
        while let Some(field) = object.next_key_seed(Names::new(names))? {
            match field {
                0 => lenient::field(&mut message, &mut object)?,
                1 => lenient::field(&mut documentation_url, &mut object)?,
                2 => lenient::field(&mut errors, &mut object)?,
                _ => lenient::skip(&mut object)?,
            }
        }
        Ok(Some(Self {
            message,
            documentation_url,
            errors: errors.map_or_else(Vec::new, |Problems(problems)| problems),
        }))
    }
}

/// The problems of an error body: a list of objects or sentences as a rule, but a single one, too.
struct Problems(Vec<ValidationProblem>);

impl Lenient for Problems {
    fn from_text(text: &str) -> Option<Self> {
        Problem::from_text(text).map(|Problem(problem)| Self(vec![problem]))
    }

    fn from_array<'de, A: SeqAccess<'de>>(array: A) -> Result<Option<Self>, A::Error> {
        let problems = lenient::readable_items(array)?.into_iter();
        Ok(Some(Self(
            problems.map(|Problem(problem)| problem).collect(),
        )))
    }

    fn from_object<'de, A: MapAccess<'de>>(object: A) -> Result<Option<Self>, A::Error> {
        Ok(ValidationProblem::from_object(object)?.map(|problem| Self(vec![problem])))
    }
}

struct Problem(ValidationProblem);

impl Lenient for Problem {
    fn from_text(text: &str) -> Option<Self> {
        let message = Some(text.to_owned());
        Some(Self(ValidationProblem {
            message,
            ..Default::default()
        }))
    }

    fn from_object<'de, A: MapAccess<'de>>(object: A) -> Result<Option<Self>, A::Error> {
        Ok(ValidationProblem::from_object(object)?.map(Self))
    }
}

fn explain(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Unauthorized => "the server does not accept the credentials",
        ErrorKind::OtpRequired(_) => {
            "the user has two-factor authentication: set a one-time password on the call"
        }
        ErrorKind::OtpInvalid(_) => "the one-time password is wrong or has expired",
        ErrorKind::Forbidden => "the server refuses the request",
        ErrorKind::UserAgentRefused => "the server refuses the User-Agent of the request",
        ErrorKind::LoginLockout => {
            "too many failed logins: the server refuses this user for a while, right password or not"
        }
        ErrorKind::NotFound => "not found",
        ErrorKind::NoSuchEndpoint => "the response is not the API's: check the base URL",
        ErrorKind::Gone => "the server has removed the operation",
        ErrorKind::UnsupportedApiVersion => {
            "the server does not serve this API version: set another one, or none"
        }
        ErrorKind::Validation => "the server refuses the content of the request",
        ErrorKind::RateLimited => "the rate limit is used up",
        ErrorKind::SecondaryRateLimited => "too many requests in a short time",
        ErrorKind::RedirectRefused => {
            "the server redirects elsewhere, where the credentials must not go: check the base URL"
        }
        ErrorKind::NotModified => "not modified, though no condition was set",
        ErrorKind::Server => "the server failed",
        _ => "the server answered with a status that this operation does not have",
    }
}
