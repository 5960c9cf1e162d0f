//! Operations: their ids, and what the extensions say of them.

use super::{Lint, grammar, path, shapes, spelling, version};
use crate::table;
use crate::yaml::Node;

/// An operation with the place that it stands at.
pub(super) struct Operation<'a> {
    pub method: &'a str,
    pub path: &'a str,
    pub node: &'a Node,
}

/// Calls that are safe although their method is not: the secret must not be part of the URL.
const SAFE_POSTS: [&str; 1] = ["apps/check-token"];

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

pub(super) fn is_method(key: &str) -> bool {
    METHODS.contains(&key)
}

/// All operations, in the order of the document.
pub(super) fn all(document: &Node) -> Vec<Operation<'_>> {
    let paths = document.get("paths").map(Node::entries).unwrap_or_default();
    let operations = paths.iter().flat_map(|(path, item)| {
        let methods = item
            .entries()
            .iter()
            .filter(|(method, _)| is_method(&method.name));
        methods.map(|(method, node)| Operation {
            method: &method.name,
            path: &path.name,
            node,
        })
    });
    operations.collect()
}

impl<'a> Operation<'a> {
    /// The id, or else the call.
    pub(super) fn label(&self) -> String {
        self.text("operationId").map_or_else(
            || format!("{} {}", self.method.to_uppercase(), self.path),
            str::to_owned,
        )
    }

    fn text(&self, key: &str) -> Option<&'a str> {
        self.node.get(key)?.as_str()
    }

    /// The part of the id before the slash.
    fn tag(&self) -> Option<&'a str> {
        self.text("operationId")?
            .split_once('/')
            .map(|(tag, _)| tag)
    }

    fn line(&self, key: &str) -> usize {
        self.node
            .get(key)
            .map_or(self.node.line, |value| value.line)
    }

    fn is_deprecated(&self) -> bool {
        // What is neither true nor false is a error of its own.
        self.node
            .get("deprecated")
            .is_some_and(|value| value.as_bool() != Some(false))
    }
}

/// What can be said of one operation alone.
pub(super) fn check(lint: &mut Lint<'_>, operation: &Operation<'_>) {
    grammar::object(lint, operation.node, &shapes::OPERATION);
    id_and_tags(lint, operation);
    docs(lint, operation);
    credentials(lint, operation);
    versions(lint, operation);
    idempotency(lint, operation);
    deprecation(lint, operation);
}

fn id_and_tags(lint: &mut Lint<'_>, operation: &Operation<'_>) {
    let Some(id) = operation.text("operationId") else {
        return;
    };
    let Some((tag, _)) = id
        .split_once('/')
        .filter(|(tag, name)| spelling::is_kebab(tag) && spelling::is_kebab(name))
    else {
        let help = "write GitHub's id with its tag, such as `apps/check-token`";
        return lint.error(
            operation.line("operationId"),
            "the id is not of the form `tag/name` in lower case",
            help,
        );
    };
    if let Some(tags) = operation.node.get("tags")
        && (tags.items().len() != 1 || tags.items()[0].as_str() != Some(tag))
    {
        lint.error(
            tags.line,
            "the tags differ from the id",
            format!("write `tags: [{tag}]`"),
        );
    }
}

