//! Adapts progenitor's output to the client.
//!
//! progenitor writes a client that sends requests, decodes responses and reports errors. In this project handwritten code does all three,
//! because secrets leak and tokens get lost there. So the passes reduce each method to the facts of the spec: the request that it builds,
//! and the type of its response. The types keep their fields, and get other implementations of the traits that progenitor derives: of
//! `Debug` without secrets, of `Deserialize` that is lenient, and of `Serialize` that serde's derive does not write.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use std::collections::HashSet;
use syn::{Fields, File, FnArg, ImplItem, ImplItemFn, Item, ItemStruct, Type, parse_quote};

mod lenient;
mod method;
mod open_record;
mod secret;
pub(crate) mod syntax;

use method::{adapt_method, response_type};
use syntax::{change_derives, first_argument, is_client, is_map, is_option, unknown_shape};

/// Applies every pass; fails on code of a shape that the passes do not know.
pub fn apply(file: File) -> syn::Result<File> {
    let mut types = Vec::new();
    let mut methods = Vec::new();
    for item in file.items {
        match item {
            Item::Mod(module) if module.ident == "types" => {
                let (_, items) = module
                    .content
                    .ok_or_else(|| unknown_shape("`mod types` has no body"))?;
                types.extend(items);
            }
            Item::Impl(block) if block.trait_.is_none() && is_client(&block.self_ty) => {
                methods.extend(block.items.into_iter().filter_map(|item| match item {
                    ImplItem::Fn(method) if method.sig.asyncness.is_some() => Some(method),
                    _ => None,
                }));
            }
            _ => {}
        }
    }
    if types.is_empty() || methods.is_empty() {
        return Err(in_pass("items")(unknown_shape(
            "neither `mod types` nor an `impl Client` with async methods",
        )));
    }
    let structs = struct_names(&types);
    let requests = request_only(&types, &methods).map_err(in_pass("requests"))?;
    let holders = secret::holders(&types);
    let types = types
        .into_iter()
        .map(|item| adapt_type(item, &structs, &requests, &holders))
        .collect::<syn::Result<Vec<_>>>()
        .map_err(in_pass("types"))?;
    let methods = methods
        .into_iter()
        .map(adapt_method)
        .collect::<syn::Result<Vec<_>>>()
        .map_err(in_pass("methods"))?;
    for method in &methods {
        refuse_leftovers(&method.sig.ident, method.to_token_stream())
            .map_err(in_pass("leftovers"))?;
    }
    for item in &types {
        refuse_leftovers(&"types", item.clone()).map_err(in_pass("leftovers"))?;
    }
    Ok(parse_quote! {
        use crate::request::condition::{NoCondition, TakesCondition};
        use crate::request::{draft::Client, path::path_segment, prepared::Prepared};
        use crate::response::raw::RawResponse;

        impl Client<'_> { #(#methods)* }

        /// The data that goes over the wire.
        pub mod types {
            use crate::model::lenient;
            #(#types)*
        }
    })
}

/// Adds the name of the pass to its error.
fn in_pass(name: &'static str) -> impl Fn(syn::Error) -> syn::Error {
    move |error| unknown_shape(&format!("pass `{name}`: {error}"))
}

/// Names of progenitor's client library. If one is left, another release of progenitor has written an expression that no pass knows.
const FOREIGN: [&str; 8] = [
    "ByteStream",
    "ClientHooks",
    "ClientInfo",
    "QueryParam",
    "RequestBuilderExt",
    "ResponseValue",
    "encode_path",
    "progenitor_client",
];

fn refuse_leftovers(item: &dyn std::fmt::Display, tokens: TokenStream) -> syn::Result<()> {
    let text = tokens.to_string();
    let mut words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    match words.find(|word| FOREIGN.contains(word)) {
        Some(word) => Err(unknown_shape(&format!(
            "`{item}` still has `{word}` after all passes"
        ))),
        None => Ok(()),
    }
}

/// Returns the names of the structs. `data_type` boxes an optional struct of any size, so that a public type does not change when a struct
/// gets another field.
fn struct_names(items: &[Item]) -> HashSet<String> {
    let names = items.iter().filter_map(|item| match item {
        Item::Struct(structure) => Some(structure.ident.to_string()),
        _ => None,
    });
    names.collect()
}

