//! Reads the body of an error of GitHub's.

use crate::error::error::GitHubError;
use crate::generated::types::ValidationProblem;
use crate::model::lenient::{self, Lenient};
use crate::response::{decode, truncated};
use serde::de::{MapAccess, SeqAccess};

/// How the 403 begins that GitHub's load balancer sends, not as JSON; `User-Agent` is named further on.
const FORBIDDEN_BY_RULES: &str = "Request forbidden by administrative rules";
/// The most bytes of a text that is not JSON to keep as a message.
const MAX_TEXT: usize = 1000;

/// Returns the error body as it came, secrets included, or what can be read of it; `None` where it is neither a JSON object nor
/// the text that GitHub sends instead.
pub(crate) fn read(body: &[u8]) -> Option<GitHubError> {
    decode::value(body).or_else(|| {
        let text = |name| Some(truncated::text(body, name)?.to_string());
        Some(GitHubError {
            message: Some(text("message").or_else(|| forbidden_by_rules(body))?),
            documentation_url: text("documentation_url"),
            errors: Vec::new(),
        })
    })
}

/// The load balancer's text. HAProxy's own page says the same in HTML and does not mean the `User-Agent`.
fn forbidden_by_rules(body: &[u8]) -> Option<String> {
    let text = str::from_utf8(body).ok()?.trim();
    let is_it = text.len() <= MAX_TEXT && text.starts_with(FORBIDDEN_BY_RULES);
    is_it.then(|| text.to_owned())
}

impl GitHubError {
    /// Whether the message begins with one of these, in any case.
    pub(crate) fn begins(&self, beginnings: &[&str]) -> bool {
        let message = self.message.as_deref().unwrap_or_default().trim_start();
        beginnings.iter().any(|beginning| {
            let start = message.get(..beginning.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(beginning))
        })
    }

    /// Whether this is the message, in any case.
    pub(crate) fn is(&self, message: &str) -> bool {
        let own = self.message.as_deref().unwrap_or_default().trim();
        own.eq_ignore_ascii_case(message)
    }

    /// Whether the message, or that of one of the problems, contains a phrase.
    pub(crate) fn mentions(&self, phrase: &str) -> bool {
        let problems = self.errors.iter().map(|problem| &problem.message);
        let mut messages = problems.chain([&self.message]).flatten();
        messages.any(|message| message.to_ascii_lowercase().contains(phrase))
    }

    /// Whether the documentation is that of a section with this name.
    pub(crate) fn is_about(&self, section: &str) -> bool {
        let fragment = self
            .documentation_url
            .as_deref()
            .and_then(|url| url.split_once('#'));
        fragment.is_some_and(|(_, fragment)| fragment.ends_with(section))
    }

    /// Whether the documentation is the front page, as for a path that no operation has:
    /// `https://docs.github.com/rest`, `https://developer.github.com/enterprise/2.20/v3/`.
    pub(crate) fn names_the_front_page(&self) -> bool {
        let Some(url) = self.documentation_url.as_deref() else {
            return false;
        };
        let end = url.bytes().position(|byte| matches!(byte, b'#' | b'?'));
        let page = &url[..end.unwrap_or(url.len())];
        let last = page.trim_end_matches('/').rsplit('/').next();
        matches!(
            last,
            Some("rest" | "v3" | "reference" | "docs.github.com" | "developer.github.com")
        )
    }

    /// Whether it says that a version is not supported: that of the REST API, which is all that a request names.
    pub(crate) fn is_about_the_api_version(&self) -> bool {
        let message = self.message.as_deref().unwrap_or_default();
        let message = message.to_ascii_lowercase();
        let mut words = message.split(|c: char| !c.is_ascii_alphanumeric());
        words.any(|word| matches!(word, "version" | "versions")) && message.contains("support")
    }
}

