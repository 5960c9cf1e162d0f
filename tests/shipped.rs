//! The generated code in the package is the generator's output for the spec.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use std::path::Path;
use std::process::Command;
use std::{env, fs};

const SPEC: &str = include_str!("../openapi/ghes-oauth.yaml");
const SHIPPED: [(&str, &str); 2] = [
    (
        "generated.rs",
        include_str!("../openapi/generated/generated.rs"),
    ),
    (
        "operations.rs",
        include_str!("../openapi/generated/operations.rs"),
    ),
];

#[test]
fn the_shipped_code_is_what_the_generator_makes() {
    let generated = ghes_oauth_codegen::run(SPEC).unwrap();
    let compiled = [
        include_str!(concat!(env!("OUT_DIR"), "/generated.rs")),
        include_str!(concat!(env!("OUT_DIR"), "/operations.rs")),
    ];
    // Not `assert_eq!`, which would print all of it.
    assert!(
        SHIPPED.map(|(_, text)| text) == [generated.client, generated.operations],
        "openapi/generated is stale; run: cargo xtask regen"
    );
    assert!(
        SHIPPED.map(|(_, text)| text) == compiled,
        "the build script compiles other code than it ships"
    );
}

#[test]
fn the_generated_code_stays_small() {
    let lines = SHIPPED[0].1.lines().count();
    assert!(lines < 2000, "{lines} lines");
}

/// Without the generator, as dependents build it.
#[test]
fn a_build_warns_where_the_shipped_code_is_not_of_this_spec() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("shipped");
    let (generated, out) = (folder.join("openapi/generated"), folder.join("out"));
    fs::create_dir_all(&generated).unwrap();
    fs::create_dir_all(&out).unwrap();
    for (name, text) in SHIPPED {
        fs::write(generated.join(name), text).unwrap();
    }
    let script = folder.join("build-script");
    let compiled = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .args(["--edition", "2024", "-o"])
        .arg(&script)
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/build.rs"))
        .status();
    assert!(compiled.unwrap().success());
    let run = |spec: &str| {
        fs::write(folder.join("openapi/ghes-oauth.yaml"), spec).unwrap();
        let output = Command::new(&script)
            .current_dir(&folder)
            .env("OUT_DIR", &out)
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        assert_eq!(
            fs::read_to_string(out.join("generated.rs")).unwrap(),
            SHIPPED[0].1
        );
        let printed = String::from_utf8(output.stdout).unwrap();
        let warnings = printed
            .lines()
            .filter(|line| line.starts_with("cargo::warning="));
        warnings.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(run(SPEC), [""; 0]);
    assert_eq!(run(&SPEC.replace('\n', "\r\n")), [""; 0]);
    let warnings = run(&SPEC.replace("x-idempotency: safe", "x-idempotency: idempotent"));
    assert_eq!(
        warnings,
        [
            "cargo::warning=openapi/generated is not generated from this openapi/ghes-oauth.yaml; run: cargo xtask regen"
        ]
    );
}
