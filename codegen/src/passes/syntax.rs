//! Helpers with which the passes inspect syntax.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::punctuated::Punctuated;
use syn::{Attribute, Field, LitStr, Meta, Token, Type, parse_quote};

/// Leaves of a `#[derive(…)]` what is to be kept, and adds what more is given.
pub(super) fn derives(
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

/// `T` of `Name<T, …>`.
pub(super) fn first_argument(outer: &Type) -> Option<&Type> {
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

pub(super) fn is_client(ty: &Type) -> bool {
    ty.to_token_stream().to_string() == "Client"
}

pub(super) fn is_option(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|segment| segment.ident == "Option"))
}

pub(super) fn is_map(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|segment| segment.ident == "BTreeMap"))
}

/// `::std::option::Option<T>` as `Option<T>`: what the prelude has needs no path, and no schema may have its name.
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

/// What of the standard library progenitor names by path.
const PRELUDE: [&str; 4] = ["Box", "Option", "String", "Vec"];

pub(super) fn shape(what: &str) -> syn::Error {
    syn::Error::new(Span::call_site(), what)
}

/// A field in a list of the crate's macros: with its name on the wire where that is another.
pub(super) fn named(ident: &syn::Ident, wire: &str) -> TokenStream {
    match ident == wire {
        true => quote!(#ident),
        false => quote!(#ident = #wire),
    }
}

/// The name of a field in JSON, which is another than the identifier where that would be a keyword.
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

/// Leaves serde's settings of a field to the schema alone.
pub(super) fn schema_settings(field: &mut Field) -> syn::Result<()> {
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
