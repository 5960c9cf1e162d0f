//! Pins the part of the spec that users see: a snapshot for each operation and type, and how the methods agree with them.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use ghes_oauth_codegen::{loader, surface, table};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

const SPEC: &str = include_str!("../openapi/ghes-oauth.yaml");
const CLIENT: &str = include_str!(concat!(env!("OUT_DIR"), "/generated.rs"));
const METHODS: [&str; 5] = [
    include_str!("../src/api/oauth_app.rs"),
    include_str!("../src/api/revocation.rs"),
    include_str!("../src/api/authorizations.rs"),
    include_str!("../src/api/leaked.rs"),
    include_str!("../src/api/path_tokens.rs"),
];
const LIB: &str = include_str!("../src/lib.rs");

#[test]
fn the_surface_is_that_of_the_snapshots() {
    let document = loader::parse(SPEC).unwrap();
    let sheets = surface::of(&surface::Source {
        document: &document,
        client: CLIENT,
        methods: METHODS,
        lib: LIB,
    })
    .unwrap();
    let mut stale = kept_snapshots();
    for (name, sheet) in &sheets {
        let name = name.to_string();
        if catch_unwind(AssertUnwindSafe(|| pin(&name, &sheet.to_string()))).is_ok() {
            stale.remove(&name);
        } else {
            stale.insert(name);
        }
    }
    let names = stale
        .iter()
        .map(|name| format!("  {name}\n"))
        .collect::<String>();
    assert!(
        stale.is_empty(),
        "snapshots in tests/snapshots that the spec and the code no longer give:\n{names}refresh them with: cargo xtask regen"
    );
}

fn pin(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_description(
        "What users see of the spec. Stale? Run `cargo xtask regen` and review the diff.",
    );
    settings.bind(|| insta::assert_snapshot!(name, text));
}

fn kept_snapshots() -> BTreeSet<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots");
    let files = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap());
    files
        .filter_map(|file| {
            file.strip_suffix(".snap")
                .filter(|name| !name.starts_with("wire."))
                .map(str::to_owned)
        })
        .collect()
}

#[test]
fn each_operation_has_its_method_deprecated_as_in_the_spec() {
    let document = loader::parse(SPEC).unwrap();
    let operations = table::operations(&document);
    let source = surface::Source {
        document: &document,
        client: CLIENT,
        methods: METHODS,
        lib: LIB,
    };
    let errors = surface::errors(&source, &operations).unwrap();
    assert!(
        errors.is_empty(),
        "{}\n`#[deprecated]` attributes are refreshed with: cargo xtask regen",
        errors.join("\n")
    );
}
