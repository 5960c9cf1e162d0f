//! Operations: their ids and their extensions.

use super::context::Lint;
use super::{keys, path, shapes, spelling, version};
use crate::yaml::Node;

/// An operation with its place.
pub(super) struct Operation<'a> {
    pub method: &'a str,
    pub path: &'a str,
    pub node: &'a Node,
}

/// Calls that are safe although their method is not, because the secret must not be part of the URL.
const SAFE_POSTS: [&str; 1] = ["apps/check-token"];

/// Returns the operations in the order of the document, without those that have no keys.
pub(super) fn all(document: &Node) -> Vec<Operation<'_>> {
    let paths = document.entries_at("paths");
    let operations = paths.iter().flat_map(|(path, item)| {
        let methods = item
            .entries()
            .iter()
            .filter(|(method, node)| path::is_method(&method.name) && !node.entries().is_empty());
        methods.map(|(method, node)| Operation {
            method: &method.name,
            path: &path.name,
            node,
        })
    });
    operations.collect()
}

impl<'a> Operation<'a> {
    /// Returns the id, or method and path.
    pub(super) fn label(&self) -> String {
        self.id().map_or_else(
            || format!("{} {}", self.method.to_uppercase(), self.path),
            str::to_owned,
        )
    }

    /// Returns the id, if there is one.
    pub(super) fn id(&self) -> Option<&'a str> {
        self.text("operationId").filter(|id| !id.trim().is_empty())
    }

    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.node.text_at(key)
    }

    /// The part of the id before the slash.
    pub(super) fn tag(&self) -> Option<&'a str> {
        self.id()?.split_once('/').map(|(tag, _)| tag)
    }

    pub(super) fn line(&self, key: &str) -> usize {
        self.node
            .get(key)
            .map_or(self.node.line, |value| value.line)
    }

    pub(super) fn is_deprecated(&self) -> bool {
        // A value that is neither true nor false is a separate error.
        self.node
            .get("deprecated")
            .is_some_and(|value| value.as_bool() != Some(false))
    }
}

/// Checks one operation without the others.
pub(super) fn check(lint: &mut Lint<'_>, operation: &Operation<'_>) {
    keys::check_object(lint, operation.node, &shapes::OPERATION);
    check_id_and_tags(lint, operation);
    check_docs_url(lint, operation);
    check_credentials(lint, operation);
    check_versions(lint, operation);
    check_idempotency(lint, operation);
    check_deprecation(lint, operation);
}

/// Splits an id of the usual form into tag and name.
pub(super) fn parts(id: &str) -> Option<(&str, &str)> {
    id.split_once('/')
        .filter(|(tag, name)| spelling::is_kebab(tag) && spelling::is_kebab(name))
}

fn check_id_and_tags(lint: &mut Lint<'_>, operation: &Operation<'_>) {
    let Some(id) = operation.id() else {
        return;
    };
    let Some((tag, _)) = parts(id) else {
        let help = "write GitHub's id with its tag, such as `apps/check-token`";
        return lint.error(
            operation.line("operationId"),
            "the id is not of the form `tag/name` in lower case",
            help,
        );
    };
    if let Some(tags) = operation.node.get("tags")
        && !tags.items().is_empty()
        && tags.items().iter().all(|tag| tag.as_str().is_some())
        && (tags.items().len() != 1 || tags.items()[0].as_str() != Some(tag))
    {
        lint.error(
            tags.line,
            "the tags differ from the id",
            format!("write `tags: [{tag}]`"),
        );
    }
}

fn check_docs_url(lint: &mut Lint<'_>, operation: &Operation<'_>) {
    let Some(url) = operation
        .node
        .get("externalDocs")
        .and_then(|docs| docs.get("url"))
    else {
        return;
    };
    let fits = |c: char| c.is_ascii_alphanumeric() || "-._~/@#?=&%+".contains(c);
    let is_page = |text: &str| {
        text.strip_prefix("https://docs.github.com/")
            .is_some_and(|page| page.chars().all(fits))
    };
    if url.as_str().is_some_and(|text| !is_page(text)) {
        lint.error(
            url.line,
            "the external docs are not on GitHub's pages",
            "give the page's address, from `https://docs.github.com/` on",
        );
    }
}

fn check_credentials(lint: &mut Lint<'_>, operation: &Operation<'_>) {
    let Some(credentials @ ("app" | "user" | "none")) = operation.text("x-credentials") else {
        return;
    };
    let is_for_apps = path::is_for_apps(operation.path);
    if path::is_sound(operation.path) && (credentials == "app") != is_for_apps {
        let fitting = if is_for_apps {
            "`x-credentials: app`"
        } else {
            "`x-credentials: user`, or `none`"
        };
        let what = format!("`x-credentials: {credentials}` does not fit the path");
        let help = format!(
            "write {fitting}: an app's credentials belong to paths below `/applications/{{client_id}}/`, and only to these"
        );
        lint.error(operation.line("x-credentials"), what, help);
    }
}

