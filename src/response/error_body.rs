//! Decodes GitHub's error bodies.

use crate::error::github::GitHubError;
use crate::generated::types::ValidationProblem;
use crate::model::lenient::{self, Lenient};
use crate::model::text::begins;
use crate::response::{decode, truncated};
use serde_core::de::{MapAccess, SeqAccess};

/// The beginning of the 403 that GitHub's load balancer sends as plain text; `User-Agent` is named further on.
pub(super) const FORBIDDEN_BY_RULES: &str = "Request forbidden by administrative rules";
/// How many bytes of a text that is not JSON are kept as a message.
const MAX_TEXT: usize = 1000;

/// Returns the fields of an error body, with secrets not yet redacted, or what can be read of it; `None` if it is neither a JSON object nor
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

/// Returns whether the body is GitHub's "Not Found" about an operation: complete JSON, without other problems, and with the operation's
/// documentation page or none.
pub(crate) fn is_not_found(body: &[u8]) -> bool {
    decode::whole::<NotFound>(body).is_some()
}

struct NotFound;

impl Lenient for NotFound {
    fn from_object<'de, A: MapAccess<'de>>(mut object: A) -> Result<Option<Self>, A::Error> {
        let (mut message, mut page) = (None::<IsNotFound>, None::<IsOperationPage>);
        let mut has_problems = false;
        while let Some(name) = lenient::name(&mut object)? {
            match &*name {
                "message" => lenient::field(&mut message, &mut object)?,
                "documentation_url" => lenient::field(&mut page, &mut object)?,
                name => {
                    has_problems |= matches!(name, "error" | "errors");
                    lenient::skip(&mut object)?;
                }
            }
        }
        let is_not_found = message.is_some_and(|IsNotFound(is)| is);
        let is_about_it = page.is_none_or(|IsOperationPage(is)| is);
        Ok((is_not_found && is_about_it && !has_problems).then_some(Self))
    }
}

/// Whether a message is "Not Found".
struct IsNotFound(bool);

impl Lenient for IsNotFound {
    fn from_text(text: &str) -> Option<Self> {
        Some(Self(text.trim().eq_ignore_ascii_case("not found")))
    }
}

/// Whether a page is one about operations, or none is named.
struct IsOperationPage(bool);

impl Lenient for IsOperationPage {
    fn from_text(text: &str) -> Option<Self> {
        Some(Self(text.trim().is_empty() || is_operation_page(text)))
    }
}

/// Returns whether a page of GitHub's documentation is about operations, and not about the API as a whole. The 404 for a path without an
/// operation names such a page: `https://docs.github.com/rest`, `https://developer.github.com/enterprise/2.20/v3/`.
fn is_operation_page(url: &str) -> bool {
    const HOSTS: [&str; 3] = ["docs.github.com", "developer.github.com", "help.github.com"];
    const ABOUT_ALL: [&str; 7] = [
        "about-the-rest-api",
        "authentication",
        "guides",
        "index.html",
        "overview",
        "quickstart",
        "using-the-rest-api",
    ];
    let url = url.trim().to_ascii_lowercase();
    let url = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    let page = url.and_then(|url| url.split('#').next()?.split('?').next());
    let mut segments = page.unwrap_or_default().split('/');
    if !segments.next().is_some_and(|host| HOSTS.contains(&host)) {
        return false;
    }
    // A language and a version may precede the API's part.
    let mut segments = segments
        .filter(|segment| !segment.is_empty())
        .skip_while(|segment| !matches!(*segment, "rest" | "v3" | "graphql"));
    matches!(segments.next(), Some("rest" | "v3"))
        && segments
            .find(|segment| *segment != "reference")
            .is_some_and(|first| !ABOUT_ALL.contains(&first))
}

/// The load balancer's text, alone or in a page. HAProxy's own page has the same words and does not mean the `User-Agent`.
fn forbidden_by_rules(body: &[u8]) -> Option<String> {
    let text = str::from_utf8(body).ok()?;
    let (before, text) = text.split_at(text.find(FORBIDDEN_BY_RULES)?);
    let is_page = before.contains('<');
    let text = text.split('<').next().unwrap_or_default().trim();
    let is_it = body.len() <= MAX_TEXT && (!is_page || text.contains("User-Agent"));
    is_it.then(|| text.to_owned())
}

impl GitHubError {
    /// Whether the message begins with one of these, ignoring case.
    pub(crate) fn begins(&self, beginnings: &[&str]) -> bool {
        let message = self.message.as_deref().unwrap_or_default().trim_start();
        beginnings
            .iter()
            .any(|beginning| begins(message, beginning))
    }

    /// Whether there is no message, or a blank one.
    pub(crate) fn is_silent(&self) -> bool {
        let message = self.message.as_deref().unwrap_or_default();
        message.trim().is_empty()
    }

    /// Whether the message, or that of one of the problems, contains a phrase.
    pub(crate) fn mentions(&self, phrase: &str) -> bool {
        let problems = self.errors.iter().map(|problem| &problem.message);
        let mut messages = problems.chain([&self.message]).flatten();
        messages.any(|message| message.to_ascii_lowercase().contains(phrase))
    }

    /// Whether the documentation page is the section with this name.
    pub(crate) fn is_about(&self, section: &str) -> bool {
        let fragment = self
            .documentation_url
            .as_deref()
            .and_then(|url| url.split_once('#'));
        fragment.is_some_and(|(_, fragment)| fragment.ends_with(section))
    }

    /// Whether the message is about an unsupported version: of the REST API, the only version that a request names.
    pub(crate) fn is_about_the_api_version(&self) -> bool {
        const NAMES: [&str; 3] = ["api version", "api-version", "version of the api"];
        const REFUSALS: [&str; 8] = [
            "available",
            "end of life",
            "exist",
            "invalid",
            "retired",
            "sunset",
            "support",
            "unknown",
        ];
        let message = self.message.as_deref().unwrap_or_default();
        let message = message.to_ascii_lowercase();
        if message.contains("supported version") {
            return true;
        }
        // One sentence must both name the version and refuse it. A link may contain words of both kinds, and "GitHub Support" one of them.
        let words = message.split_whitespace();
        let words: Vec<&str> = words.filter(|word| !word.contains("://")).collect();
        let text = words.join(" ").replace("github support", "");
        let mut sentences = text.split(". ").flat_map(|text| text.split(';'));
        sentences.any(|sentence| {
            let has = |word: &&str| sentence.contains(word);
            NAMES.iter().any(has) && REFUSALS.iter().any(has) && !has(&"endpoint")
        })
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

/// The problems of an error body: usually a list of objects or sentences, but sometimes a single one.
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
mod tests;
