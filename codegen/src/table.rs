//! Reads the facts about each operation that the handwritten code needs from the spec.

pub mod client;
pub mod fake;

use crate::prose::folded;
use crate::reference;
use crate::yaml::Node;
use serde_json::Value;

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
    /// The description beside the summary.
    pub description: String,
    /// `app`, `user` or `none`.
    pub credentials: String,
    /// First GHES version; `None` if only github.com has it.
    pub since: Option<String>,
    /// Last GHES version, if there is one.
    pub until: Option<String>,
    /// The media type of its preview, and the last GHES version whose requests name it.
    pub preview: Option<(String, String)>,
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
    /// Fields of the request body.
    pub fields: Vec<Field>,
}

/// The extension of a deprecated operation.
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
    /// The crate's name for it: the name of its component, or its own name in camel case.
    pub component: String,
    /// Its name in the query.
    pub name: String,
    /// One sentence.
    pub description: String,
    /// The first GHES version that takes it, if not every version of the operation does.
    pub since: Option<String>,
    /// The default of a number.
    pub default: Option<u64>,
    /// The smallest and the largest number that GitHub accepts.
    pub bounds: (Option<u64>, Option<u64>),
}

/// One field of a request body.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its JSON name.
    pub name: String,
    /// Whether it is required.
    pub required: bool,
    /// Whether it may be `null`.
    pub nullable: bool,
    /// `String`, `Integer`, `Boolean`, `Object`, and `Strings` and `Integers` for arrays of these.
    pub kind: &'static str,
    /// The longest text that GitHub accepts, in characters.
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

    /// The sentence about the availability of the operation, for rustdoc and the README.
    pub fn availability(&self) -> String {
        match (self.versions(), self.github_com) {
            (Some(versions), true) => format!("GHES {versions}; also on github.com"),
            (Some(versions), false) => format!("GHES {versions}; not on github.com"),
            (None, _) => "github.com only".to_owned(),
        }
    }
}

/// Returns the operations of a linted spec, in the order of the document, which its JSON form does not keep.
pub fn operations(document: &Node) -> Vec<Operation> {
    let spec = document.to_json();
    let mut found = Vec::new();
    for (path, item) in document.entries_at("paths") {
        for (method, operation) in item.entries() {
            if operation.get("operationId").is_some() {
                found.push(read(&spec, &path.name, &method.name));
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
        description: folded(&text(&operation["description"])),
        credentials: text(&operation["x-credentials"]),
        since: operation.get("x-since").map(text),
        until: operation.get("x-until").map(text),
        preview: operation
            .get("x-preview")
            .map(|preview| (text(preview), text(&operation["x-preview-until"]))),
        github_com: operation["x-github-com"] == true,
        idempotency: text(&operation["x-idempotency"]),
        docs_url: text(&operation["externalDocs"]["url"]),
        deprecation: (operation["deprecated"] == true).then(|| Deprecation {
            note: folded(&text(&operation["x-deprecation-note"])),
            replaced_by: text(&operation["x-replaced-by"]),
        }),
        query: query(spec, operation),
        fields: fields(spec, operation),
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
        .map(|parameter| (parameter["$ref"].as_str(), resolve(spec, parameter)))
        .filter(|(_, parameter)| parameter["in"] == "query")
        .map(|(reference, parameter)| {
            let name = text(&parameter["name"]);
            let component = reference.and_then(|reference| reference.rsplit('/').next());
            let number = |key: &str| parameter["schema"][key].as_u64();
            Parameter {
                component: component.map_or_else(|| camel(&name), str::to_owned),
                description: folded(&text(&parameter["description"])),
                since: parameter.get("x-since").map(text),
                default: number("default"),
                bounds: (number("x-minimum"), number("x-maximum")),
                name,
            }
        })
        .collect()
}

fn fields(spec: &Value, operation: &Value) -> Vec<Field> {
    let body = resolve(spec, &operation["requestBody"]);
    let schema = resolve(spec, &body["content"]["application/json"]["schema"]);
    let required: Vec<&Value> = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .collect();
    object(&schema["properties"])
        .map(|(name, property)| {
            // A `$ref` in an `allOf` allows other keys beside it.
            let max_length = property["x-max-length"].as_u64();
            let property = resolve(spec, property);
            Field {
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

/// Follows a `$ref`, also one in an `allOf` with a description beside it.
fn resolve<'a>(spec: &'a Value, value: &'a Value) -> &'a Value {
    let inner = reference::unwrapped(value);
    reference::resolve(spec, inner).unwrap_or(inner)
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
/// For `Server`, which no tag names, the method's name contains the tag: `revoke_credentials` for `credentials/revoke`.
pub fn name(id: &str) -> String {
    match id.split_once('/') {
        Some((tag @ "credentials", short)) => function(&format!("{short}-{tag}")),
        Some((_, short)) => function(short),
        None => function(id),
    }
}

/// `check-token` as `CheckToken`.
pub fn camel(text: &str) -> String {
    let mut out = String::new();
    for word in text.split(['/', '-', '_']) {
        let mut letters = word.chars();
        out.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        out.push_str(letters.as_str());
    }
    out
}

/// Returns an `Option` of Rust code, as Rust code.
fn option(value: Option<String>) -> String {
    value.map_or("None".to_owned(), |value| format!("Some({value})"))
}
