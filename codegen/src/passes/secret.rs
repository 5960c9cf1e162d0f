//! Writes how the types are serialized: a type that can hold a secret only within `Exposed` or `Redacted`.
//!
//! The wrapper decides whether a secret is written or masked, and serde's `Serialize` cannot pass that decision on to the fields. The
//! client's `secret::serialize` has a trait that can, and the text that the compiler prints if such a type is serialized without a wrapper.
//! The pass does not use serde's derive, because a dependent would compile it for this crate alone.

use super::syntax::{is_option, name_on_the_wire, named, names, unknown_shape};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::HashSet;
use syn::{Item, ItemStruct, LitStr};

/// The handwritten types of secrets.
const SECRETS: [&str; 2] = ["AccessToken", "ClientSecret"];

/// Returns the names of the types that can hold a secret, at any depth.
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

/// Returns the client's trait for a struct, and serde's `Serialize`, too, if it cannot hold a secret.
pub(super) fn write_serialize(
    structure: &ItemStruct,
    holders: &HashSet<String>,
) -> syn::Result<TokenStream> {
    let name = &structure.ident;
    let alone = match holders.contains(&name.to_string()) {
        true => quote!(refused),
        false => quote!(allowed),
    };
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
    Ok(quote! { crate::secret::serialize::by_field!(#alone #name: #(#fields),*); })
}

/// Whether progenitor tells serde to leave the field out if it is `None`. Another condition is an error.
fn may_be_left_out(field: &syn::Field) -> syn::Result<bool> {
    let mut may_be = false;
    let serde = |attribute: &&syn::Attribute| attribute.path().is_ident("serde");
    for attribute in field.attrs.iter().filter(serde) {
        attribute.parse_nested_meta(|meta| {
            let Ok(value) = meta.value() else {
                return Ok(());
            };
            let value = value.parse::<LitStr>()?.value();
            // Lint refuses an optional list without `nullable`, so that no field has this condition.
            if meta.path.is_ident("skip_serializing_if") && !value.ends_with("Vec::is_empty") {
                may_be = true;
                if !is_option(&field.ty) || !value.ends_with("Option::is_none") {
                    return Err(unknown_shape(&format!("a field is left out by `{value}`")));
                }
            }
            Ok(())
        })?;
    }
    Ok(may_be)
}
