//! The operations compared with each other: ids, names, replacements, tags.

use super::context::Lint;
use super::operation::{self, Operation};
use super::spelling;
use crate::table;
use crate::yaml::Node;

/// Checks the operations against each other.
pub(super) fn check(lint: &mut Lint<'_>, operations: &[Operation<'_>]) {
    for (i, operation) in operations.iter().enumerate() {
        lint.operation = Some(operation.label());
        // An id of another form is an error already.
        let Some(id) = operation.id().filter(|_| has_id(operation)) else {
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
            let Some(twin) = other.id() else {
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
        check_replacement(lint, operation, operations);
    }
    check_tags(lint, operations);
}

/// Checks that tags are declared and used.
fn check_tags(lint: &mut Lint<'_>, operations: &[Operation<'_>]) {
    let declared: Vec<(usize, &str)> = lint
        .document
        .items_at("tags")
        .iter()
        .filter_map(|tag| Some((tag.line, tag.text_at("name")?)))
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

fn check_replacement(lint: &mut Lint<'_>, operation: &Operation<'_>, operations: &[Operation<'_>]) {
    let Some(name) = operation
        .text("x-replaced-by")
        .filter(|name| *name != "web-flow" && !name.trim().is_empty())
    else {
        return;
    };
    let line = operation.line("x-replaced-by");
    let others = operations
        .iter()
        .filter(|other| !other.is_deprecated())
        .filter_map(|other| other.id());
    match operations
        .iter()
        .find(|other| other.text("operationId") == Some(name))
    {
        // It exists, but another error prevents it from being read, or its id is an error.
        None if is_written(lint.document, name) || !operations.iter().all(has_id) => {}
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

fn has_id(operation: &Operation<'_>) -> bool {
    operation
        .id()
        .is_some_and(|id| operation::parts(id).is_some())
}

/// Whether the paths contain this id, also in a malformed operation.
fn is_written(document: &Node, id: &str) -> bool {
    let items = document.entries_at("paths");
    items
        .iter()
        .flat_map(|(_, item)| item.entries())
        .any(|(_, operation)| operation.text_at("operationId") == Some(id))
}