impl Lenient for GitHubError {
    fn from_object<'de, A: MapAccess<'de>>(mut object: A) -> Result<Option<Self>, A::Error> {
        let (mut message, mut documentation_url, mut errors) = (None, None, None);
        while let Some(name) = lenient::name(&mut object)? {
            match &*name {
                "message" => lenient::field(&mut message, &mut object)?,
                "documentation_url" => lenient::field(&mut documentation_url, &mut object)?,
                "errors" => lenient::field(&mut errors, &mut object)?,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn said(message: &str) -> GitHubError {
        GitHubError {
            message: Some(message.to_owned()),
            ..Default::default()
        }
    }

    #[test]
    fn the_front_page_is_told_from_an_operations_page() {
        let names = |url: &str| {
            let documentation_url = Some(url.to_owned());
            let body = GitHubError {
                documentation_url,
                ..Default::default()
            };
            body.names_the_front_page()
        };
        for url in [
            "https://docs.github.com/rest",
            "https://docs.github.com/en/rest/",
            "https://docs.github.com/rest/reference",
            "https://docs.github.com/en/enterprise-server@3.7/rest",
            "https://docs.github.com/enterprise-server@3.12/rest?apiVersion=2022-11-28",
            "https://docs.github.com/enterprise/2.22/rest",
            "https://developer.github.com/v3/",
            "https://developer.github.com/enterprise/2.20/v3",
            "https://developer.github.com/enterprise/2.20/v3/#",
        ] {
            assert!(names(url), "{url}");
        }
        for url in [
            "https://docs.github.com/rest/apps/oauth-applications#check-a-token",
            "https://docs.github.com/enterprise/2.22/rest/reference/apps#reset-a-token",
            "https://developer.github.com/v3/oauth_authorizations/#get-a-single-authorization",
            "https://developer.github.com/enterprise/2.20/v3/apps/oauth_applications/",
            "",
        ] {
            assert!(!names(url), "{url}");
        }
    }

    #[test]
    fn only_a_refused_version_of_the_api_is_about_the_version() {
        for message in [
            r#"The version you specified in the "X-GitHub-API-Version" request header, "v3", is not a supported version."#,
            "\"2022-11-28\" is not a supported version",
            "API version '2022-11-28' is no longer supported. Supported versions: 2026-03-10",
            "Unsupported API version.",
            "unsupported version",
        ] {
            assert!(said(message).is_about_the_api_version(), "{message}");
        }
        for message in [
            "This endpoint was removed in version 3.30.",
            "removed on 2021-05-05, in version 3.4",
            "The conversion of the body failed",
            "Problems parsing JSON",
            "The conversion is not supported",
            "",
        ] {
            assert!(!said(message).is_about_the_api_version(), "{message}");
        }
    }

    #[test]
    fn a_body_is_read_as_far_as_it_goes() {
        let body =
            read(br#"{"message":["Not Found"],"errors":["one",7,{"code":"invalid","index":1}]}"#)
                .unwrap();
        assert!(body.message.is_none() && body.errors.len() == 2);
        assert_eq!(body.errors[0].message.as_deref(), Some("one"));
        assert_eq!(
            (body.errors[1].code.as_deref(), body.errors[1].index),
            (Some("invalid"), Some(1))
        );
        assert_eq!(read(br#"{"errors":{"code":"x"}}"#).unwrap().errors.len(), 1);
        assert_eq!(read(br#"{"errors":"x"}"#).unwrap().errors.len(), 1);
        assert_eq!(
            read(br#"{"message":"Validation Failed","errors":[{"re"#)
                .unwrap()
                .message
                .unwrap(),
            "Validation Failed"
        );
        assert!(read(b"\"Not Found\"").is_none() && read(b"<html>").is_none());
    }

    #[test]
    fn the_load_balancers_text_is_a_message_and_a_page_is_not() {
        let text = "\r\nRequest forbidden by administrative rules. Please make sure your request has a User-Agent header.\r\n";
        assert_eq!(
            read(text.as_bytes()).unwrap().message.as_deref(),
            Some(text.trim())
        );
        let page = "<html><body><h1>403 Forbidden</h1>\nRequest forbidden by administrative rules.\n</body></html>";
        assert!(read(page.as_bytes()).is_none());
    }
}
