//! Reads from the spec what the handwritten layer must know of each operation, and writes it as Rust.

use crate::prose::folded;
use crate::versions::Version;
use crate::yaml::Node;
use serde_json::Value;
use std::fmt::Write as _;

/// One operation as the spec's extensions describe it.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// GitHub's id: `apps/check-token`.
    pub id: String,
    /// `POST`.
    pub method: String,
    /// `/applications/{client_id}/token`.
    pub path: String,
    /// One sentence.
    pub summary: String,
    /// `app`, `user` or `none`.
    pub credentials: String,
    /// First GHES version; none where github.com alone has it.
    pub since: Option<String>,
    /// Last GHES version, where there is one.
    pub until: Option<String>,
    /// Whether github.com serves it.
    pub github_com: bool,
    /// `safe`, `idempotent` or `not-idempotent`.
    pub idempotency: String,
    /// GitHub's page.
    pub docs_url: String,
    /// What to use instead, for a deprecated one.
    pub deprecation: Option<Deprecation>,
    /// Parameters of the query.
    pub query: Vec<Parameter>,
    /// Members of the request body.
    pub members: Vec<Member>,
}

/// What the spec says about a deprecated operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Deprecation {
    /// The text of the `#[deprecated]` attribute: where the operation exists, and what to use instead.
    pub note: String,
    /// An operation id, or `web-flow`.
    pub replaced_by: String,
}

/// One parameter of the query.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// The first GHES version that takes it, where not every version with the operation does.
    pub since: Option<String>,
    /// What a number is without it.
    pub default: Option<u64>,
}

/// One member of a request body.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Its JSON name.
    pub name: String,
    /// Whether the body must have it.
    pub required: bool,
    /// Whether `null` may stand for it.
    pub nullable: bool,
    /// `String`, `Integer`, `Boolean`, `Object`, and `Strings` and `Integers` for arrays of these.
    pub kind: &'static str,
    /// The longest text that GitHub takes, in characters.
    pub max_length: Option<u64>,
    /// The keys that an object of named values may have.
    pub keys: Vec<String>,
}

impl Operation {
    /// The generated method.
    pub fn function(&self) -> String {
        function(&self.id)
    }

    /// The public method.
    pub fn name(&self) -> String {
        name(&self.id)
    }

    /// The client that has the method.
    pub fn client(&self) -> &'static str {
        match self.credentials.as_str() {
            "app" => "OAuthApp",
            "user" => "Authorizations",
            _ => "Server",
        }
    }

    /// The GHES versions that have the operation, such as `2.18 to 3.3`.
    pub fn versions(&self) -> Option<String> {
        let since = self.since.as_ref()?;
        Some(match &self.until {
            Some(until) => format!("{since} to {until}"),
            None => format!("{since} and later"),
        })
    }

    /// The sentence about where the operation exists, for rustdoc and the README.
    pub fn availability(&self) -> String {
        match (self.versions(), self.github_com) {
            (Some(versions), true) => format!("GHES {versions}; also on github.com"),
            (Some(versions), false) => format!("GHES {versions}; not on github.com"),
            (None, _) => "github.com only".to_owned(),
        }
    }
}

/// The operations of a linted spec, in the order of the document, which its JSON form has lost.
pub fn operations(document: &Node, spec: &Value) -> Vec<Operation> {
    let mut found = Vec::new();
    for (path, item) in document.get("paths").map(Node::entries).unwrap_or_default() {
        for (method, operation) in item.entries() {
            if operation.get("operationId").is_some() {
                found.push(read(spec, &path.name, &method.name));
            }
        }
    }
    found
}