/// Returns the names of the types that only request bodies contain.
fn request_only(types: &[Item], methods: &[ImplItemFn]) -> syn::Result<HashSet<String>> {
    let arguments = methods.iter().flat_map(|method| &method.sig.inputs);
    let bodies: Vec<&Type> = arguments
        .filter_map(|argument| match argument {
            FnArg::Typed(argument) => Some(&*argument.ty),
            FnArg::Receiver(_) => None,
        })
        .collect();
    let responses = methods
        .iter()
        .map(response_type)
        .collect::<syn::Result<Vec<_>>>()?;
    Ok(lenient::request_only(
        types,
        &bodies,
        &responses.iter().collect::<Vec<_>>(),
    ))
}

/// Adapts one item of `mod types`: a struct gets its trait implementations, `mod error` is removed, and any other item is an error.
fn adapt_type(
    item: Item,
    structs: &HashSet<String>,
    requests: &HashSet<String>,
    holders: &HashSet<String>,
) -> syn::Result<TokenStream> {
    match item {
        Item::Struct(mut structure) => {
            let debug = write_debug(&structure)?;
            let name = structure.ident.to_string();
            // An error body may have any form: `src/response/error_body.rs` reads it.
            let is_read = name != "Error" && !requests.contains(&name);
            let reader = match is_read {
                true => lenient::write_reader(&structure)?.into(),
                false => Vec::new(),
            };
            let writer = match open_record::write_serialize(&mut structure)? {
                Some(writer) => writer,
                None => secret::write_serialize(&structure, holders)?,
            };
            let all_optional = structure
                .fields
                .iter()
                .all(|field| is_option(&field.ty) || is_map(&field.ty));
            for attribute in &mut structure.attrs {
                // `debug` replaces the derived `Debug`, which would show secrets; `reader` and `writer` replace serde's traits.
                let kept = |path: &syn::Path| {
                    let is_serde = path
                        .segments
                        .first()
                        .is_some_and(|first| first.ident == "serde");
                    !is_serde && !path.is_ident("Debug") && !path.is_ident("Default")
                };
                let default = all_optional.then(|| quote!(Default,));
                let equality = is_read.then(|| quote!(PartialEq,));
                change_derives(attribute, kept, Some(quote!(#default #equality)))?;
            }
            structure.attrs.push(
                parse_quote!(#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]),
            );
            structure.attrs.push(parse_quote!(#[non_exhaustive]));
            for field in &mut structure.fields {
                if let Some(inner) = first_argument(&field.ty).filter(|inner| {
                    is_option(&field.ty) && structs.contains(&inner.to_token_stream().to_string())
                }) {
                    field.ty = parse_quote!(Option<Box<#inner>>);
                }
                syntax::shorten(&mut field.ty);
                syntax::move_settings_to_schemars(field)?;
            }
            Ok(quote! { #structure #debug #(#reader)* #writer })
        }
        Item::Impl(block) => match written_twice(&block) {
            Some(name) => Err(unknown_shape(&format!(
                "`{}` has an `impl {name}`, which progenitor is known to derive",
                block.self_ty.to_token_stream()
            ))),
            None => Ok(block.into_token_stream()),
        },
        // It holds the conversion errors of enums and constrained strings. Lint refuses both in the spec.
        Item::Mod(module) if module.ident == "error" => Ok(TokenStream::new()),
        Item::Enum(item) => Err(unknown_shape(&format!("`{}` is an enum", item.ident))),
        other => Err(unknown_shape(&format!(
            "`{}` is neither a struct nor an impl",
            other.to_token_stream()
        ))),
    }
}

/// Returns the trait of an `impl`, if the passes write an `impl` of it, too.
fn written_twice(block: &syn::ItemImpl) -> Option<String> {
    let (path, _) = block.trait_.as_ref()?;
    let name = path.segments.last()?.ident.to_string();
    ["Debug", "Default", "Deserialize", "PartialEq", "Serialize"]
        .contains(&name.as_str())
        .then_some(name)
}

/// Returns a `Debug` that masks text that looks like a token in any string.
fn write_debug(structure: &ItemStruct) -> syn::Result<TokenStream> {
    let Fields::Named(fields) = &structure.fields else {
        return Err(unknown_shape(&format!(
            "`{}` is not a struct with named fields",
            structure.ident
        )));
    };
    let (name, text) = (&structure.ident, structure.ident.to_string());
    let idents: Vec<_> = fields.named.iter().map(|field| &field.ident).collect();
    let texts = idents
        .iter()
        .map(|ident| ident.to_token_stream().to_string());
    Ok(quote! {
        impl ::std::fmt::Debug for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                crate::secret::redact::fields(f, #text, &[#((#texts, &self.#idents)),*])
            }
        }
    })
}
