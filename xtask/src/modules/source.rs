//! The modules of a crate, and the paths in their code.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens as _;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use syn::{Attribute, Item, ItemUse, Meta, UseTree};

/// The code that a build script writes into `OUT_DIR`.
const GENERATED: &str = "openapi/generated";

/// Macros whose tokens are code of another crate.
const QUOTES: [&str; 3] = ["quote", "parse_quote", "quote_spanned"];

/// A crate by its modules, whose names are paths: the root's is empty.
pub(super) struct Crate {
    pub(super) modules: BTreeMap<Vec<String>, Module>,
}

/// One module.
pub(super) struct Module {
    pub(super) path: Vec<String>,
    /// Without tests and without its child modules.
    items: Vec<Item>,
    children: BTreeSet<String>,
}

/// The target of a path: a module, and the first item that the path names in it.
pub(super) struct Target {
    pub(super) module: Vec<String>,
    pub(super) item: String,
}

impl Crate {
    pub(super) fn read(root: &Path, file: &str) -> Result<Self, String> {
        let mut krate = Self {
            modules: BTreeMap::new(),
        };
        krate.read_file(root, &root.join(file), Vec::new())?;
        Ok(krate)
    }

    fn read_file(&mut self, root: &Path, file: &Path, path: Vec<String>) -> Result<(), String> {
        let parsed = parse(file)?;
        self.add(root, file, path, parsed.items)
    }

    fn add(
        &mut self,
        root: &Path,
        file: &Path,
        path: Vec<String>,
        items: Vec<Item>,
    ) -> Result<(), String> {
        let mut module = Module {
            path: path.clone(),
            items: Vec::new(),
            children: BTreeSet::new(),
        };
        for item in with_included(root, items)? {
            match item {
                Item::Mod(child) if !is_for_tests(&child.attrs) => {
                    let name = child.ident.to_string();
                    module.children.insert(name.clone());
                    let path = [&path[..], std::slice::from_ref(&name)].concat();
                    match child.content {
                        Some((_, items)) => self.add(root, file, path, items)?,
                        None => self.read_file(root, &file_of(file, &name), path)?,
                    }
                }
                Item::Mod(_) => {}
                item if !is_for_tests(attributes(&item)) => module.items.push(item),
                _ => {}
            }
        }
        self.modules.insert(path, module);
        Ok(())
    }

    /// Returns the target of a path of `module` within the crate.
    pub(super) fn resolve(&self, module: &Module, path: &[String]) -> Option<Target> {
        let absolute = module.absolute(path)?;
        let length = (0..=absolute.len())
            .rev()
            .find(|length| self.modules.contains_key(&absolute[..*length]))?;
        Some(Target {
            module: absolute[..length].to_vec(),
            item: absolute.get(length).cloned().unwrap_or_default(),
        })
    }

    /// Returns the module that owns an item, if the target only re-exports it.
    pub(super) fn re_exported(&self, target: &Target) -> Option<Vec<String>> {
        let module = self.modules.get(&target.module)?;
        let imported = module.imports().remove(&target.item)?;
        let owner = self.resolve(module, &imported)?;
        (owner.module != target.module).then_some(owner.module)
    }
}

impl Module {
    pub(super) fn name(&self) -> String {
        name(&self.path)
    }

    /// All paths of two segments or more, each as it is written.
    pub(super) fn paths(&self) -> Vec<Vec<String>> {
        let mut paths = Vec::new();
        for item in &self.items {
            match item {
                Item::Use(import) => {
                    paths.extend(leaves(import).into_iter().map(|(path, _)| path));
                }
                item => in_tokens(item.to_token_stream(), &mut paths),
            }
        }
        paths
    }

    /// The meaning of each name that a `use` brings in.
    fn imports(&self) -> BTreeMap<String, Vec<String>> {
        let uses = self.items.iter().filter_map(|item| match item {
            Item::Use(import) => Some(leaves(import)),
            _ => None,
        });
        uses.flatten().map(|(path, name)| (name, path)).collect()
    }

