//! The generated code, and the exports of `lib.rs`, without details that a reader does not need.

use super::attributes;
use super::signature::{arguments, ty};
use crate::passes::syntax::first_argument;
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens as _;
use std::collections::{BTreeMap, BTreeSet};
use syn::{ImplItem, Item, ItemImpl, ItemStruct, ReturnType, Signature, UseTree, Visibility};

/// The generated code by name.
pub(super) struct Code {
    pub(super) functions: BTreeMap<String, Signature>,
    pub(super) structs: BTreeMap<String, ItemStruct>,
    /// The traits that each struct has, derived or not.
    pub(super) traits: BTreeMap<String, BTreeSet<String>>,
    /// The names of the fields that each lenient reader knows.
    pub(super) readers: BTreeMap<String, BTreeSet<String>>,
}

impl Code {
    pub(super) fn parse(client: &str) -> syn::Result<Self> {
        let mut code = Self {
            functions: BTreeMap::new(),
            structs: BTreeMap::new(),
            traits: BTreeMap::new(),
            readers: BTreeMap::new(),
        };
        for item in syn::parse_file(client)?.items {
            match item {
                Item::Impl(block) => {
                    let functions = block.items.into_iter().filter_map(|item| match item {
                        ImplItem::Fn(function) => {
                            Some((function.sig.ident.to_string(), function.sig))
                        }
                        _ => None,
                    });
                    code.functions.extend(functions);
                }
                Item::Mod(module) => module
                    .content
                    .into_iter()
                    .flat_map(|(_, items)| items)
                    .for_each(|item| code.add_type(item)),
                _ => {}
            }
        }
        Ok(code)
    }

    fn add_type(&mut self, item: Item) {
        match item {
            Item::Struct(structure) => {
                let name = structure.ident.to_string();
                self.traits
                    .entry(name.clone())
                    .or_default()
                    .extend(attributes::derives(&structure.attrs));
                self.structs.insert(name, structure);
            }
            Item::Macro(call) => self.add_macro(&call.mac),
            Item::Impl(block) => self.add_impl(&block),
            _ => {}
        }
    }

    /// What a macro of the crate implements for the type that its arguments name first.
    fn add_macro(&mut self, call: &syn::Macro) {
        let mut words = call.tokens.clone().into_iter().map(|word| word.to_string());
        let called = call.path.segments.last().map(|last| last.ident.to_string());
        let implemented = match called.as_deref() {
            Some("deserialize") => "Deserialize",
            Some("record") => "Serialize",
            // A `refused` type has only the trait of the crate.
            Some("by_field") if words.next().is_some_and(|word| word == "allowed") => "Serialize",
            _ => return,
        };
        if let Some(name) = words.next() {
            let traits = self.traits.entry(name).or_default();
            traits.insert(implemented.to_owned());
        }
    }

    fn add_impl(&mut self, block: &ItemImpl) {
        let name = ty(&block.self_ty);
        let Some((path, _)) = &block.trait_ else {
            return;
        };
        let is_own = |first: &syn::PathSegment| first.ident == "crate" || first.ident == "lenient";
        if !path.segments.first().is_some_and(is_own) {
            let segment = path.segments.last();
            let traits = self.traits.entry(name).or_default();
            traits.extend(segment.map(|segment| segment.ident.to_string()));
        } else if path
            .segments
            .last()
            .is_some_and(|last| last.ident == "Lenient")
        {
            let known = self.readers.entry(name).or_default();
            for item in &block.items {
                texts(item.to_token_stream(), known);
            }
        }
    }
}

/// The texts in code.
fn texts(tokens: TokenStream, found: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => texts(group.stream(), found),
            TokenTree::Literal(literal) => {
                let literal = syn::parse_str::<syn::LitStr>(&literal.to_string());
                found.extend(literal.ok().map(|text| text.value()));
            }
            _ => {}
        }
    }
}

/// A generated method: its arguments, and the type of its response.
#[derive(Default)]
pub(super) struct Call {
    pub(super) arguments: Vec<(String, String)>,
    pub(super) response: Option<String>,
}

impl Call {
    pub(super) fn of(signature: Option<&Signature>) -> Self {
        let Some(signature) = signature else {
            return Self::default();
        };
        let response = match &signature.output {
            // `T` of `Result<Prepared<T>, Error>`.
            ReturnType::Type(_, output) => first_argument(output).and_then(first_argument).map(ty),
            ReturnType::Default => None,
        };
        Self {
            arguments: arguments(signature).collect(),
            response,
        }
    }

    pub(super) fn argument(&self, name: &str) -> Option<&String> {
        self.arguments
            .iter()
            .find(|(argument, _)| argument == name)
            .map(|(_, ty)| ty)
    }
}

/// A field of a generated struct.
pub(super) struct Field {
    pub(super) rust_name: String,
    pub(super) ty: String,
    pub(super) is_public: bool,
    pub(super) is_deprecated: bool,
    /// The settings of serde, its name included.
    pub(super) serde: BTreeSet<(String, String)>,
    pub(super) docs: Option<String>,
}

/// The fields by their names in JSON.
pub(super) fn fields(structure: &ItemStruct) -> BTreeMap<String, Field> {
    let fields = structure.fields.iter().filter_map(|field| {
        let rust_name = field.ident.as_ref()?.to_string();
        let settings = attributes::serde(&field.attrs);
        let renamed = settings.iter().find(|(setting, _)| setting == "rename");
        let name = renamed.map_or(&rust_name, |(_, name)| name).clone();
        Some((
            name,
            Field {
                rust_name,
                ty: ty(&field.ty),
                is_public: matches!(field.vis, Visibility::Public(_)),
                is_deprecated: attributes::has(&field.attrs, "deprecated"),
                serde: settings,
                docs: attributes::docs(&field.attrs),
            },
        ))
    });
    fields.collect()
}

/// The exports of `lib.rs`, by paths such as `generated::types::Authorization`.
pub(super) fn exported(lib: &str) -> syn::Result<BTreeSet<String>> {
    let mut paths = BTreeSet::new();
    for item in syn::parse_file(lib)?.items {
        if let Item::Use(item) = item
            && matches!(item.vis, syn::Visibility::Public(_))
        {
            leaves(&item.tree, "", &mut paths);
        }
    }
    Ok(paths)
}

fn leaves(tree: &UseTree, prefix: &str, paths: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => leaves(&path.tree, &format!("{prefix}{}::", path.ident), paths),
        UseTree::Name(name) => drop(paths.insert(format!("{prefix}{}", name.ident))),
        UseTree::Group(group) => group
            .items
            .iter()
            .for_each(|tree| leaves(tree, prefix, paths)),
        _ => {}
    }
}
