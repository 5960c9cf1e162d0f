//! GitHub's operations that this crate should have.

use super::reference::follow;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The methods that a path may have; its other keys are not operations.
pub(super) const METHODS: [&str; 8] = [
    "get", "put", "post", "patch", "delete", "head", "options", "trace",
];

/// The scope of our specification.
pub(super) struct Scope {
    paths: BTreeSet<String>,
    ids: BTreeSet<String>,
}

impl Scope {
    pub(super) fn of(ours: &Value) -> Self {
        let operations: Vec<Operation<'_>> = operations(ours).collect();
        Self {
            paths: operations
                .iter()
                .map(|operation| shape(operation.path))
                .collect(),
            ids: operations
                .iter()
                .map(|operation| operation.id.to_owned())
                .collect(),
        }
    }

    /// Whether a path belongs to OAuth Apps or OAuth Authorizations; then all its operations are in scope.
    pub(super) fn takes_path(&self, path: &str) -> bool {
        let below = |root: &str| {
            path.strip_prefix(root)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        below("/applications") || below("/authorizations") || self.paths.contains(&shape(path))
    }

    /// Whether an operation is in scope by its id, whatever its path.
    pub(super) fn takes_id(&self, id: &str) -> bool {
        let about_tokens = id
            .strip_prefix("apps/")
            .is_some_and(|name| name.contains("token"));
        about_tokens || id.starts_with("oauth-authorizations/") || self.ids.contains(id)
    }
}

/// An operation, wherever it was found.
#[derive(Clone, Copy)]
pub(super) struct Operation<'a> {
    pub(super) id: &'a str,
    pub(super) path: &'a str,
    pub(super) method: &'a str,
    pub(super) node: &'a Value,
    /// Parameters that all operations of the path share.
    pub(super) shared: &'a Value,
}

impl<'a> Operation<'a> {
    /// The key for routing: the method, and the path without the names of parameters.
    pub(super) fn route(&self) -> (&'a str, String) {
        (self.method, shape(self.path))
    }
}

/// All operations of a description, path by path.
pub(super) fn operations(description: &Value) -> impl Iterator<Item = Operation<'_>> {
    let paths = description["paths"].as_object().into_iter().flatten();
    paths.flat_map(|(path, item)| {
        METHODS.iter().filter_map(move |method| {
            let node = item.get(method)?;
            Some(Operation {
                id: node["operationId"].as_str().unwrap_or(path),
                path,
                method,
                node,
                shared: &item["parameters"],
            })
        })
    })
}

/// A path without the names of its parameters.
fn shape(path: &str) -> String {
    let segments = path.split('/').map(|segment| {
        if segment.starts_with('{') && segment.ends_with('}') {
            "{}"
        } else {
            segment
        }
    });
    segments.collect::<Vec<_>>().join("/")
}

/// The parameters of an operation by place and name; its own before those of the path.
pub(super) fn parameters<'a>(
    description: &'a Value,
    operation: &Operation<'a>,
) -> BTreeMap<(&'a str, &'a str), &'a Value> {
    let lists = [operation.shared, &operation.node["parameters"]];
    let all = lists
        .into_iter()
        .filter_map(Value::as_array)
        .flatten()
        .map(|parameter| follow(description, parameter).0);
    all.filter_map(|parameter| {
        Some((
            (parameter["in"].as_str()?, parameter["name"].as_str()?),
            parameter,
        ))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_scope_is_wider_than_what_we_have() {
        let scope = Scope::of(
            &json!({ "paths": { "/meta/{kind}": { "get": { "operationId": "meta/show" }, "x-note": {} } } }),
        );
        for path in [
            "/applications/{client_id}/secrets",
            "/applications/grants",
            "/authorizations",
            "/authorizations/x/y",
            "/meta/{other}",
        ] {
            assert!(scope.takes_path(path), "{path}");
        }
        for path in [
            "/app",
            "/application",
            "/authorizations-of",
            "/orgs/{org}/authorizations",
            "/meta",
        ] {
            assert!(!scope.takes_path(path), "{path}");
        }
        for id in [
            "apps/peek-token",
            "apps/tokens",
            "oauth-authorizations/new",
            "meta/show",
        ] {
            assert!(scope.takes_id(id), "{id}");
        }
        for id in ["apps/list", "orgs/list-token", "meta/other"] {
            assert!(!scope.takes_id(id), "{id}");
        }
    }
}
