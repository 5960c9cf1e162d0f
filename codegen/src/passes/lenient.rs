//! Writes the `Deserialize` of the types of responses: a field of an unexpected type is `None`, and the other fields are read.
//!
//! serde's derived `Deserialize` fails at such a field, and at a name that appears twice. The client's `model::lenient` reads an object
//! leniently; this pass writes the list of each type's fields for it.

use super::syntax::{is_map, is_option, is_permission, name_on_the_wire, names};
use quote::{ToTokens, quote};
use std::collections::HashSet;
use syn::{Field, Ident, Item, ItemStruct, Type, parse_quote};

/// Returns the names of the types that only request bodies contain. The client never reads them.
pub(super) fn request_only(
    items: &[Item],
    bodies: &[&Type],
    responses: &[&Type],
) -> HashSet<String> {
    let reachable = |roots: &[&Type]| {
        let mut found = HashSet::new();
        let mut open: Vec<String> = roots.iter().flat_map(|root| names(root)).collect();
        while let Some(name) = open.pop() {
            let structure = items.iter().find_map(|item| match item {
                Item::Struct(structure) if structure.ident == name => Some(structure),
                _ => None,
            });
            if let Some(structure) = structure.filter(|_| found.insert(name)) {
                open.extend(structure.fields.iter().flat_map(|field| names(&field.ty)));
            }
        }
        found
    };
    let responses = reachable(responses);
    reachable(bodies)
        .into_iter()
        .filter(|name| !responses.contains(name))
        .collect()
}

/// Returns the `Lenient` and the `Deserialize` of a type.
pub(super) fn write_reader(structure: &ItemStruct) -> syn::Result<[Item; 2]> {
    let name = &structure.ident;
    let fields = structure.fields.iter();
    let (rest, fields): (Vec<&Field>, Vec<&Field>) = fields.partition(|field| is_map(&field.ty));
    let required: Vec<&Option<Ident>> = fields
        .iter()
        .filter(|field| !is_option(&field.ty))
        .map(|field| &field.ident)
        .collect();
    let idents: Vec<&Option<Ident>> = fields.iter().map(|field| &field.ident).collect();
    let texts = fields
        .iter()
        .map(|field| name_on_the_wire(field))
        .collect::<syn::Result<Vec<_>>>()?;
    let rest = rest.first().map(|field| &field.ident);
    let other = match rest {
        Some(rest) => quote!(lenient::entry(&mut value_.#rest, name_.into_owned(), &mut from)?),
        None => quote!(lenient::skip(&mut from)?),
    };
    let body = if rest.is_some() && fields.iter().all(|field| is_permission(field)) {
        // The permissions, about sixty fields of one type, are read together.
        quote! {
            let Some(mut all) = lenient::entries(from)? else { return Ok(None) };
            Ok(Some(Self { #(#idents: all.remove(#texts),)* #rest: all }))
        }
    } else if required.is_empty() {
        quote! {
            let (mut from, mut value_) = (from, Self::default());
            while let Some(name_) = lenient::name(&mut from)? {
                match &*name_ {
                    #(#texts => lenient::field(&mut value_.#idents, &mut from)?,)*
                    _ => #other,
                }
            }
            Ok(Some(value_))
        }
    } else {
        let (begin, other) = match rest {
            Some(rest) => (
                quote!(let mut #rest = ::std::collections::BTreeMap::new();),
                quote!(lenient::entry(&mut #rest, name_.into_owned(), &mut from_)?),
            ),
            None => (quote!(), quote!(lenient::skip(&mut from_)?)),
        };
        let rest = rest.into_iter();
        quote! {
            let mut from_ = from;
            #(let mut #idents = None;)*
            #begin
            while let Some(name_) = lenient::name(&mut from_)? {
                match &*name_ {
                    #(#texts => lenient::field(&mut #idents, &mut from_)?,)*
                    _ => #other,
                }
            }
            let (#(Some(#required),)*) = (#(#required,)*) else { return Ok(None) };
            Ok(Some(Self { #(#idents,)* #(#rest,)* }))
        }
    };
    let is_empty = required.is_empty().then(|| {
        quote! { fn is_empty(&self) -> bool { *self == Self::default() } }
    });
    let lenient = parse_quote! {
        impl lenient::Lenient for #name {
            fn from_object<'de, A: ::serde_core::de::MapAccess<'de>>(from: A) -> Result<Option<Self>, A::Error> {
                #body
            }
            #is_empty
        }
    };
    let expected = describe_expected(structure, &required);
    let deserialize = parse_quote! {
        lenient::deserialize!(#name, #expected);
    };
    Ok([lenient, deserialize])
}

/// Returns the text of the error for a value that is not of the type: the names of the required fields, and no values.
fn describe_expected(structure: &ItemStruct, required: &[&Option<Ident>]) -> String {
    let names: Vec<String> = required
        .iter()
        .map(|name| format!("`{}`", name.to_token_stream()))
        .collect();
    let needs = if names.is_empty() {
        "an object".to_owned()
    } else {
        names.join(" and ")
    };
    format!("{} needs {needs}", structure.ident)
}
