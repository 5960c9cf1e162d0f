//! How the types that can hold a secret are serialized: only within `Exposed` or `Redacted`, which say what becomes of it.
//!
//! Serde's own trait has no way to hand that down. `crate::secret::serialize` has the trait that does, and the reason that the compiler
//! prints where serde's is asked for.

use super::lenient::names;
use super::syntax::{derives, is_option, name_on_the_wire, named, shape};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use std::collections::HashSet;
use syn::{Item, ItemStruct, LitStr, Path, parse_quote};

/// The handwritten types of secrets.
const SECRETS: [&str; 2] = ["AccessToken", "ClientSecret"];

/// The names of the types that can hold a secret, at any depth.
pub(super) fn holders(items: &[Item]) -> HashSet<String> {
    let mut holders: HashSet<String> = SECRETS.map(str::to_owned).into();
    loop {
        let before = holders.len();
        for item in items {
            if let Item::Struct(structure) = item
                && structure
                    .fields
                    .iter()
                    .any(|field| holds(&field.ty, &holders))
            {
                holders.insert(structure.ident.to_string());
            }
        }
        if holders.len() == before {
            return holders;
        }
    }
}

fn holds(ty: &syn::Type, holders: &HashSet<String>) -> bool {
    names(ty).iter().any(|name| holders.contains(name))
}

/// The trait of the crate for a struct; for one that can hold a secret it takes the place of serde's.
pub(super) fn serialize(
    structure: &mut ItemStruct,
    holders: &HashSet<String>,
) -> syn::Result<TokenStream> {
    let name = &structure.ident;
    if !holders.contains(&name.to_string()) {
        return Ok(quote! { crate::secret::serialize::without_secrets!(#name); });
    }
    let mut fields = Vec::new();
    for field in &structure.fields {
        let write = match (holds(&field.ty, holders), may_be_left_out(field)?) {
            (false, false) => quote!(field),
            (false, true) => quote!(optional),
            (true, false) => quote!(secret),
            (true, true) => quote!(optional_secret),
        };
        let wire = name_on_the_wire(field)?;
        let field = field.ident.as_ref().map(|ident| named(ident, &wire));
        fields.push(quote!(#write #field));
    }
    let code = quote! { crate::secret::serialize::by_field!(#name: #(#fields),*); };
    drop_serde(structure)?;
    Ok(code)
}

/// Whether serde's derive would leave the field out where it is `None`; the only reason that progenitor is known to give it.
fn may_be_left_out(field: &syn::Field) -> syn::Result<bool> {
    let mut may_be = false;
    for attribute in &field.attrs {
        if attribute.path().is_ident("serde") {
            attribute.parse_nested_meta(|meta| {
                let value = meta.value()?.parse::<LitStr>()?;
                if meta.path.is_ident("skip_serializing_if") {
                    may_be = true;
                    if !is_option(&field.ty) || !value.value().ends_with("Option::is_none") {
                        return Err(shape(&format!(
                            "a field is left out by `{}`",
                            value.value()
                        )));
                    }
                }
                Ok(())
            })?;
        }
    }
    Ok(may_be)
}

/// Takes serde's derive away, and leaves its attributes to the schema alone.
fn drop_serde(structure: &mut ItemStruct) -> syn::Result<()> {
    let is_serde = |path: &Path| {
        path.segments
            .first()
            .is_some_and(|first| first.ident == "serde")
    };
    for attribute in &mut structure.attrs {
        derives(attribute, |path| !is_serde(path), None)?;
    }
    let of_fields = structure
        .fields
        .iter_mut()
        .flat_map(|field| &mut field.attrs);
    for attribute in of_fields.filter(|attribute| attribute.path().is_ident("serde")) {
        let settings = attribute.meta.require_list()?.tokens.to_token_stream();
        *attribute = parse_quote!(#[cfg_attr(feature = "schemars", schemars(#settings))]);
    }
    Ok(())
}
