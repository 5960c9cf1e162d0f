//! Inspects and changes the syntax of generated code.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::punctuated::Punctuated;
use syn::{Attribute, Field, LitStr, Meta, Token, Type, parse_quote};

/// Removes the traits of a `#[derive(…)]` that `kept` rejects, and adds `more`.
pub(super) fn change_derives(
    attribute: &mut Attribute,
    kept: impl Fn(&syn::Path) -> bool,
    more: Option<TokenStream>,
) -> syn::Result<()> {
    if attribute.path().is_ident("derive") {
        let derives =
            attribute.parse_args_with(Punctuated::<syn::Path, Token![,]>::parse_terminated)?;
        let kept = derives.iter().filter(|path| kept(path));
        *attribute = parse_quote!(#[derive(#(#kept,)* #more)]);
    }
    Ok(())
}

/// Returns `T` of `Name<T, …>`.
pub(crate) fn first_argument(outer: &Type) -> Option<&Type> {
    let Type::Path(path) = outer else { return None };
    let syn::PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments
    else {
        return None;
    };
    match arguments.args.first()? {
        syn::GenericArgument::Type(inner) => Some(inner),
        _ => None,
    }
}

/// Returns all identifiers in a type.
pub(super) fn names(ty: &Type) -> Vec<String> {
    fn collect(tokens: TokenStream, found: &mut Vec<String>) {
        for token in tokens {
            match token {
                proc_macro2::TokenTree::Ident(ident) => found.push(ident.to_string()),
                proc_macro2::TokenTree::Group(group) => collect(group.stream(), found),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    collect(ty.to_token_stream(), &mut found);
    found
}

pub(super) fn is_client(ty: &Type) -> bool {
    ty.to_token_stream().to_string() == "Client"
}

pub(super) fn is_option(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|segment| segment.ident == "Option"))
}

pub(super) fn is_map(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|segment| segment.ident == "BTreeMap"))
}

/// Shortens `::std::option::Option<T>` to `Option<T>`. Lint refuses schemas with names of the prelude.
pub(super) fn shorten(ty: &mut Type) {
    let Type::Path(path) = ty else { return };
    let segments = &mut path.path.segments;
    let is_std = segments.first().is_some_and(|first| first.ident == "std");
    let Some(mut last) = segments.last().cloned() else {
        return;
    };
    if let syn::PathArguments::AngleBracketed(arguments) = &mut last.arguments {
        for argument in &mut arguments.args {
            if let syn::GenericArgument::Type(inner) = argument {
                shorten(inner);
            }
        }
    }
    if is_std && PRELUDE.iter().any(|name| last.ident == name) {
        path.path.leading_colon = None;
        segments.clear();
    } else {
        segments.pop();
    }
    segments.push(last);
}

/// The types of the prelude that progenitor names by path.
const PRELUDE: [&str; 4] = ["Box", "Option", "String", "Vec"];

pub(super) fn unknown_shape(what: &str) -> syn::Error {
    syn::Error::new(Span::call_site(), what)
}

/// Returns a field as the client's macros take it: with its name in JSON if that differs from its name in Rust.
pub(super) fn named(ident: &syn::Ident, wire: &str) -> TokenStream {
    match ident == wire {
        true => quote!(#ident),
        false => quote!(#ident = #wire),
    }
}

/// Returns the name of a field in JSON. It differs from the name in Rust if it is a keyword.
pub(super) fn name_on_the_wire(field: &Field) -> syn::Result<String> {
    let mut name = field.ident.to_token_stream().to_string();
    for attribute in field
        .attrs
        .iter()
        .filter(|attribute| attribute.path().is_ident("serde"))
    {
        attribute.parse_nested_meta(|meta| {
            let Ok(value) = meta.value() else {
                return Ok(());
            };
            let value = value.parse::<LitStr>()?;
            if meta.path.is_ident("rename") {
                name = value.value();
            }
            Ok(())
        })?;
    }
    Ok(name)
}

/// Turns serde's settings of a field into settings of schemars.
pub(super) fn move_settings_to_schemars(field: &mut Field) -> syn::Result<()> {
    let serde = |attribute: &&mut Attribute| attribute.path().is_ident("serde");
    for attribute in field.attrs.iter_mut().filter(serde) {
        let mut settings =
            attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)?;
        for setting in &mut settings {
            if setting.path().is_ident("skip_serializing_if") {
                // schemars needs to know that there is a condition, and does not compile it. With the whole path the attribute takes four lines.
                *setting = parse_quote!(skip_serializing_if = "is_none");
            }
        }
        *attribute = parse_quote!(#[cfg_attr(feature = "schemars", schemars(#settings))]);
    }
    Ok(())
}

pub(super) fn is_permission(field: &Field) -> bool {
    let inner = first_argument(&field.ty).filter(|_| is_option(&field.ty));
    inner.is_some_and(|inner| {
        inner
            .to_token_stream()
            .to_string()
            .ends_with(":: PermissionLevel")
    })
}
