//! Writes the `Serialize` and the builder of a struct that keeps unknown fields in a map: the permissions.
//!
//! A `Serialize` that writes field by field would be most of the code that a program gets from the client, because the struct has about
//! sixty fields of one type. So the client serializes the struct as one map.

use super::syntax::{is_map, is_permission, name_on_the_wire, named};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{ItemStruct, parse_quote};

/// Returns the `Serialize` and the builder of such a struct; `None` for any other struct.
pub(super) fn write_serialize(structure: &mut ItemStruct) -> syn::Result<Option<TokenStream>> {
    let Some(rest) = structure.fields.iter().position(|field| is_map(&field.ty)) else {
        return Ok(None);
    };
    if !structure
        .fields
        .iter()
        .enumerate()
        .all(|(index, field)| index == rest || is_permission(field))
    {
        return Ok(None);
    }
    let mut fields = Vec::new();
    for (index, field) in structure.fields.iter_mut().enumerate() {
        if index == rest {
            field.attrs.insert(0, parse_quote!(#[doc = "The permissions without a separate field, by name. A later release may add a field for one, which then is not in here."]));
        } else {
            let name = name_on_the_wire(field)?;
            let about = format!("The level of `{name}`.");
            field.attrs.insert(0, parse_quote!(#[doc = #about]));
            fields.extend(field.ident.as_ref().map(|ident| named(ident, &name)));
        }
    }
    let name = &structure.ident;
    let rest = structure.fields.iter().nth(rest).map(|field| &field.ident);
    let builder = format_ident!("{name}Builder");
    Ok(Some(quote! {
        crate::model::permission::record!(#name by #builder, #rest besides #(#fields)*);
    }))
}