fn docs(lint: &mut Lint<'_>, operation: &Operation<'_>) {
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

fn credentials(lint: &mut Lint<'_>, operation: &Operation<'_>) {
    let fitting = if path::is_for_apps(operation.path) {
        "app"
    } else {
        "user"
    };
    if path::is_sound(operation.path)
        && let Some(credentials @ ("app" | "user")) = operation.text("x-credentials")
        && credentials != fitting
    {
        let what = format!("`x-credentials: {credentials}` does not fit the path");
        let help = format!(
            "write `x-credentials: {fitting}`: apps sign in below `/applications/{{client_id}}/`, users elsewhere"
        );
        lint.error(operation.line("x-credentials"), what, help);
    }
}

fn versions(lint: &mut Lint<'_>, operation: &Operation<'_>) {
    let version = |key| version::at(operation.node, key);
    for key in ["x-since", "x-until"] {
        version::check(lint, operation.node, key);
    }
    if let (Some(since), Some(until)) = (version("x-since"), version("x-until"))
        && until < since
    {
        lint.error(
            operation.line("x-until"),
            "`x-until` is before `x-since`",
            "exchange the two, or fix the wrong one",
        );
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

fn idempotency(lint: &mut Lint<'_>, operation: &Operation<'_>) {
    let (Some(value @ ("safe" | "idempotent" | "not-idempotent")), Some(id)) = (
        operation.text("x-idempotency"),
        operation.text("operationId"),
    ) else {
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

fn deprecation(lint: &mut Lint<'_>, operation: &Operation<'_>) {
    let is_deprecated = operation.is_deprecated();
    if operation.node.get("deprecated").and_then(Node::as_bool) == Some(false) {
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

/// What only shows when the operations are held against each other.
pub(super) fn across(lint: &mut Lint<'_>, operations: &[Operation<'_>]) {
    for (i, operation) in operations.iter().enumerate() {
        lint.operation = Some(operation.label());
        let Some(id) = operation.text("operationId") else {
            continue;
        };
        if spelling::is_keyword(&table::name(id)) {
            let what = format!(
                "its method would be called `{}`, which is a Rust keyword",
                table::name(id)
            );
            lint.error(
                operation.line("operationId"),
                what,
                "teach codegen/src/table.rs another name for it",
            );
        }
        for other in &operations[..i] {
            let Some(twin) = other.text("operationId") else {
                continue;
            };
            let line = operation.line("operationId");
            if twin == id {
                lint.error(
                    line,
                    format!(
                        "the id is taken by {} {}",
                        other.method.to_uppercase(),
                        other.path
                    ),
                    "give it the id that GitHub gives it",
                );
            } else if table::function(twin) == table::function(id) {
                lint.error(
                    line,
                    format!("`{}` is the Rust name of `{twin}` too", table::function(id)),
                    "rename one of them",
                );
            } else if table::name(twin) == table::name(id)
                && other.text("x-credentials") == operation.text("x-credentials")
            {
                lint.error(
                    line,
                    format!("the client has a method `{}` for `{twin}`", table::name(id)),
                    "rename one of them",
                );
            }
        }
        replacement(lint, operation, operations);
    }
    tags(lint, operations);
}

/// Tags must be declared and used.
fn tags(lint: &mut Lint<'_>, operations: &[Operation<'_>]) {
    let declared: Vec<(usize, &str)> = lint
        .document
        .get("tags")
        .map(Node::items)
        .unwrap_or_default()
        .iter()
        .filter_map(|tag| Some((tag.line, tag.get("name")?.as_str()?)))
        .collect();
    let mut unknown = Vec::new();
    for operation in operations {
        let Some(name) = operation
            .tag()
            .filter(|name| !declared.is_empty() && !unknown.contains(name))
        else {
            continue;
        };
        if !declared.iter().any(|(_, declared)| *declared == name) {
            unknown.push(name);
            lint.operation = Some(operation.label());
            let help = spelling::suggest(name, declared.iter().map(|(_, name)| *name));
            lint.error(
                operation.line("operationId"),
                format!("tag `{name}` is not declared"),
                help,
            );
        }
    }
    lint.operation = None;
    for (i, (line, name)) in declared.iter().enumerate() {
        if declared[..i].iter().any(|(_, other)| other == name) {
            lint.error(
                *line,
                format!("tag `{name}` is declared twice"),
                "remove one",
            );
        }
    }
    for (line, name) in declared {
        if !operations.is_empty()
            && !operations
                .iter()
                .any(|operation| operation.tag() == Some(name))
        {
            lint.error(
                line,
                format!("tag `{name}` is never used"),
                "remove it, or fix its name",
            );
        }
    }
}

fn replacement(lint: &mut Lint<'_>, operation: &Operation<'_>, operations: &[Operation<'_>]) {
    let Some(name) = operation
        .text("x-replaced-by")
        .filter(|name| *name != "web-flow")
    else {
        return;
    };
    let line = operation.line("x-replaced-by");
    let others = operations
        .iter()
        .filter(|other| !other.is_deprecated())
        .filter_map(|other| other.text("operationId"));
    match operations
        .iter()
        .find(|other| other.text("operationId") == Some(name))
    {
        None => lint.error(
            line,
            format!("replacement `{name}` does not exist"),
            spelling::suggest(name, others.chain(["web-flow"])),
        ),
        Some(other) if std::ptr::eq(other, operation) => lint.error(
            line,
            "it replaces itself",
            "name another operation, or `web-flow`",
        ),
        Some(other) if other.is_deprecated() => {
            lint.error(
                line,
                format!("replacement `{name}` is deprecated too"),
                "name what replaces that one",
            );
        }
        Some(_) => {}
    }
}
