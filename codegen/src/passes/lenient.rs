//! How the types of responses are read: each field by its type, so that one of another type costs only itself.
//!
//! A derived reader raises an error at the first such field, and at a name that comes twice. `crate::model::lenient` has the
//! mechanism; what is written here for each type is the list of its fields.

use super::{derives, is_map, is_option};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use std::collections::HashSet;
use syn::{Field, Ident, Item, ItemImpl, ItemStruct, LitStr, Type, parse_quote};

/// The names of the types that stand in request bodies alone, which nobody reads.
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

/// All identifiers in a type.
fn names(ty: &Type) -> Vec<String> {
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

/// Takes the derived reader away.
pub(super) fn strip(structure: &mut ItemStruct) -> syn::Result<()> {
    let is_reader = |path: &syn::Path| {
        path.segments
            .last()
            .is_some_and(|last| last.ident == "Deserialize")
    };
    structure
        .attrs
        .iter_mut()
        .try_for_each(|attribute| derives(attribute, |path| !is_reader(path), None))
}

/// The reader of a type.
pub(super) fn reader(structure: &ItemStruct) -> syn::Result<[ItemImpl; 2]> {
    let name = &structure.ident;
    let (rest, fields): (Vec<&Field>, Vec<&Field>) =
        structure.fields.iter().partition(|field| is_map(&field.ty));
    let idents: Vec<&Option<Ident>> = fields.iter().map(|field| &field.ident).collect();
    let texts = fields
        .iter()
        .map(|field| name_on_the_wire(field))
        .collect::<syn::Result<Vec<_>>>()?;
    let arms = idents
        .iter()
        .enumerate()
        .map(|(index, ident)| quote!(#index => crate::model::lenient::field(&mut #ident, &mut __object)?));
    let required: Vec<_> = fields
        .iter()
        .filter(|field| !is_option(&field.ty))
        .map(|field| &field.ident)
        .collect();
    let (begin, seed, other, end) = match rest.first().map(|field| &field.ident) {
        Some(rest) => (
            quote! {
                let mut #rest = ::std::collections::BTreeMap::new();
                let mut __name = ::std::string::String::new();
            },
            quote!(crate::model::lenient::Names::or(__NAMES, &mut __name)),
            quote! {
                if !crate::model::lenient::entry(&mut #rest, ::std::mem::take(&mut __name), &mut __object)? {
                    return crate::model::lenient::skip_object(__object);
                }
            },
            quote!(#rest,),
        ),
        None => (
            quote!(),
            quote!(crate::model::lenient::Names::new(__NAMES)),
            quote!(crate::model::lenient::skip(&mut __object)?),
            quote!(),
        ),
    };
    let check = (!required.is_empty()).then(|| {
        quote! { let (#(Some(#required),)*) = (#(#required,)*) else { return Ok(None) }; }
    });
    let is_empty = required.is_empty().then(|| {
        let rest = rest.iter().map(|field| &field.ident);
        let checks = idents
            .iter()
            .map(|ident| quote!(self.#ident.is_none()))
            .chain(rest.map(|rest| quote!(self.#rest.is_empty())));
        quote! { fn is_empty(&self) -> bool { #(#checks)&&* } }
    });
    let expected = expectation(structure, &required);
    let lenient = parse_quote! {
        impl crate::model::lenient::Lenient for #name {
            fn from_object<'de, A: ::serde::de::MapAccess<'de>>(mut __object: A) -> Result<Option<Self>, A::Error> {
                const __NAMES: &[&str] = &[#(#texts),*];
                #(let mut #idents = None;)*
                #begin
                while let Some(__field) = __object.next_key_seed(#seed)? {
                    match __field {
                        #(#arms,)*
                        _ => { #other }
                    }
                }
                #check
                Ok(Some(Self { #(#idents,)* #end }))
            }
            #is_empty
        }
    };
    let deserialize = parse_quote! {
        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::model::lenient::required(deserializer, #expected)
            }
        }
    };
    Ok([lenient, deserialize])
}

/// What the error says where the type cannot be read: the names of the fields it needs, and no values.
fn expectation(structure: &ItemStruct, required: &[&Option<Ident>]) -> String {
    let names: Vec<String> = required
        .iter()
        .map(|name| format!("`{}`", name.to_token_stream()))
        .collect();
    let object = format!("expected an object for {}", structure.ident);
    if names.is_empty() {
        object
    } else {
        format!("{object} with a readable {}", names.join(" and "))
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
