//! The repository's Markdown: every link has a target, wherever the text is published, and the code of the guides is tested.
#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The files on crates.io. docs.rs shows those of `docs/`. A relative link does not work in either.
const READMES: [&str; 4] = [
    "README.md",
    "cli/README.md",
    "codegen/README.md",
    "fake/README.md",
];
/// Where the guides are read, by `src/guides.rs`.
const GUIDES: &str = "https://docs.rs/ghes-oauth/latest/ghes_oauth/guides/";
/// The documentation of the client.
const ITEMS: &str = "https://docs.rs/ghes-oauth/latest/ghes_oauth/";
/// The files of a package: `NAME/latest/source/PATH`.
const SOURCES: &str = "https://docs.rs/crate/";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_default()
}

#[test]
fn code_that_a_guide_shows_is_part_of_a_test() {
    for (guide, tests) in [
        ("docs/rotation.md", "examples/tests/rotation/vault.rs"),
        ("docs/testing.md", "examples/tests/arms.rs"),
    ] {
        let (guide, code) = (read(guide), read(tests));
        let parts: Vec<&str> = guide.split("```rust,ignore\n").skip(1).collect();
        assert!(parts.len() >= 3, "the parts of {tests}");
        for part in parts {
            let part = part.split("```").next().unwrap();
            assert!(code.contains(part), "not in {tests}:\n{part}");
        }
    }
}

#[test]
fn every_link_leads_somewhere() {
    let mut files = Vec::new();
    markdown(&root(), &mut files);
    assert!(files.len() >= 15, "{files:?}");
    let mut broken = Vec::new();
    for file in &files {
        let text = prose(&read(file));
        for link in links(&text) {
            if let Some(reason) = broken_because(file, link, &text) {
                broken.push(format!("{file}: {link}: {reason}"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_address_of_the_repository_is_in_one_place() {
    let manifest = read("Cargo.toml");
    let address = manifest.split("repository = \"").nth(1).unwrap();
    let address = address.split('"').next().unwrap();
    for folder in ["", "cli/", "codegen/", "fake/"] {
        let manifest = read(&format!("{folder}Cargo.toml"));
        assert!(
            manifest.contains("\nrepository.workspace = true\n"),
            "{folder}Cargo.toml"
        );
    }
    let mut files = Vec::new();
    markdown(&root(), &mut files);
    for file in files {
        let text = read(&file);
        let named = text.contains(address) || text.contains("/ghes-oauth/blob/");
        assert!(
            !named,
            "{file} names the repository's address: link to docs.rs"
        );
    }
}

/// Returns why a link has no target; `None` if it has one, or if that cannot be judged offline.
fn broken_because(file: &str, link: &str, text: &str) -> Option<&'static str> {
    if let Some(guide) = link.strip_prefix(GUIDES) {
        let module = guide.strip_suffix("/index.html")?;
        let known = read("src/guides.rs").contains(&format!("pub mod {module} {{}}"));
        return (!known).then_some("no such guide in src/guides.rs");
    }
    if let Some(item) = link.strip_prefix(ITEMS) {
        let (_, method) = item.split_once("#method.")?;
        let api = read("tests/api/ghes-oauth.txt");
        let owner = item.strip_prefix("struct.")?.split(".html").next()?;
        let name = format!("::{owner}::{method}");
        let known = api.contains(&format!("{name}(")) || api.contains(&format!("{name}<"));
        return (!known).then_some("no such method in tests/api");
    }
    if let Some(source) = link.strip_prefix(SOURCES) {
        let (name, path) = source.split_once("/latest/source/")?;
        let folder = name
            .strip_prefix("ghes-oauth")
            .unwrap()
            .trim_start_matches('-');
        let file = Path::new(folder).join(path);
        return (!root().join(file).exists()).then_some("no such file in the package");
    }
    if link.contains("://") {
        return None;
    }
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    if path.is_empty() {
        return (!anchors(text).contains(anchor)).then_some("no such heading");
    }
    if file.starts_with("docs/") || READMES.contains(&file) {
        return Some("relative, and so leads nowhere on crates.io and docs.rs");
    }
    let target = root().join(file).parent().unwrap().join(path);
    if !target.exists() {
        return Some("no such file");
    }
    let text = prose(&fs::read_to_string(target).unwrap_or_default());
    (!anchor.is_empty() && !anchors(&text).contains(anchor)).then_some("no such heading")
}

/// The Markdown files below a folder, by their paths from the root.
fn markdown(folder: &Path, files: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !name.starts_with('.') && name != "target" && name != "node_modules" {
            markdown(&path, files);
        } else if name.ends_with(".md") {
            files.push(
                path.strip_prefix(root())
                    .unwrap()
                    .to_string_lossy()
                    .into_owned(),
            );
        }
    }
}

/// The text without its blocks of code.
fn prose(text: &str) -> String {
    let parts = text.split("```").step_by(2);
    parts.collect::<Vec<_>>().join("\n")
}

/// The targets of `[text](target)` and of `[name]: target`.
fn links(text: &str) -> Vec<&str> {
    let inline = text
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next());
    let defined = text.lines().filter(|line| line.starts_with('['));
    let defined = defined.filter_map(|line| line.split("]: ").nth(1));
    inline.chain(defined).collect()
}

/// The anchors of the headings, as GitHub generates them.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = text.lines().filter(|line| line.starts_with('#'));
    let anchor = |heading: &str| {
        let words = heading.trim_start_matches('#').trim().to_lowercase();
        let kept = words
            .chars()
            .filter(|c| c.is_alphanumeric() || " -_".contains(*c));
        kept.collect::<String>().replace(' ', "-")
    };
    headings.map(anchor).collect()
}
