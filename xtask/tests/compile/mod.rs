//! Compiles the code generated from many specs at once, as modules of a copy of the client.

mod difference;

use difference::difference;
use ghes_oauth_codegen::Generated;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The parts of the workspace that the copy shares; the client's sources are copied.
const SHARED: [&str; 12] = [
    ".cargo",
    "Cargo.lock",
    "Cargo.toml",
    "README.md",
    "build.rs",
    "cli",
    "codegen",
    "examples",
    "fake",
    "openapi",
    "tests",
    "xtask",
];

/// The client's module that contains the modules.
const PARENT: &str = "generated";

/// Checks each generated client, by title, with all features of the crate, and reports those that do not compile.
pub(crate) fn check(clients: &[(String, Generated)]) -> Result<(), String> {
    let copy = copy();
    let mut modules = String::from("//! What was generated.\n");
    let mut titles = BTreeMap::new();
    for (at, (title, generated)) in clients.iter().enumerate() {
        let name = format!("case_{at}");
        modules += &format!("pub mod {name};\n");
        write(
            &copy.join(format!("src/{PARENT}/accepted/{name}.rs")),
            &module(title, generated, &clients[0].1),
        );
        titles.insert(format!("accepted/{name}.rs"), title);
    }
    write(&copy.join(format!("src/{PARENT}/accepted.rs")), &modules);
    append(
        &copy.join(format!("src/{PARENT}.rs")),
        "pub mod accepted;\n",
    );
    append(&copy.join("src/lib.rs"), "pub use generated::accepted;\n");
    // The features of `.ci/run`, so that the dependencies are compiled once.
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .current_dir(&copy)
        .args([
            "check",
            "--locked",
            "--quiet",
            "--package",
            "ghes-oauth",
            "--lib",
        ])
        .args(["--no-default-features", "--features", "schemars"])
        .arg("--target-dir")
        .arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join(".."))
        .env("RUSTFLAGS", " -D warnings")
        .output()
        .map_err(|error| format!("cargo cannot be started: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&output.stderr);
    let failed: Vec<&str> = titles
        .iter()
        .filter(|(file, _)| text.contains(file.as_str()))
        .map(|(_, title)| title.as_str())
        .collect();
    Err(format!("{text}\nthese do not compile: {failed:#?}"))
}

/// The operations table and the client of one spec as one module, without the items of the first module.
fn module(title: &str, generated: &Generated, first: &Generated) -> String {
    let table = syn::parse_file(&generated.operations).expect("the table is Rust");
    let known = |item: &syn::Item| matches!(item, syn::Item::Impl(block) if block.trait_.is_none());
    let items = table
        .items
        .into_iter()
        .filter(|item| !known(item))
        .collect();
    let table = prettyplease::unparse(&syn::File { items, ..table });
    let mut client = own_receiver(&generated.client);
    if !std::ptr::eq(generated, first) {
        client = difference(&client, &own_receiver(&first.client));
    }
    format!(
        "//! {title}.\n#![allow(clippy::all, unreachable_pub, unused, reason = \"it is generated\")]\n\
         /// The receiver of the methods, a type of this module.\n\
         struct Client<'a>(crate::request::draft::Client<'a>);\n\
         impl<'a> std::ops::Deref for Client<'a> {{\n    type Target = crate::request::draft::Client<'a>;\n    \
         fn deref(&self) -> &Self::Target {{ &self.0 }}\n}}\n\
         mod operations {{\nuse crate::model::operation::*;\nuse crate::model::version::GhesVersion;\n{table}}}\n{client}"
    )
}

/// The client with the receiver of its module.
fn own_receiver(client: &str) -> String {
    client.replace("draft::Client, ", "")
}

/// A workspace beside the real one, with a copy of only the client's sources.
fn copy() -> PathBuf {
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("accepted");
    // A copy from the last run.
    let _ = fs::remove_dir_all(&copy);
    fs::create_dir_all(&copy).expect("the folder can be made");
    for name in SHARED {
        let from = fs::canonicalize(Path::new(ROOT).join(name)).expect("it is in the repository");
        std::os::unix::fs::symlink(from, copy.join(name)).expect("a link can be made");
    }
    sources(&Path::new(ROOT).join("src"), &copy.join("src"));
    copy
}

fn sources(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("the folder can be read") {
        let path = entry.expect("an entry").path();
        let to = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            sources(&path, &to);
        } else {
            write(&to, &fs::read_to_string(&path).expect("it is text"));
        }
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("it is in a folder")).expect("the folder can be made");
    fs::write(path, text).expect("it can be written");
}

fn append(path: &Path, text: &str) {
    let before = fs::read_to_string(path).expect("it is text");
    write(path, &(before + text));
}
