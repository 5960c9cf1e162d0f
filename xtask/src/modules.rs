//! `cargo xtask modules`: finds modules of a crate that import upwards.
//!
//! It reads the paths of the source: `use` declarations, and paths in the code that begin with `crate`, `self`, `super`, an imported module
//! or a child. Tests do not count, and neither does the code inside of `quote!`, which belongs to another crate. If a table in the docs of the
//! crate's root lists folders, that is their order; in other crates there only must be no cycle.

mod graph;
mod source;

use graph::{Imports, cycles};
use source::Crate;
use std::fs;
use std::path::Path;

/// The crates whose modules import only downwards, by their root files.
pub const CRATES: [&str; 5] = [
    "src/lib.rs",
    "codegen/src/lib.rs",
    "fake/src/lib.rs",
    "cli/src/main.rs",
    "xtask/src/lib.rs",
];

/// Checks every crate of the workspace at `root`; an error lists each cycle, and each upward import.
pub fn run(root: &Path) -> Result<String, String> {
    let (mut report, mut errors) = (String::new(), Vec::new());
    for file in CRATES {
        let found = check(root, file)?;
        report += &format!("{file}: {} modules\n", found.modules);
        errors.extend(found.errors.iter().map(|error| format!("{file}: {error}")));
    }
    if errors.is_empty() {
        Ok(report)
    } else {
        Err(format!(
            "error: modules import upwards\n  {}\n  = help: import from the module that owns the item, and move what two modules share below both",
            errors.join("\n  ")
        ))
    }
}

/// The result for one crate.
#[derive(Debug)]
pub struct Found {
    /// How many modules it has.
    pub modules: usize,
    /// Cycles, and imports from a folder above, through the root or through a re-export.
    pub errors: Vec<String>,
}

/// Checks the crate whose root is `file`, seen from the root of the repository.
pub fn check(root: &Path, file: &str) -> Result<Found, String> {
    let krate = Crate::read(root, file)?;
    let docs = fs::read_to_string(root.join(file)).unwrap_or_default();
    let order = folders(&docs);
    let rank = |module: &[String]| {
        order
            .iter()
            .position(|name| module.first().is_some_and(|first| first == name))
    };
    let mut errors = Vec::new();
    let mut imports = Imports::new();
    for module in krate.modules.values() {
        for path in module.paths() {
            let Some(target) = krate.resolve(module, &path) else {
                continue;
            };
            if target.module.is_empty() && !module.path.is_empty() {
                errors.push(format!(
                    "{} imports `crate::{}` through the root",
                    module.name(),
                    target.item
                ));
                continue;
            }
            if let Some(owner) = krate.re_exported(&target)
                && owner != module.path
                && !target.module.starts_with(&module.path)
            {
                errors.push(format!(
                    "{} imports `{}` from {}, which only re-exports it from {}",
                    module.name(),
                    target.item,
                    source::name(&target.module),
                    source::name(&owner)
                ));
            }
            if let (Some(from), Some(to)) = (rank(&module.path), rank(&target.module))
                && to < from
            {
                errors.push(format!(
                    "{} imports from {}, whose folder is above its own",
                    module.name(),
                    source::name(&target.module)
                ));
            }
            if target.module != module.path {
                imports
                    .entry(module.name())
                    .or_default()
                    .insert(source::name(&target.module));
            }
        }
    }
    errors.extend(
        cycles(&imports)
            .into_iter()
            .map(|cycle| format!("cycle: {cycle}")),
    );
    errors.sort();
    errors.dedup();
    Ok(Found {
        modules: krate.modules.len(),
        errors,
    })
}

/// Returns the folders that the docs of a crate's root list, from top to bottom: the first cells of a table.
pub fn folders(docs: &str) -> Vec<&str> {
    let cells = docs
        .lines()
        .filter_map(|line| line.strip_prefix("//! | `")?.split_once("` |"));
    cells.map(|(folder, _)| folder).collect()
}
