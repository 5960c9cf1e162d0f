//! Paths: their templates, their order and their operations.

use super::context::Lint;
use super::{keys, shapes, spelling};
use crate::yaml::{Node, Value};

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

pub(super) fn is_method(key: &str) -> bool {
    METHODS.contains(&key)
}

pub(super) fn check(lint: &mut Lint<'_>) {
    let paths = lint.document.entries_at("paths");
    for (i, (path, item)) in paths.iter().enumerate() {
        if let Some((what, help)) = error(&path.name) {
            lint.error(path.line, what, help);
        }
        keys::check_object_named(lint, item, &shapes::PATH, &format!("path `{}`", path.name));
        if matches!(&item.value, Value::Mapping(entries) if entries.is_empty()) {
            lint.error(
                path.line,
                format!("path `{}` has no operations", path.name),
                "write them, or remove it",
            );
        }
        if let Some((twin, _)) = paths[..i]
            .iter()
            .find(|(other, _)| address(&other.name) == address(&path.name))
        {
            let what = format!(
                "path `{}` is the same address as `{}`",
                path.name, twin.name
            );
            lint.error(path.line, what, "put the operations of both under one");
        }
    }
    if let Some(paths) = lint.document.get("paths") {
        let rule = "apps come first, then users, and deprecated paths after the others";
        keys::check_order(lint, paths, rule, |path| {
            paths
                .get(path)
                .filter(|_| is_sound(path))
                .and_then(|item| audience(path, item))
        });
    }
}

/// Returns the names in a path's braces.
pub(super) fn parameters(path: &str) -> Vec<&str> {
    path.split('/').filter_map(parameter).collect()
}

fn parameter(segment: &str) -> Option<&str> {
    segment
        .strip_prefix('{')?
        .strip_suffix('}')
        .filter(|name| spelling::is_snake(name))
}

/// Whether the rules for operations can be applied to a path.
pub(super) fn is_sound(path: &str) -> bool {
    error(path).is_none()
}

/// Returns the error of a template, and its help.
fn error(path: &str) -> Option<(String, String)> {
    let refused = |what: String, help: &str| Some((what, help.to_owned()));
    let Some(segments) = path.strip_prefix('/') else {
        return refused(
            format!("path `{path}` does not begin with a slash"),
            &format!("write `/{path}`"),
        );
    };
    for segment in segments.split('/') {
        let constant = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
        if segment.is_empty() {
            return refused(
                format!("path `{path}` has an empty segment"),
                "remove the slash that is too many",
            );
        } else if parameter(segment).is_none() && !segment.chars().all(constant) {
            let help =
                "write a segment in lower-case letters, or as `{name}` where it is a parameter";
            return refused(
                format!("segment `{segment}` of the path is neither a word nor a parameter"),
                help,
            );
        }
    }
    let names = parameters(path);
    let twice = names
        .iter()
        .enumerate()
        .find_map(|(i, name)| names[..i].contains(name).then_some(name))?;
    refused(
        format!("path `{path}` has `{{{twice}}}` twice"),
        "give the two different names",
    )
}

/// The path without the names of its parameters.
fn address(path: &str) -> Vec<Option<&str>> {
    path.split('/')
        .map(|segment| parameter(segment).is_none().then_some(segment))
        .collect()
}

/// The order of paths: those of apps first, and of each kind those that are not deprecated.
fn audience(path: &str, item: &Node) -> Option<usize> {
    let (_, operation) = item
        .entries()
        .iter()
        .find(|(method, _)| is_method(&method.name))?;
    Some(2 * usize::from(!is_for_apps(path)) + usize::from(operation.get("deprecated").is_some()))
}

/// The paths of apps contain the client id; all other paths are for users.
pub(super) fn is_for_apps(path: &str) -> bool {
    path.starts_with("/applications/{client_id}/")
}
