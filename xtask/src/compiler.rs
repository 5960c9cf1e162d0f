//! What the compiler says of the deprecated methods: `tests/compile_fail.rs` pins it, and the notes in it are the spec's.

use ghes_oauth_codegen::table::Operation;

/// What the compiler says, seen from the root of the repository.
pub(crate) const PATH: &str = "tests/compile_fail/deprecated.stderr";

/// The calls that it says it of.
const CALLS: &str = "tests/compile_fail/deprecated.rs";

/// The compiler's words with the notes that the methods have.
pub(crate) fn refreshed(words: &str, operations: &[Operation]) -> String {
    let refresh = |line: &str| {
        let said = operations.iter().find_map(|operation| {
            let note = &operation.deprecation.as_ref()?.note;
            let start = start(operation);
            line.starts_with(&start).then(|| format!("{start}{note}"))
        });
        said.unwrap_or_else(|| line.to_owned())
    };
    words
        .split('\n')
        .map(refresh)
        .collect::<Vec<_>>()
        .join("\n")
}

/// Deprecated methods that are not called there, and called ones that are not deprecated, each with its help.
pub(crate) fn errors(words: &str, operations: &[Operation]) -> Vec<String> {
    let wrong = operations.iter().filter_map(|operation| {
        let is_called = words
            .lines()
            .any(|line| line.starts_with(&start(operation)));
        let (what, help) = match (operation.deprecation.is_some(), is_called) {
            (true, false) => (
                "no test shows what the compiler says of its deprecation",
                "add its call to",
            ),
            (false, true) => ("the compiler no longer warns of it", "take its call out of"),
            _ => return None,
        };
        let then = "then run: TRYBUILD=overwrite cargo test --test compile_fail";
        Some(format!(
            "error: {}: {what}\n  = help: {help} {CALLS}, {then}",
            operation.id
        ))
    });
    wrong.collect()
}

/// The compiler's line up to the note.
fn start(operation: &Operation) -> String {
    format!(
        "error: use of deprecated method `ghes_oauth::{}::{}`: ",
        operation.client(),
        operation.name()
    )
}