fn read(spec: &Value, path: &str, method: &str) -> Operation {
    let operation = &spec["paths"][path][method];
    let mut read = Operation {
        id: text(&operation["operationId"]),
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: folded(&text(&operation["summary"])),
        credentials: text(&operation["x-credentials"]),
        since: operation.get("x-since").map(text),
        until: operation.get("x-until").map(text),
        github_com: operation["x-github-com"] == true,
        idempotency: text(&operation["x-idempotency"]),
        docs_url: text(&operation["externalDocs"]["url"]),
        deprecation: (operation["deprecated"] == true).then(|| Deprecation {
            note: folded(&text(&operation["x-deprecation-note"])),
            replaced_by: text(&operation["x-replaced-by"]),
        }),
        query: query(spec, operation),
        members: members(spec, operation),
    };
    let servers = match (read.versions(), read.github_com) {
        (Some(versions), true) => format!("GHES {versions}, and github.com"),
        (Some(versions), false) => format!("GHES {versions} only"),
        (None, _) => "github.com only".to_owned(),
    };
    if let Some(deprecation) = &mut read.deprecation {
        deprecation.note = format!("{servers}; {}", deprecation.note);
    }
    read
}

fn query(spec: &Value, operation: &Value) -> Vec<Parameter> {
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    parameters
        .map(|parameter| resolve(spec, parameter))
        .filter(|parameter| parameter["in"] == "query")
        .map(|parameter| Parameter {
            name: text(&parameter["name"]),
            since: parameter.get("x-since").map(text),
            default: parameter["schema"]["default"].as_u64(),
        })
        .collect()
}

fn members(spec: &Value, operation: &Value) -> Vec<Member> {
    let body = resolve(spec, &operation["requestBody"]);
    let schema = resolve(spec, &body["content"]["application/json"]["schema"]);
    let required: Vec<&Value> = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .collect();
    object(&schema["properties"])
        .map(|(name, property)| {
            // A `$ref` in an `allOf` leaves room for keys beside it.
            let max_length = property["x-max-length"].as_u64();
            let property = resolve(spec, property);
            Member {
                name: name.clone(),
                required: required.iter().any(|required| *required == name),
                nullable: property["nullable"] == true,
                kind: kind(property),
                max_length: max_length.or_else(|| property["x-max-length"].as_u64()),
                keys: object(&property["properties"])
                    .map(|(name, _)| name.clone())
                    .collect(),
            }
        })
        .collect()
}

fn kind(schema: &Value) -> &'static str {
    match (schema["type"].as_str(), schema["items"]["type"].as_str()) {
        (Some("integer"), _) => "Integer",
        (Some("boolean"), _) => "Boolean",
        (Some("object"), _) => "Object",
        (Some("array"), Some("integer")) => "Integers",
        (Some("array"), _) => "Strings",
        _ => "String",
    }
}

/// Follows a `$ref`, also one that stands alone in an `allOf` so that a description may stand beside it.
fn resolve<'a>(spec: &'a Value, value: &'a Value) -> &'a Value {
    let value = value
        .get("allOf")
        .and_then(|parts| parts.get(0))
        .unwrap_or(value);
    match value["$ref"]
        .as_str()
        .and_then(|reference| spec.pointer(reference.trim_start_matches('#')))
    {
        Some(target) => resolve(spec, target),
        None => value,
    }
}

/// The table as Rust: one constant an operation, the list of all, and the availability lines for rustdoc.
pub fn render(operations: &[Operation], versions: &[(Version, Version)]) -> String {
    let mut out = String::from(
        "// Generated from openapi/ghes-oauth.yaml by codegen/src/table.rs; see cargo xtask ops.\n",
    );
    for operation in operations {
        render_one(&mut out, operation);
    }
    let names: Vec<String> = operations
        .iter()
        .map(|operation| format!("&{}", operation.function().to_uppercase()))
        .collect();
    put(
        &mut out,
        format_args!(
            "static ALL: [&Operation; {}] = [{}];\n",
            names.len(),
            names.join(", ")
        ),
    );
    render_versions(&mut out, versions);
    out.push_str("macro_rules! availability {\n");
    for operation in operations {
        let line = format!(
            "**Availability:** {}. [GitHub's page]({})",
            operation.availability(),
            operation.docs_url
        );
        put(
            &mut out,
            format_args!("    ({}) => {{ {line:?} }};\n", operation.function()),
        );
    }
    out.push_str("}\npub(crate) use availability;\n");
    out
}

