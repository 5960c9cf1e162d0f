//! What must not compile: the wrong credentials, a secret on the screen, a deprecated call where they are denied.
//!
//! After a change of the API, or of the compiler's words: `TRYBUILD=overwrite cargo test --test compile_fail`, and review the diff.
//! After a change of a deprecation note: `cargo xtask regen`, which knows where the notes stand in them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use ghes_oauth::{CredentialKind, Operation};

#[test]
fn what_must_not_compile_does_not_and_says_why() {
    trybuild::TestCases::new().compile_fail("tests/compile_fail/*.rs");
    // The cases have run by here, and have left what the compiler said.
    let text = std::fs::read_to_string("tests/compile_fail/deprecated.stderr").unwrap();
    let said: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("error"))
        .collect();
    assert_eq!(
        said,
        what_the_spec_says(),
        "the calls in tests/compile_fail/deprecated.rs are those of the spec, in its order"
    );
}

/// The compiler's line for each deprecated operation, with the note of the operations table.
fn what_the_spec_says() -> Vec<String> {
    let deprecated = Operation::all().iter().filter_map(|operation| {
        operation
            .deprecation()
            .map(|deprecation| (operation, deprecation))
    });
    let line = |(operation, deprecation): (&&Operation, ghes_oauth::Deprecation)| {
        let client = if operation.credentials() == CredentialKind::App {
            "OAuthApp"
        } else {
            "Authorizations"
        };
        format!(
            "error: use of deprecated method `ghes_oauth::{client}::{}`: {}",
            operation.name(),
            deprecation.note()
        )
    };
    deprecated.map(line).collect()
}
