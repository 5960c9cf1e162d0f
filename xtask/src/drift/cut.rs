//! Cuts what matters out of a description in YAML, so that only a hundredth of it needs to be parsed.
//!
//! Goes by indentation, as GitHub writes block style throughout. Whatever looks different is left whole, and read slowly.

use super::scope::Scope;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A key and all its lines, the key's own among them; `end` is where they end in the document.
#[derive(Clone, Copy)]
struct Block<'a> {
    key: &'a str,
    text: &'a str,
    end: usize,
}

/// The same description without the operations and components that are not our business.
pub(super) fn cut<'a>(text: &'a str, scope: &Scope) -> Cow<'a, str> {
    pieces(text, scope).map_or(Cow::Borrowed(text), Cow::Owned)
}

fn pieces(text: &str, scope: &Scope) -> Option<String> {
    let top = blocks(text, 0, 0);
    let paths = top.iter().find(|block| block.key == "paths")?;
    let kept: Vec<Block<'_>> = below(paths)?
        .into_iter()
        .filter(|path| is_ours(path, scope))
        .collect();
    let mut out = String::new();
    if kept.iter().any(|block| block.text.lines().any(has_alias)) {
        // What an alias stands for is somewhere above it.
        out.push_str(&text[..kept.last()?.end]);
    } else {
        let head = top
            .iter()
            .filter(|block| ["openapi", "info", "externalDocs"].contains(&block.key));
        out.extend(head.map(|block| block.text));
        out.push_str(if kept.is_empty() {
            "paths: {}\n"
        } else {
            "paths:\n"
        });
        out.extend(kept.iter().map(|block| block.text));
    }
    if let Some(components) = top.iter().find(|block| block.key == "components") {
        let components = needed(&out, components)?;
        out.push_str(&components);
    }
    Some(out)
}

/// The components that `kept` refers to, and those that they refer to, and so on.
fn needed(kept: &str, components: &Block<'_>) -> Option<String> {
    let kinds = below(components)?;
    let mut all = BTreeMap::new();
    // Examples are never compared.
    for kind in kinds.iter().filter(|kind| kind.key != "examples") {
        all.extend(
            below(kind)
                .unwrap_or_default()
                .into_iter()
                .map(|component| ((kind.key, component.key), component.text)),
        );
    }
    let mut found = BTreeMap::new();
    let mut open = vec![kept];
    while let Some(text) = open.pop() {
        for component in references(text) {
            let Some(text) = all.get(&component) else {
                continue;
            };
            if found.insert(component, *text).is_none() {
                open.push(text);
            }
        }
    }
    let indent = " ".repeat(kinds.first().map_or(0, |kind| width(kind.text)));
    let mut out = String::from("components:\n");
    for kind in kinds {
        let mut texts = found
            .iter()
            .filter(|((of, _), _)| *of == kind.key)
            .map(|(_, text)| *text)
            .peekable();
        if texts.peek().is_some() {
            out.push_str(&format!("{indent}{}:\n", kind.key));
            out.extend(texts);
        }
    }
    Some(out)
}

/// Kind and name of each component that a text refers to.
fn references(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split("#/components/").skip(1).filter_map(|rest| {
        rest.split(['"', '\'', ' ', '\n', '\r', '}', ','])
            .next()?
            .split_once('/')
    })
}

fn is_ours(path: &Block<'_>, scope: &Scope) -> bool {
    let ids = path
        .text
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("operationId:"));
    scope.takes_path(path.key)
        || ids
            .map(|id| unquoted(id.trim()))
            .any(|id| scope.takes_id(id))
}

/// The blocks inside one; none when it is not written as a block.
fn below<'a>(block: &Block<'a>) -> Option<Vec<Block<'a>>> {
    let (own, rest) = block.text.split_once('\n')?;
    let first = rest.lines().find(|line| !is_blank(line))?;
    let is_block = own.trim_end().ends_with(':') && width(first) > width(own);
    is_block.then(|| blocks(rest, width(first), block.end - rest.len()))
}

