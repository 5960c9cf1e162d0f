//! How the types that can hold a secret are serialized: only within `Exposed` or `Redacted`, which say what becomes of it.
//!
//! Serde's own trait has no way to hand that down. `crate::secret::serialize` has the trait that does, and the reason that the compiler
//! prints where serde's is asked for.

use super::lenient::names;
use super::syntax::{derives, name_on_the_wire};
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
    let text = name.to_string();
    if !holders.contains(&text) {
        return Ok(quote! { crate::secret::serialize::without_secrets!(#name); });
    }
    let (mut counts, mut writes) = (Vec::new(), Vec::new());
    for field in &structure.fields {
        let (ident, wire) = (&field.ident, name_on_the_wire(field)?);
        let value = match holds(&field.ty, holders) {
            true => quote!(crate::secret::serialize::Part(&self.#ident, secrecy)),
            false => quote!(self.#ident),
        };
        let write = quote!(fields.serialize_field(#wire, &#value)?);
        match absence(field)? {
            Some(is_absent) => {
                counts.push(quote!(usize::from(!#is_absent(&self.#ident))));
                writes.push(quote! {
                    match #is_absent(&self.#ident) {
                        true => fields.skip_field(#wire)?,
                        false => #write,
                    }
                });
            }
            None => {
                counts.push(quote!(1));
                writes.push(write);
            }
        }
    }
    let code = quote! {
        crate::secret::serialize::refused!(#name);

        impl crate::secret::serialize::SerializeSecrets for #name {
            fn serialize_secrets<S: ::serde::Serializer>(
                &self,
                secrecy: crate::secret::serialize::Secrecy,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                use ::serde::ser::SerializeStruct as _;
                let mut fields = serializer.serialize_struct(#text, #(#counts)+*)?;
                #(#writes;)*
                fields.end()
            }
        }
    };
    drop_serde(structure)?;
    Ok(code)
}

/// The function by which serde's derive would leave the field out.
fn absence(field: &syn::Field) -> syn::Result<Option<Path>> {
    let mut absence = None;
    for attribute in &field.attrs {
        if attribute.path().is_ident("serde") {
            attribute.parse_nested_meta(|meta| {
                let value = meta.value()?.parse::<LitStr>()?;
                if meta.path.is_ident("skip_serializing_if") {
                    absence = Some(value.parse()?);
                }
                Ok(())
            })?;
        }
    }
    Ok(absence)
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
