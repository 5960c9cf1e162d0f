//! What two manifests say twice is said alike.

use std::collections::BTreeMap;

const LIBRARY: &str = include_str!("../../Cargo.toml");
const XTASK: &str = include_str!("../Cargo.toml");

#[test]
fn xtask_runs_the_generator_with_the_versions_of_the_build_script() {
    let (mut build, xtask) = (
        versions(LIBRARY, "build-dependencies"),
        versions(XTASK, "dependencies"),
    );
    assert!(
        build.remove("serde").is_some(),
        "it stands there for its features alone; the generator does not use it"
    );
    assert_eq!(build, xtask);
    assert!(
        build.len() > 5 && build["progenitor-impl"].starts_with('='),
        "{build:?}"
    );
}

#[test]
fn the_tests_read_the_spec_with_the_versions_of_the_build_script() {
    let (build, dev) = (
        versions(LIBRARY, "build-dependencies"),
        versions(LIBRARY, "dev-dependencies"),
    );
    for name in ["quote", "saphyr-parser", "syn"] {
        assert_eq!(build[name], dev[name], "{name}");
    }
}

/// The versions in one table of a manifest, by package.
fn versions(manifest: &str, table: &str) -> BTreeMap<String, String> {
    let lines = manifest
        .lines()
        .skip_while(|line| *line != format!("[{table}]"))
        .skip(1)
        .take_while(|line| !line.starts_with('['));
    let versions = lines.filter_map(|line| {
        let (name, value) = line.split_once(" = ")?;
        let version = value
            .trim_start_matches("{ version = ")
            .trim_start_matches('"')
            .split('"')
            .next()?;
        Some((name.to_owned(), version.to_owned()))
    });
    versions.collect()
}