/// The keys that stand `indent` columns in, each with the lines up to the next; `start` is where `text` begins.
fn blocks(text: &str, indent: usize, start: usize) -> Vec<Block<'_>> {
    let mut begins: Vec<(&str, usize)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        // Items of a list may stand as far left as the key of the list.
        if !is_blank(line) && width(line) == indent && !line[indent..].starts_with('-') {
            begins.push((key(line[indent..].trim_end()), at));
        }
        at += line.len();
    }
    let ends = begins.iter().skip(1).map(|(_, at)| *at).chain([text.len()]);
    begins
        .iter()
        .zip(ends)
        .map(|((key, from), to)| Block {
            key,
            text: &text[*from..to],
            end: start + to,
        })
        .collect()
}

fn key(line: &str) -> &str {
    unquoted(
        line.strip_suffix(':')
            .or_else(|| line.split_once(": ").map(|(key, _)| key))
            .unwrap_or(line),
    )
}

fn unquoted(text: &str) -> &str {
    let inside = |quote| {
        text.strip_prefix(quote)
            .and_then(|text| text.strip_suffix(quote))
    };
    inside('"').or_else(|| inside('\'')).unwrap_or(text)
}

fn width(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn is_blank(line: &str) -> bool {
    let line = line.trim_start();
    line.is_empty() || line.starts_with('#')
}

/// Whether a line ends in an alias: `- *12`, `schema: *3`.
fn has_alias(line: &str) -> bool {
    let word = line.trim_end().rsplit(' ').next().unwrap_or_default();
    word.strip_prefix('*').is_some_and(|name| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::super::yaml;
    use super::*;
    use serde_json::json;

    fn cut_to_json(text: &str) -> serde_json::Value {
        let scope = Scope::of(&json!({}));
        yaml::read(&cut(text, &scope)).unwrap()
    }

    #[test]
    fn what_is_referred_to_stays() {
        let text = "---
openapi: 3.0.3
tags:
- name: apps
  description: Not needed.
externalDocs:
  url: here
paths:
  \"/a\":
    get:
      operationId: meta/root

      description: |-
        paths:

        text *1
  \"/applications/{client_id}/token\":
    post:
      operationId: 'apps/check-token'
      x: {\"$ref\": \"#/components/schemas/one\"}
  \"/z\":
    get:
      operationId: apps/new-token
components:
  schemas:
    one:
      items:
        $ref: '#/components/schemas/two'
    unused:
      type: string
    two:
      type: string
      example:
        \"$ref\": \"#/components/examples/far\"
  examples:
    far: 1
";
        let json = json!({
            "openapi": "3.0.3",
            "externalDocs": { "url": "here" },
            "paths": {
                "/applications/{client_id}/token": {
                    "post": { "operationId": "apps/check-token", "x": { "$ref": "#/components/schemas/one" } }
                },
                "/z": { "get": { "operationId": "apps/new-token" } },
            },
            "components": {
                "schemas": {
                    "one": { "items": { "$ref": "#/components/schemas/two" } },
                    "two": { "type": "string", "example": { "$ref": "#/components/examples/far" } },
                }
            }
        });
        assert_eq!(cut_to_json(text), json);
        assert_eq!(cut_to_json(&text.replace('\n', "\r\n")), json);
    }

    #[test]
    fn all_above_an_alias_stays() {
        let text = "paths:\n  /a:\n    get: &1\n      x: 1\n  /authorizations:\n    get: *1\n  /b:\n    get: *1\n";
        assert_eq!(
            cut_to_json(text),
            json!({ "paths": { "/a": { "get": { "x": 1 } }, "/authorizations": { "get": { "x": 1 } } } })
        );
    }

    #[test]
    fn what_looks_different_stays_whole() {
        for text in [
            "paths: {/a: {get: {}}}\n",
            "x: 1\n",
            "- paths:\n",
            "",
            "paths:\n  /a: {}\ncomponents: {schemas: {}}\n",
        ] {
            assert!(
                matches!(cut(text, &Scope::of(&json!({}))), Cow::Borrowed(_)),
                "{text}"
            );
        }
        assert_eq!(cut_to_json("paths:\n  /a: {}\n"), json!({ "paths": {} }));
    }
}
