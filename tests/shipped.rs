//! The generated code that ships in the package is what the generator makes of the spec.
#![cfg(feature = "generate")]

const MEND: &str = "run: cargo xtask regen";

#[test]
fn the_shipped_code_is_what_the_generator_makes() {
    let shipped = [
        include_str!("../openapi/generated/generated.rs"),
        include_str!("../openapi/generated/operations.rs"),
    ];
    let made = [
        include_str!(concat!(env!("OUT_DIR"), "/generated.rs")),
        include_str!(concat!(env!("OUT_DIR"), "/operations.rs")),
    ];
    // Not `assert_eq!`, which would print both.
    assert!(shipped == made, "openapi/generated/ is stale; {MEND}");
}

#[test]
fn the_generated_code_stays_small() {
    let lines = include_str!("../openapi/generated/generated.rs")
        .lines()
        .count();
    assert!(lines < 2000, "{lines} lines");
}
