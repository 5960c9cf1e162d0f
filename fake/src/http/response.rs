//! The response of a handler, before the headers that every response has.

use crate::http::documentation::Page;
use hyper::StatusCode;
use serde_json::{Value, json};
use std::borrow::Cow;

/// A response under construction; `headers::finish` completes it.
pub(crate) struct Response {
    pub(crate) status: StatusCode,
    pub(crate) content: Content,
    pub(crate) headers: Vec<(&'static str, String)>,
    /// When the one resource that it shows last changed, in seconds since 1970.
    pub(crate) modified_at: Option<u64>,
    /// Whether it may be kept by caches that serve several clients.
    pub(crate) is_public: bool,
    /// Whether it names the operation's deprecation, if there is one.
    pub(crate) names_deprecation: bool,
}

/// The body.
pub(crate) enum Content {
    Nothing,
    /// Serialized already: its tag is derived from the text.
    Json(String),
    /// GitHub's error object.
    Error {
        message: Cow<'static, str>,
        errors: Vec<Value>,
        page: Page,
    },
    Html(Cow<'static, str>),
    /// Of another content type.
    Other(&'static str, String),
}

/// `Err` is a response, too, so that `?` can return it early.
pub(crate) type Handled = Result<Response, Response>;

impl Response {
    pub(crate) fn ok(value: &Value) -> Self {
        Self::new(StatusCode::OK, Content::Json(value.to_string()))
    }

    pub(crate) fn created(value: &Value, location: String) -> Self {
        Self::new(StatusCode::CREATED, Content::Json(value.to_string()))
            .header("location", location)
    }

    pub(crate) fn no_content() -> Self {
        Self::new(StatusCode::NO_CONTENT, Content::Nothing)
    }

    pub(crate) fn accepted() -> Self {
        Self::new(StatusCode::ACCEPTED, Content::Nothing)
    }

    pub(crate) fn error(status: StatusCode, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(
            status,
            Content::Error {
                message: message.into(),
                errors: Vec::new(),
                page: Page::Operation,
            },
        )
    }

    pub(crate) fn html(status: StatusCode, text: impl Into<Cow<'static, str>>) -> Self {
        Self::new(status, Content::Html(text.into()))
    }

    /// Returns the 404 for something that GitHub does not have or does not show.
    pub(crate) fn not_found() -> Self {
        Self::error(StatusCode::NOT_FOUND, "Not Found")
    }

    /// Returns the page of the web server for a path outside of the API.
    pub(crate) fn no_page() -> Self {
        Self::html(StatusCode::NOT_FOUND, "There is no such page here.")
    }

    /// Returns the 403 of a primary rate limit that is used up.
    pub(crate) fn over_the_rate_limit() -> Self {
        Self::error(StatusCode::FORBIDDEN, "API rate limit exceeded.")
    }

    /// Returns the 410 of an endpoint that was removed. It does not mention versions, because another 410 is about those.
    pub(crate) fn gone() -> Self {
        Self::error(StatusCode::GONE, "This endpoint has been removed.")
    }

    pub(crate) fn requires_authentication() -> Self {
        Self::error(StatusCode::UNAUTHORIZED, "Requires authentication").explained_on(Page::Front)
    }

    pub(crate) fn bad_credentials() -> Self {
        Self::error(StatusCode::UNAUTHORIZED, "Bad credentials").explained_on(Page::Front)
    }

    /// Returns a 422 that names each invalid field with GitHub's code.
    pub(crate) fn invalid(
        problems: impl IntoIterator<Item = (&'static str, &'static str)>,
    ) -> Self {
        // GitHub names the resource of its own model, in which a token is an OauthAccess.
        let errors = problems.into_iter().map(
            |(field, code)| json!({ "resource": "OauthAccess", "field": field, "code": code }),
        );
        let content = Content::Error {
            message: "Validation Failed".into(),
            errors: errors.collect(),
            page: Page::Operation,
        };
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, content)
    }

    /// Returns a 422 with a message and no list of errors.
    pub(crate) fn unprocessable(message: impl Into<Cow<'static, str>>) -> Self {
        Self::error(StatusCode::UNPROCESSABLE_ENTITY, message)
    }

    /// Replaces the documentation page that an error names.
    pub(crate) fn explained_on(mut self, other: Page) -> Self {
        if let Content::Error { page, .. } = &mut self.content {
            *page = other;
        }
        self
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Adds the headers of a primary rate limit; `resets_at` is in seconds since 1970.
    pub(crate) fn rate_limit(self, limit: u32, used: u32, resets_at: u64) -> Self {
        self.header("x-ratelimit-limit", limit.to_string())
            .header("x-ratelimit-remaining", (limit - used).to_string())
            .header("x-ratelimit-used", used.to_string())
            .header("x-ratelimit-reset", resets_at.to_string())
            .header("x-ratelimit-resource", "core")
    }

    pub(crate) fn modified_at(mut self, seconds: u64) -> Self {
        self.modified_at = Some(seconds);
        self
    }

    pub(crate) fn public(mut self) -> Self {
        self.is_public = true;
        self
    }

    pub(crate) fn without_deprecation(mut self) -> Self {
        self.names_deprecation = false;
        self
    }

    pub(crate) fn new(status: StatusCode, content: Content) -> Self {
        Self {
            status,
            content,
            headers: Vec::new(),
            modified_at: None,
            is_public: false,
            names_deprecation: true,
        }
    }
}