fn check_versions(lint: &mut Lint<'_>, operation: &Operation<'_>) {
    let version = |key| version::at(operation.node, key);
    for key in ["x-since", "x-until", "x-preview-until"] {
        version::check(lint, operation.node, key);
    }
    for (key, other) in [
        ("x-preview", "x-preview-until"),
        ("x-preview-until", "x-preview"),
    ] {
        if operation.node.get(key).is_some() && operation.node.get(other).is_none() {
            let help =
                format!("add `{other}`: the media type, and the last GHES version that gets it");
            lint.error(
                operation.line(key),
                format!("`{key}` without `{other}`"),
                help,
            );
        }
    }
    let is_media_type = |text: &str| {
        text.contains('/')
            && text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "/.+-".contains(c))
    };
    if operation
        .text("x-preview")
        .is_some_and(|preview| !is_media_type(preview))
    {
        lint.error(
            operation.line("x-preview"),
            "`x-preview` is not a media type",
            "write it as GitHub does, such as `application/vnd.github.doctor-strange-preview+json`",
        );
    }
    let github_com = operation.node.flag_at("x-github-com");
    if operation.node.get("x-since").is_none() {
        if operation.node.get("x-until").is_some() {
            lint.error(
                operation.line("x-until"),
                "`x-until` without `x-since`",
                "add `x-since`, or remove it: github.com has no versions",
            );
        } else if github_com == Some(false) {
            lint.error(
                operation.node.line,
                "no server has the operation",
                "add `x-since`, the first GHES version that has it, or write `x-github-com: true`",
            );
        }
    }
    for (key, help) in [
        ("x-until", "exchange the two, or fix the wrong one"),
        (
            "x-preview-until",
            "remove the preview: no server that has the operation needs it",
        ),
    ] {
        if let (Some(since), Some(end)) = (version("x-since"), version(key))
            && end < since
        {
            let what = format!("`{key}` is before `x-since`");
            lint.error(operation.line(key), what, help);
        }
    }
    if version("x-until").is_some() && !operation.is_deprecated() {
        let help = "add `deprecated: true` with a note and a replacement, or remove `x-until`";
        lint.error(
            operation.line("x-until"),
            "it ends with a version and is not deprecated",
            help,
        );
    }
}

fn check_idempotency(lint: &mut Lint<'_>, operation: &Operation<'_>) {
    let id = operation.id().filter(|id| parts(id).is_some());
    let (Some(value @ ("safe" | "idempotent" | "not-idempotent")), Some(id)) =
        (operation.text("x-idempotency"), id)
    else {
        return;
    };
    let (fitting, exception) = match operation.method {
        "get" => ("safe", ""),
        "delete" => ("idempotent", ""),
        "post" if SAFE_POSTS.contains(&id) => ("safe", ""),
        "post" => (
            "not-idempotent",
            "; if it changes nothing, add it to SAFE_POSTS in codegen/src/lint/operation.rs",
        ),
        _ => ("not-idempotent", ""),
    };
    if value != fitting {
        let what = format!(
            "`x-idempotency: {value}` does not fit {}",
            operation.method.to_uppercase()
        );
        lint.error(
            operation.line("x-idempotency"),
            what,
            format!("write `x-idempotency: {fitting}`{exception}"),
        );
    }
}

fn check_deprecation(lint: &mut Lint<'_>, operation: &Operation<'_>) {
    let is_deprecated = operation.is_deprecated();
    if operation.node.flag_at("deprecated") == Some(false) {
        lint.error(
            operation.line("deprecated"),
            "`deprecated: false` says nothing",
            "remove it",
        );
    }
    for (key, why) in [
        ("x-deprecation-note", "say in one line what to use instead"),
        ("x-replaced-by", "name an operation, or `web-flow`"),
    ] {
        match operation.node.get(key) {
            None if is_deprecated => lint.error(
                operation.line("deprecated"),
                format!("it is deprecated without `{key}`"),
                format!("add it: {why}"),
            ),
            Some(value) if !is_deprecated => {
                lint.error(
                    value.line,
                    format!("`{key}` on an operation that is not deprecated"),
                    "add `deprecated: true`, or remove it",
                );
            }
            _ => {}
        }
    }
    if operation
        .text("x-deprecation-note")
        .is_some_and(|note| note.trim_end().ends_with('.'))
    {
        let help = "remove it: the compiler prints the note inside a sentence";
        lint.error(
            operation.line("x-deprecation-note"),
            "the deprecation note ends in a full stop",
            help,
        );
    }
}
