//! `cargo xtask show`: prints generated code.

use ghes_oauth_codegen::Generated;
use ghes_oauth_codegen::table::Operation;
use quote::ToTokens as _;
use syn::{File, ImplItem, Item};

/// All generated code: the client, its types and the table.
pub fn all(generated: &Generated) -> Result<String, String> {
    let table = prettyplease::unparse(&parse(&generated.operations)?);
    Ok(format!("{}\n{table}", generated.client))
}

/// The generated code for one operation: its method, its row of the table, and the types that the method names.
pub fn one(generated: &Generated, operation: &Operation) -> Result<String, String> {
    let mut file = parse(&generated.client)?;
    let function = operation.function();
    let mut named = String::new();
    for item in &mut file.items {
        if let Item::Impl(block) = item {
            block.items.retain(
                |item| matches!(item, ImplItem::Fn(method) if method.sig.ident == function),
            );
            named = block.to_token_stream().to_string();
        }
    }
    for item in &mut file.items {
        if let Item::Mod(module) = item
            && let Some((_, types)) = &mut module.content
        {
            let words: Vec<&str> = named.split(' ').collect();
            let is_named = |name: &syn::Ident| {
                words
                    .windows(3)
                    .any(|path| path[..2] == ["types", "::"] && name == path[2])
            };
            types.retain(|item| matches!(item, Item::Struct(data) if is_named(&data.ident)));
        }
    }
    file.items.retain(|item| match item {
        Item::Use(_) => false,
        Item::Mod(module) => module
            .content
            .as_ref()
            .is_some_and(|(_, types)| !types.is_empty()),
        _ => true,
    });
    let mut table = parse(&generated.operations)?;
    table
        .items
        .retain(|item| matches!(item, Item::Static(row) if row.ident == function.to_uppercase()));
    Ok(format!(
        "{}\n{}",
        prettyplease::unparse(&file),
        prettyplease::unparse(&table)
    ))
}

/// The operation with this id or method name; the methods of two operations may share a name.
pub fn find<'a>(operations: &'a [Operation], name: &str) -> Result<&'a Operation, String> {
    let found: Vec<&Operation> = operations
        .iter()
        .filter(|operation| operation.id == name || operation.name() == name)
        .collect();
    match found[..] {
        [one] => Ok(one),
        [] => Err(format!(
            "error: no operation `{name}`; cargo xtask ops lists all"
        )),
        _ => {
            let ids: Vec<String> = found
                .iter()
                .map(|operation| format!("`{}`", operation.id))
                .collect();
            Err(format!(
                "error: `{name}` is the method of several operations: say {}",
                ids.join(" or ")
            ))
        }
    }
}

fn parse(source: &str) -> Result<File, String> {
    syn::parse_file(source)
        .map_err(|error| format!("error: the generated code is not Rust: {error}"))
}
