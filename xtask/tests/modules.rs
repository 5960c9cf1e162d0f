//! The modules of the workspace's crates import only downwards, and the check finds those that do not.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use std::fs;
use std::path::Path;
use tempfile::TempDir;
use xtask::modules;

#[test]
fn modules_import_downwards() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for file in modules::CRATES {
        let found = modules::check(&root, file).unwrap();
        assert_eq!(found.errors, [""; 0], "{file}");
        assert!(found.modules > 10, "{file}: {found:?}");
    }
}

#[test]
fn the_client_has_an_order_of_its_folders() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src");
    let mut listed = modules::folders(include_str!("../../src/lib.rs"));
    listed.sort_unstable();
    let mut found: Vec<String> = fs::read_dir(src)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    found.sort_unstable();
    assert_eq!(listed, found);
}

#[test]
fn an_import_from_a_folder_above_is_found() {
    let errors = |docs: &str| {
        let root = format!("{docs}mod upper; mod lower; mod other;");
        let files = [
            ("lib.rs", root.as_str()),
            ("upper/mod.rs", "pub mod a; mod b;"),
            ("upper/a.rs", "pub struct A;"),
            ("upper/b.rs", "use super::a::A; use crate::lower::c::C;"),
            ("lower/mod.rs", "pub mod c; mod d;"),
            ("lower/c.rs", "pub struct C;"),
            ("lower/d.rs", "use crate::upper::a::A;"),
            ("other.rs", "use crate::upper::a::A;"),
        ];
        Tree::new(&files).errors()
    };
    assert_eq!(
        errors("//! | `upper` | is called |\n//! | `lower` | is used |\n"),
        ["crate::lower::d imports from crate::upper::a, whose folder is above its own"]
    );
    assert_eq!(errors(""), [""; 0]);
}

#[test]
fn cycles_and_imports_upwards_are_found() {
    let tree = Tree::new(&[
        (
            "lib.rs",
            "mod a; mod b; mod c; pub use a::A; mod d { pub struct D; }",
        ),
        (
            "a.rs",
            "use crate::b; pub struct A; fn f() { b::inner::g() }",
        ),
        ("b/mod.rs", "pub mod inner; pub use inner::g;"),
        (
            "b/inner.rs",
            "pub fn g() { println!(\"{:?}\", super::super::c::h()) }",
        ),
        (
            "c.rs",
            "use crate::{A, b::g}; pub fn h() -> A { g() } #[cfg(test)] mod tests { use crate::d::D; }",
        ),
    ]);
    assert_eq!(
        tree.errors(),
        [
            "crate::c imports `crate::A` through the root",
            "crate::c imports `g` from crate::b, which only re-exports it from crate::b::inner",
            "cycle: crate::b → crate::b::inner → crate::c → crate::b",
        ]
    );
}

#[test]
fn paths_that_are_not_imports_of_a_module_are_ignored() {
    let tree = Tree::new(&[
        ("lib.rs", "mod a; mod b;"),
        (
            "a.rs",
            "use super::b::B; use std::fmt as b; fn f() -> b::Result { quote!(crate::a::X); B::new() }",
        ),
        (
            "b.rs",
            "//! See [`crate::a`].\npub struct B; #[cfg(test)] fn f() { crate::a::f() }",
        ),
    ]);
    assert_eq!(tree.errors(), [""; 0]);
}

/// A crate in a temporary folder.
struct Tree(TempDir);

impl Tree {
    fn new(files: &[(&str, &str)]) -> Self {
        let root = TempDir::new().unwrap();
        for (path, text) in files {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self(root)
    }

    fn errors(&self) -> Vec<String> {
        modules::check(self.0.path(), "lib.rs").unwrap().errors
    }
}
