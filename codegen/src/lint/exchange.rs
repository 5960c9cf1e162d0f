//! Request bodies and responses.

use super::context::Lint;
use super::operation::Operation;
use super::place::Place;
use super::{keys, reference, schema, secret, shapes};
use crate::reference::resolve;
use crate::yaml::{Key, Node};

const JSON: &str = "application/json";

/// The schema of every error.
const ERROR: &str = "#/components/schemas/Error";

pub(super) fn check(lint: &mut Lint<'_>, operation: &Operation<'_>) {
    if let Some(body) = operation.node.get("requestBody") {
        check_request_body(lint, operation, body);
    }
    if let Some(responses) = operation.node.get("responses") {
        check_statuses(lint, responses);
        check_success(lint, responses);
    }
}

fn check_request_body(lint: &mut Lint<'_>, operation: &Operation<'_>, body: &Node) {
    if operation.method == "get" {
        return lint.error(
            body.line,
            "a GET has a request body",
            "move what it says into the query, or change the method",
        );
    }
    keys::check_object(lint, body, &shapes::REQUEST_BODY);
    if body.flag_at("required") == Some(false) {
        lint.error(
            body.line,
            "the request body is optional",
            "write `required: true`: the generated method always sends it",
        );
    }
    if let Some(content) = body.get("content") {
        check_media_types(lint, content, "the request body", Place::Body);
    }
    let Some((schema, name)) =
        self::body(body).and_then(|schema| Some((schema, component(schema)?)))
    else {
        return;
    };
    let target = resolve(lint.document, schema);
    if target.and_then(|target| target.text_at("type")) != Some("object") {
        return; // Refused for its place already.
    }
    if !name.ends_with("Body") {
        let help = "refer to a separate schema whose name ends in `Body`";
        return lint.error(
            schema.line,
            format!("the request body is `{name}`, which is not a request"),
            help,
        );
    }
    let fields = target.and_then(|target| target.get("properties"));
    let operation = lint.operation.take();
    for (field, value) in fields.map(Node::entries).unwrap_or_default() {
        let Some(items) = value
            .get("items")
            .and_then(|items| resolve(lint.document, items))
        else {
            continue;
        };
        if let Some(kind) = items
            .text_at("type")
            // A list of lists is refused for its place.
            .filter(|kind| !["string", "integer", "array"].contains(kind))
        {
            let what = format!(
                "the table of operations knows no list of type `{kind}`, as `{name}.{}` is one",
                field.name
            );
            lint.error(
                value.line,
                what,
                "teach `Kind` in codegen/src/table.rs and src/model/operation.rs, or write another type",
            );
        }
    }
    lint.operation = operation;
}

fn check_statuses(lint: &mut Lint<'_>, responses: &Node) {
    for (status, response) in responses.entries() {
        let name = status.name.as_str();
        if !is_status(name) {
            let help = "list the statuses one by one, such as \"200\": the generator takes a range or `default` for success and error at once";
            lint.error(status.line, format!("`{name}` is not a status"), help);
            continue;
        }
        if !reference::check(lint, response, "responses") {
            check_response(lint, response);
        }
        let Some(target) = resolve(lint.document, response) else {
            continue;
        };
        if reference::is_misspelt(response) || target.entries().is_empty() {
            continue; // Where it leads, or what it contains, is not known.
        }
        // Errors of shared components are reported once, without an operation.
        let operation = lint.operation.clone();
        if response.get("$ref").is_some() && target.get("content").is_some() {
            lint.operation = None;
        }
        check_content(lint, status, target);
        lint.operation = operation;
    }
    keys::check_order(lint, responses, "statuses ascend", |name| {
        name.parse().ok().filter(|_| is_status(name))
    });
}

/// Checks the body of a response, by its status.
fn check_content(lint: &mut Lint<'_>, status: &Key, response: &Node) {
    let name = &status.name;
    let schema = body(response);
    let line = schema.map_or(status.line, |schema| schema.line);
    let has_body = response.get("content").is_some();
    let is_error = schema
        .and_then(|schema| schema.text_at("$ref"))
        .is_some_and(|reference| reference == ERROR);
    let of_requests = schema
        .and_then(component)
        .filter(|name| *name == "Error" || name.ends_with("Body"));
    let (what, help) = match (name.as_bytes()[0], of_requests) {
        (b'1', _) => (
            format!("status {name} is an interim one"),
            "remove it: HTTP deals with it before a response is read",
        ),
        // A body that is not JSON is an error already.
        (b'4' | b'5', _) if !is_error && (schema.is_some() || !has_body) => (
            format!("status {name} does not carry an `Error`"),
            "give it the schema `#/components/schemas/Error`: the generator panics on two kinds of error, and the crate knows one",
        ),
        (b'3', _) if has_body => (
            format!("status {name} has a body"),
            "remove its `content`: nothing reads it",
        ),
        (b'2', _) if has_body && ["204", "205"].contains(&name.as_str()) => (
            format!("status {name} has a body"),
            "remove its `content`, or write 200",
        ),
        (b'2', Some(name)) => (
            format!("the response is `{name}`, which is not a schema of responses"),
            "refer to a schema of responses",
        ),
        _ => return,
    };
    lint.error(line, what, help);
}

