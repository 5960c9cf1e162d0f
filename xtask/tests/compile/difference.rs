//! The parts of a generated client that another does not have.

use quote::ToTokens as _;
use std::collections::{BTreeMap, BTreeSet};
use syn::{ImplItem, Item};

/// The part of a client that differs from the first one's. The types that they share are imported from the module `case_0`, and the
/// methods that they share are left out: the first client has them.
///
/// More than nine tenths of the clients are equal, and each type costs the compiler as much as the one before.
pub(super) fn difference(client: &str, first: &str) -> String {
    let mut client = parse(client);
    let first = parse(first);
    let (theirs, ours) = (by_type(types(&first)), by_type(types(&client)));
    let mut differ: BTreeSet<String> = ours
        .iter()
        .filter(|(name, items)| theirs.get(*name) != Some(items))
        .map(|(name, _)| name.clone())
        .collect();
    // A type differs, too, if one of its fields has a type that differs.
    loop {
        let more = ours
            .iter()
            .find(|(name, items)| !differ.contains(*name) && mentions(items, &differ));
        let Some((name, _)) = more else { break };
        differ.insert(name.clone());
    }
    let methods: BTreeSet<String> = methods(&first).collect();
    for item in &mut client.items {
        match item {
            Item::Impl(block) => block.items.retain(|method| {
                let text = method.to_token_stream().to_string();
                !methods.contains(&text) || mentions(&text, &differ)
            }),
            Item::Mod(module) => {
                let Some((_, items)) = &mut module.content else {
                    continue;
                };
                items.retain(|item| subject(item).is_none_or(|name| differ.contains(&name)));
                for name in ours.keys().filter(|name| !differ.contains(*name)) {
                    let import = format!("pub use super::super::case_0::types::{name};");
                    items.push(syn::parse_str(&import).expect("an import is Rust"));
                }
            }
            _ => {}
        }
    }
    prettyplease::unparse(&client)
}

fn parse(client: &str) -> syn::File {
    syn::parse_file(client).expect("the client is Rust")
}

fn types(client: &syn::File) -> &[Item] {
    let module = client.items.iter().find_map(|item| match item {
        Item::Mod(module) => module.content.as_ref(),
        _ => None,
    });
    module.map_or(&[], |(_, items)| items)
}

fn methods(client: &syn::File) -> impl Iterator<Item = String> {
    let blocks = client.items.iter().filter_map(|item| match item {
        Item::Impl(block) => Some(&block.items),
        _ => None,
    });
    blocks
        .flatten()
        .map(|method: &ImplItem| method.to_token_stream().to_string())
}

/// The text of each type, with everything that is implemented for it.
fn by_type(items: &[Item]) -> BTreeMap<String, String> {
    let mut types = BTreeMap::<String, String>::new();
    for item in items {
        if let Some(name) = subject(item) {
            *types.entry(name).or_default() += &item.to_token_stream().to_string();
        }
    }
    types
}

/// The type that the item defines or implements something for.
fn subject(item: &Item) -> Option<String> {
    match item {
        Item::Struct(item) => Some(item.ident.to_string()),
        Item::Enum(item) => Some(item.ident.to_string()),
        Item::Impl(block) => match &*block.self_ty {
            syn::Type::Path(path) => Some(path.path.segments.last()?.ident.to_string()),
            _ => None,
        },
        // `deserialize!(Authorization, …)`, `by_field!(refused Authorization: …)`
        Item::Macro(call) => call.mac.tokens.clone().into_iter().find_map(|token| {
            let proc_macro2::TokenTree::Ident(name) = token else {
                return None;
            };
            let name = name.to_string();
            name.starts_with(char::is_uppercase).then_some(name)
        }),
        _ => None,
    }
}

fn mentions(text: &str, names: &BTreeSet<String>) -> bool {
    text.split(|character: char| !(character.is_alphanumeric() || character == '_'))
        .any(|word| names.contains(word))
}
