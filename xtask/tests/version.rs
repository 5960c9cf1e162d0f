//! `cargo xtask version` adds a version that follows the newest, and refuses any other; the spec has no errors afterwards.

use ghes_oauth_codegen::{lint, versions};
use std::fs;
use tempfile::TempDir;
use xtask::version;

const SPEC: &str = include_str!("data/ghes-oauth.yaml");

#[test]
fn a_minor_and_a_major_version_are_added_one_after_the_other() {
    let copy = Copy::new();
    assert_eq!(copy.newest(), (3, 22));
    for (wanted, newest, line) in [
        ("3.23", (3, 23), "  - 3.0 to 3.23\n"),
        ("4.0", (4, 0), "  - 3.0 to 3.23\n  - 4.0 to 4.0\n"),
        ("4.1", (4, 1), "  - 3.0 to 3.23\n  - 4.0 to 4.1\n"),
    ] {
        let report = version::run(copy.0.path(), wanted).expect("it follows the newest");
        assert!(report.contains("cargo xtask regen"), "{report}");
        assert_eq!(copy.newest(), newest);
        assert!(copy.spec().contains(line), "{wanted}");
    }
    let before = copy.spec();
    for (wrong, error) in [
        (
            "4.1",
            "GHES 4.1 does not follow 4.1\n  = help: add 4.2 or 5.0",
        ),
        (
            "4.3",
            "GHES 4.3 does not follow 4.1\n  = help: add 4.2 or 5.0",
        ),
        (
            "3.24",
            "GHES 3.24 does not follow 4.1\n  = help: add 4.2 or 5.0",
        ),
        ("four", "`four` is not a version, such as 3.23"),
    ] {
        assert_eq!(
            version::run(copy.0.path(), wrong),
            Err(format!("error: {error}"))
        );
    }
    assert_eq!(copy.spec(), before);
}

/// The spec in a temporary folder.
struct Copy(TempDir);

impl Copy {
    fn new() -> Self {
        let root = TempDir::new().expect("the folder can be made");
        fs::create_dir(root.path().join("openapi")).expect("the folder can be made");
        fs::write(root.path().join("openapi/ghes-oauth.yaml"), SPEC).expect("it can be written");
        Self(root)
    }

    fn spec(&self) -> String {
        fs::read_to_string(self.0.path().join("openapi/ghes-oauth.yaml")).expect("it is there")
    }

    fn newest(&self) -> versions::Version {
        let document = lint::read(&self.spec()).expect("the spec has no errors");
        versions::known(&document)
            .last()
            .expect("it has versions")
            .1
    }
}
