//! Reads one of GitHub's descriptions, or reports why a file is not one.

use super::reference::follow;
use super::scope::{Operation, Scope, operations};
use serde_json::Value;
use std::collections::BTreeSet;

const FETCH: &str = "give a whole description, such as generated/ghes-3.19.json of the npm package @octokit/openapi";

/// Reads JSON, the format in which GitHub publishes its descriptions.
pub(super) fn read(text: &str, scope: &Scope) -> Result<Value, String> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if !text.starts_with(['{', '[']) {
        return Err(format!("this is not JSON; {FETCH}"));
    }
    let description = text
        .parse()
        .map_err(|error| format!("this is not JSON: {error}; fetch the file anew"))?;
    match refused(&description)
        .map(str::to_owned)
        .or_else(|| dangling(&description, scope))
    {
        Some(reason) => Err(format!("{reason}; {FETCH}")),
        None => Ok(description),
    }
}

/// Refuses a reference without a target: in a truncated description, everything that is missing would be reported as dropped by GitHub.
fn dangling(description: &Value, scope: &Scope) -> Option<String> {
    let is_ours = |operation: &Operation<'_>| {
        scope.takes_path(operation.path) || scope.takes_id(operation.id)
    };
    let mut open: Vec<&Value> = operations(description)
        .filter(is_ours)
        .flat_map(|operation| [operation.node, operation.shared])
        .collect();
    let mut seen = BTreeSet::new();
    while let Some(node) = open.pop() {
        if let Some(reference) = node["$ref"].as_str()
            && seen.insert(reference)
        {
            match follow(description, node) {
                (Value::Null, _) => {
                    return Some(format!(
                        "this description refers to `{reference}`, which is not in it, or goes in circles"
                    ));
                }
                (target, _) => open.push(target),
            }
        }
        match node {
            // Examples are not compared.
            Value::Object(entries) => {
                open.extend(
                    entries
                        .iter()
                        .filter(|(key, _)| !["example", "examples"].contains(&key.as_str()))
                        .map(|(_, value)| value),
                );
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    None
}

fn refused(description: &Value) -> Option<&'static str> {
    if !description["openapi"]
        .as_str()
        .is_some_and(|version| version.starts_with("3."))
    {
        return Some("this is not a description in OpenAPI 3");
    }
    if !description["paths"].is_object() {
        return Some("this description has no `paths`");
    }
    // The npm package also contains files with only the changes from one version to the next, in which each operation is marked.
    let mut diffs = operations(description)
        .map(|operation| operation.node["x-octokit"]["diff"].as_object())
        .peekable();
    let are_all =
        diffs.peek().is_some() && diffs.all(|diff| diff.is_some_and(|diff| !diff.is_empty()));
    are_all.then_some("this holds the differences between two descriptions")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_file_that_is_not_a_description_is_refused() {
        let scope = Scope::of(&json!({}));
        let lacking = json!({ "openapi": "3.0.3", "paths": { "/authorizations": { "get": { "x": [{ "$ref": "#/components/a" }] } } } });
        let circle = json!({ "openapi": "3.0.3", "paths": { "/authorizations": { "get": { "$ref": "#/a" } } }, "a": { "$ref": "#/a" } });
        let diff = json!({ "openapi": "3.0.3", "paths": { "/a": { "get": { "x-octokit": { "diff": { "ghes-3.5": {} } } } } } });
        for (text, message) in [
            ("", "this is not JSON; give"),
            ("<!DOCTYPE html>\n<html>", "this is not JSON; give"),
            ("[]", "this is not a description in OpenAPI 3; give"),
            (
                "{\"openapi\": \"3.0.3\", ",
                "this is not JSON: EOF while parsing",
            ),
            (
                "\u{feff} {\"openapi\": ",
                "this is not JSON: EOF while parsing",
            ),
            (
                "{\"swagger\": \"2.0\", \"paths\": {}}",
                "this is not a description in OpenAPI 3; give",
            ),
            ("openapi: 3.0.3\n", "this is not JSON; give"),
            (
                "{\"openapi\": \"3.0.3\"}",
                "this description has no `paths`; give",
            ),
            (
                &lacking.to_string(),
                "this description refers to `#/components/a`, which is not in it, or goes",
            ),
            (
                &circle.to_string(),
                "this description refers to `#/a`, which is not in it, or goes",
            ),
            (
                &diff.to_string(),
                "this holds the differences between two descriptions; give",
            ),
        ] {
            let error = read(text, &scope).unwrap_err();
            assert!(error.starts_with(message), "{text}: {error}");
        }
        assert!(read("\u{feff}{\"openapi\": \"3.1.0\", \"paths\": {}}", &scope).is_ok());
    }
}