fn is_status(name: &str) -> bool {
    name.parse::<u16>()
        .is_ok_and(|status| (100..600).contains(&status))
        && name.len() == 3
}

/// The generator panics on two kinds of success, and generates a stream of bytes for a success without a description.
fn check_success(lint: &mut Lint<'_>, responses: &Node) {
    let successes = responses
        .entries()
        .iter()
        .filter(|(status, _)| is_status(&status.name) && status.name.starts_with('2'));
    let mut bodies = successes.filter_map(|(status, response)| {
        let schema = body(resolve(lint.document, response)?).map(Node::to_json);
        Some((status, schema))
    });
    let Some((first, schema)) = bodies.next() else {
        if responses
            .entries()
            .iter()
            .any(|(status, _)| !is_status(&status.name))
        {
            return; // One of those may be meant as the success.
        }
        return lint.error(
            responses.line,
            "no status says success",
            "describe the one that GitHub responds with, such as \"200\"",
        );
    };
    if let Some((other, _)) = bodies.find(|(_, other)| *other != schema) {
        let what = format!(
            "status {} carries something else than {}",
            other.name, first.name
        );
        lint.error(
            other.line,
            what,
            "give both the same schema: the generator panics on two kinds of success",
        );
    }
}

/// Checks one response, wherever it is written.
pub(super) fn check_response(lint: &mut Lint<'_>, node: &Node) {
    keys::check_object(lint, node, &shapes::RESPONSE);
    let headers = node.entries_at("headers");
    for (i, (name, header)) in headers.iter().enumerate() {
        if !name
            .name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-')
            || name.name.is_empty()
        {
            lint.error(
                name.line,
                format!("{:?} is not a header name", name.name),
                "write letters, digits and hyphens",
            );
        } else if headers[..i]
            .iter()
            .any(|(other, _)| other.name.eq_ignore_ascii_case(&name.name))
        {
            lint.error(
                name.line,
                format!("header `{}` appears twice", name.name),
                "remove one: their case has no meaning",
            );
        }
        let target = resolve(lint.document, header);
        if target.is_some_and(|target| secret::is_header(lint.document, &name.name, target)) {
            let help = "leave it out: the crate reads headers as text; if it is not one, add it to HARMLESS in codegen/src/lint/secret.rs";
            let what = format!("header `{}` carries a secret", name.name);
            lint.error(name.line, what, help);
        } else if !reference::check(lint, header, "headers") {
            check_header(lint, &name.name, header);
        }
    }
    if let Some(content) = node.get("content") {
        check_media_types(lint, content, "the response", Place::Response);
    }
}

/// Checks one header, wherever it is written.
pub(super) fn check_header(lint: &mut Lint<'_>, name: &str, node: &Node) {
    keys::check_object_named(lint, node, &shapes::HEADER, &format!("header `{name}`"));
    if let Some(schema) = node.get("schema") {
        schema::check(lint, schema, &format!("header `{name}`"), Place::Header);
    }
}

fn check_media_types(lint: &mut Lint<'_>, content: &Node, what: &str, place: Place) {
    for (media, _) in content
        .entries()
        .iter()
        .filter(|(media, _)| media.name != JSON)
    {
        let help = format!("write `{JSON}` alone: the crate reads and writes nothing else");
        lint.error(media.line, format!("{what} is `{}`", media.name), help);
    }
    if let Some(media) = content.get(JSON) {
        keys::check_object_named(lint, media, &shapes::MEDIA_TYPE, what);
        if let Some(schema) = media.get("schema") {
            schema::check(lint, schema, what, place);
        }
    }
}

/// Returns the component that a schema refers to, also as one of several.
fn component(schema: &Node) -> Option<&str> {
    let inner = schema
        .get("items")
        .or_else(|| schema.get("allOf")?.items().first());
    inner.map_or_else(|| schema.text_at("$ref")?.rsplit('/').next(), component)
}

/// Returns the schema of a request's or a response's body.
fn body(response: &Node) -> Option<&Node> {
    response.get("content")?.get(JSON)?.get("schema")
}