    fn absolute(&self, path: &[String]) -> Option<Vec<String>> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => Some(rest.to_vec()),
            "self" => Some([&self.path[..], rest].concat()),
            "super" => {
                let mut at = &self.path[..self.path.len().checked_sub(1)?];
                let mut rest = rest;
                while rest.first().is_some_and(|first| first == "super") {
                    at = &at[..at.len().checked_sub(1)?];
                    rest = &rest[1..];
                }
                Some([at, rest].concat())
            }
            child if self.children.contains(child) => Some([&self.path[..], path].concat()),
            name => {
                let imported = self.imports().remove(name)?;
                let first = imported.first()?;
                // Anything else is a path of another crate.
                let is_ours = ["crate", "self", "super"].contains(&first.as_str())
                    || self.children.contains(first);
                let begin = is_ours.then(|| self.absolute(&imported))??;
                Some([&begin[..], rest].concat())
            }
        }
    }
}

/// `crate::a::b`.
pub(super) fn name(path: &[String]) -> String {
    let mut name = String::from("crate");
    for segment in path {
        name += "::";
        name += segment;
    }
    name
}

/// Each path of a `use`, and the name that it brings in.
fn leaves(import: &ItemUse) -> Vec<(Vec<String>, String)> {
    fn collect(tree: &UseTree, begin: &[String], found: &mut Vec<(Vec<String>, String)>) {
        let with = |name: &dyn ToString| [begin, &[name.to_string()]].concat();
        match tree {
            UseTree::Path(path) => collect(&path.tree, &with(&path.ident), found),
            UseTree::Name(name) if name.ident == "self" => {
                found.push((begin.to_vec(), begin.last().cloned().unwrap_or_default()))
            }
            UseTree::Name(name) => found.push((with(&name.ident), name.ident.to_string())),
            UseTree::Rename(name) => found.push((with(&name.ident), name.rename.to_string())),
            UseTree::Glob(_) => found.push((begin.to_vec(), "*".to_owned())),
            UseTree::Group(group) => {
                group
                    .items
                    .iter()
                    .for_each(|tree| collect(tree, begin, found));
            }
        }
    }
    let mut found = Vec::new();
    if import.leading_colon.is_none() {
        collect(&import.tree, &[], &mut found);
    }
    found
}

/// Collects the paths in code, those in macros included.
fn in_tokens(tokens: TokenStream, paths: &mut Vec<Vec<String>>) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let is = |at: usize, mark: char| matches!(trees.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == mark);
    let colons = |at: usize| is(at, ':') && is(at + 1, ':');
    let mut at = 0;
    while at < trees.len() {
        match &trees[at] {
            TokenTree::Ident(first) => {
                let follows_another = at >= 2 && colons(at - 2);
                let mut path = vec![first.to_string()];
                at += 1;
                while colons(at)
                    && let Some(TokenTree::Ident(next)) = trees.get(at + 2)
                {
                    path.push(next.to_string());
                    at += 3;
                }
                if is(at, '!')
                    && path
                        .last()
                        .is_some_and(|name| QUOTES.contains(&name.as_str()))
                {
                    at += 2;
                }
                if path.len() > 1 && !follows_another {
                    paths.push(path);
                }
            }
            TokenTree::Group(group) => {
                in_tokens(group.stream(), paths);
                at += 1;
            }
            _ => at += 1,
        }
    }
}

/// The items, with those of the files that a build script puts into `OUT_DIR` in place of their `include!`.
fn with_included(root: &Path, items: Vec<Item>) -> Result<Vec<Item>, String> {
    let mut all = Vec::new();
    for item in items {
        let Item::Macro(included) = &item else {
            all.push(item);
            continue;
        };
        if !included.mac.path.is_ident("include") {
            all.push(item);
            continue;
        }
        let tokens = included.mac.tokens.to_string();
        let name = tokens.rsplit('/').next().unwrap_or_default();
        let name = name.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        let file = root.join(GENERATED).join(name);
        all.extend(parse(&file)?.items);
    }
    Ok(all)
}

fn parse(file: &Path) -> Result<syn::File, String> {
    let text = fs::read_to_string(file)
        .map_err(|error| format!("error: cannot read {}: {error}", file.display()))?;
    syn::parse_file(&text)
        .map_err(|error| format!("error: {} is not Rust: {error}", file.display()))
}

fn file_of(parent: &Path, name: &str) -> PathBuf {
    let folder = parent.parent().unwrap_or(Path::new(""));
    let stem = parent
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or_default();
    let folder = match stem {
        "lib" | "main" | "mod" => folder.to_owned(),
        stem => folder.join(stem),
    };
    let file = folder.join(format!("{name}.rs"));
    if file.exists() {
        file
    } else {
        folder.join(name).join("mod.rs")
    }
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && matches!(&attribute.meta, Meta::List(list) if list.tokens.to_string() == "test")
    })
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}
