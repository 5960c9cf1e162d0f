//! Structs that keep unknown fields in a map: the permissions. They get a builder, too.
//!
//! A derived `Serialize` for them would be most of the code that a program gets from this crate: a separate writer for each of about
//! sixty fields of the same type. So they are written as one map.

use super::syntax::{derives, is_map, is_permission, name_on_the_wire, named};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{ItemStruct, parse_quote};

/// The `Serialize` of such a struct, in the place of the derived one; nothing for any other.
pub(super) fn serialize(structure: &mut ItemStruct) -> syn::Result<TokenStream> {
    let Some(rest) = structure.fields.iter().position(|field| is_map(&field.ty)) else {
        return Ok(TokenStream::new());
    };
    if !structure
        .fields
        .iter()
        .enumerate()
        .all(|(index, field)| index == rest || is_permission(field))
    {
        return Ok(TokenStream::new());
    }
    for attribute in &mut structure.attrs {
        derives(
            attribute,
            |path| {
                path.segments
                    .first()
                    .is_none_or(|first| first.ident != "serde")
            },
            None,
        )?;
    }
    let mut fields = Vec::new();
    for (index, field) in structure.fields.iter_mut().enumerate() {
        if index == rest {
            field.attrs.push(parse_quote!(#[doc = "The permissions without a field of their own, by name. A later release may give one its own: then it is no longer in here."]));
            field
                .attrs
                .push(parse_quote!(#[cfg_attr(feature = "schemars", schemars(flatten))]));
        } else {
            let name = name_on_the_wire(field)?;
            if field.ident.as_ref().is_some_and(|ident| *ident != name) {
                field.attrs.push(
                    parse_quote!(#[cfg_attr(feature = "schemars", schemars(rename = #name))]),
                );
            }
            let about = format!("The level of `{name}`.");
            field.attrs.push(parse_quote!(#[doc = #about]));
            // `serialize` leaves out what is `None`; the schema of what is written learns it here, now that serde's attributes go.
            let skip = quote!(skip_serializing_if = "::std::option::Option::is_none");
            field
                .attrs
                .push(parse_quote!(#[cfg_attr(feature = "schemars", schemars(#skip))]));
            fields.extend(field.ident.as_ref().map(|ident| named(ident, &name)));
        }
        field
            .attrs
            .retain(|attribute| !attribute.path().is_ident("serde"));
    }
    let name = &structure.ident;
    let rest = structure.fields.iter().nth(rest).map(|field| &field.ident);
    let builder = format_ident!("{name}Builder");
    Ok(quote! {
        crate::model::permission::record!(#name by #builder, #rest besides #(#fields)*);
    })
}