/// The names of the query parameters that operations share, each as a constant with the name of its component: one that is
/// renamed in the spec is sent under its new name.
pub fn parameters(spec: &Value) -> String {
    let mut out = String::from("pub(crate) mod parameters {\n");
    for (component, parameter) in object(&spec["components"]["parameters"]) {
        if parameter["in"] == "query" {
            let constant = component
                .chars()
                .enumerate()
                .fold(String::new(), |name, (at, c)| {
                    let separator = if at > 0 && c.is_ascii_uppercase() {
                        "_"
                    } else {
                        ""
                    };
                    format!("{name}{separator}{}", c.to_ascii_uppercase())
                });
            let name = text(&parameter["name"]);
            put(
                &mut out,
                format_args!("    pub(crate) const {constant}: &str = {name:?};\n"),
            );
        }
    }
    out.push_str("}\n");
    out
}

fn render_versions(out: &mut String, versions: &[(Version, Version)]) {
    let (major, minor) = versions.last().map_or((0, 0), |(_, newest)| *newest);
    let ranges: Vec<String> = versions
        .iter()
        .map(|(first, last)| format!("({}, {}..={})", first.0, first.1, last.1))
        .collect();
    put(
        out,
        format_args!(
            "impl GhesVersion {{\n    /// The newest version that this release of the crate knows.\n    \
             pub const NEWEST: Self = Self::new({major}, {minor});\n\n    \
             /// Returns every version that this release of the crate knows, the oldest first.\n    \
             pub fn known() -> impl Iterator<Item = Self> {{\n        \
             let majors = [{}];\n        \
             majors.into_iter().flat_map(|(major, minors)| minors.map(move |minor| Self::new(major, minor)))\n    }}\n}}\n",
            ranges.join(", ")
        ),
    );
}

fn render_one(out: &mut String, operation: &Operation) {
    let deprecation = match &operation.deprecation {
        None => "None".to_owned(),
        Some(Deprecation { note, replaced_by }) => {
            let replaced_by = if replaced_by == "web-flow" {
                "None".to_owned()
            } else {
                format!("Some({replaced_by:?})")
            };
            format!("Some(Deprecation {{ note: {note:?}, replaced_by: {replaced_by} }})")
        }
    };
    let since = operation.since.as_ref().map_or("None".to_owned(), |since| {
        format!("Some({})", version(since))
    });
    let until = operation.until.as_ref().map_or("None".to_owned(), |until| {
        format!("Some({})", version(until))
    });
    put(
        out,
        format_args!(
            "pub(crate) static {}: Operation = Operation {{ id: {:?}, name: {:?}, method: {:?}, path: {:?}, summary: {:?}, \
             credentials: CredentialKind::{}, since: {since}, until: {until}, on_github_com: {}, idempotency: Idempotency::{}, \
             docs_url: {:?}, deprecation: {deprecation} }};\n",
            operation.function().to_uppercase(),
            operation.id,
            operation.name(),
            operation.method,
            operation.path,
            operation.summary,
            variant(&operation.credentials),
            operation.github_com,
            variant(&operation.idempotency),
            operation.docs_url,
        ),
    );
}

fn version(text: &str) -> String {
    format!("GhesVersion::new({})", text.replace('.', ", "))
}

/// The name of a variant: `not-idempotent` is `NotIdempotent`.
fn variant(words: &str) -> String {
    let capitalized = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    words.split('-').map(capitalized).collect()
}

fn put(out: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = out.write_fmt(arguments);
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn object(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// The generated method of an operation: `apps_check_token`.
pub fn function(id: &str) -> String {
    id.replace(['/', '-'], "_")
}

/// Its public method: `check_token`.
///
/// A method of `Server`, which no tag names, has the tag in its name: `revoke_credentials` for `credentials/revoke`.
pub fn name(id: &str) -> String {
    match id.split_once('/') {
        Some((tag @ "credentials", short)) => function(&format!("{short}-{tag}")),
        Some((_, short)) => function(short),
        None => function(id),
    }
}
