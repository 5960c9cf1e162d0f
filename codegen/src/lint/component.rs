//! The components: each one's own rules, their names, their order, and whether anything uses them.

use super::context::Lint;
use super::place::Place;
use super::{exchange, keys, parameter, reference, schema, spelling};
use crate::yaml::{Key, Node};

/// Names of Rust's prelude, of keywords, of the generated code and of containers. Names that end in `Builder` are refused, too: the pass
/// for permissions generates such types.
const TAKEN: &str = "Self Option Some None Result Ok Err Vec String Box Default Debug Clone Copy Send Sync \
    Drop Fn From Into Iterator Extend Eq Ord Hash Serialize Deserialize Map Value Client \
    RawResponse Prepared Operation";

pub(super) fn check(lint: &mut Lint<'_>) {
    let document = lint.document;
    for (key, node) in reference::components(document, "parameters") {
        check_component(lint, key, node, |lint| {
            parameter::check_declaration(lint, node)
        });
    }
    for (key, node) in reference::components(document, "headers") {
        check_component(lint, key, node, |lint| {
            exchange::check_header(lint, &key.name, node)
        });
    }
    for (key, node) in reference::components(document, "responses") {
        check_component(lint, key, node, |lint| exchange::check_response(lint, node));
    }
    for (key, node) in reference::components(document, "schemas") {
        check_component(lint, key, node, |lint| {
            schema::check(lint, node, &format!("`{}`", key.name), Place::Component)
        });
        if TAKEN.split(' ').any(|taken| taken == key.name) || key.name.ends_with("Builder") {
            let what = format!(
                "schema `{}` has the name of something else in Rust or in the generated code",
                key.name
            );
            lint.error(key.line, what, "give it another name");
        }
        if reference::referred(document, node).contains(&format!("schemas/{}", key.name)) {
            let help = "leave the field out that leads back: no response of GitHub's needs it, and no reader would end";
            lint.error(
                key.line,
                format!("schema `{}` contains itself", key.name),
                help,
            );
        }
    }
    refuse_unused(lint);
    check_order(lint);
}

fn check_component(lint: &mut Lint<'_>, key: &Key, node: &Node, rules: impl FnOnce(&mut Lint<'_>)) {
    if !spelling::is_camel(&key.name) {
        lint.error(
            key.line,
            format!("component `{}` is not in camel case", key.name),
            "write it like a Rust type, such as `AccessToken`",
        );
    }
    if node.get("$ref").is_some() {
        let help = "remove it, and refer to the other one where it is needed";
        lint.error(
            key.line,
            format!("component `{}` only refers to another one", key.name),
            help,
        );
    } else {
        rules(lint);
    }
}

fn refuse_unused(lint: &mut Lint<'_>) {
    let document = lint.document;
    if document
        .get("paths")
        .is_none_or(|paths| paths.entries().is_empty())
    {
        return; // That is a separate error.
    }
    let reachable = reference::reachable(document, document.get("paths"));
    for section in ["parameters", "headers", "responses", "schemas"] {
        for (key, _) in reference::components(document, section) {
            if !reachable.contains(&format!("{section}/{}", key.name)) {
                let help = "remove it, or refer to it; a description may also name it in backticks";
                lint.error(
                    key.line,
                    format!("component `{}` is never used", key.name),
                    help,
                );
            }
        }
    }
}

/// Responses first, then request bodies, then schemas that are not objects, then errors.
fn check_order(lint: &mut Lint<'_>) {
    let document = lint.document;
    let Some(schemas) = document
        .get("components")
        .and_then(|components| components.get("schemas"))
    else {
        return;
    };
    let errors = reference::reachable(document, schemas.get("Error"));
    let rank = |name: &str| {
        let is_object = schemas.get(name)?.text_at("type")? == "object";
        let is_error = name == "Error" || errors.contains(&format!("schemas/{name}"));
        Some(match name {
            _ if is_error => 3,
            _ if !is_object => 2,
            _ if name.ends_with("Body") => 1,
            _ => 0,
        })
    };
    keys::check_order(
        lint,
        schemas,
        "responses come first, then request bodies, plain types and errors",
        rank,
    );
}
