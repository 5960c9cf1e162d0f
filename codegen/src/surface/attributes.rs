//! Reads the attributes of an item.

use super::spec::one_line;
use quote::ToTokens as _;
use std::collections::BTreeSet;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, ExprLit, Lit, Meta, Token};

/// The traits that are derived.
pub(super) fn derives(attributes: &[Attribute]) -> Vec<String> {
    let lists = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("derive"));
    lists
        .flat_map(|list| metas(&list.meta))
        .filter_map(|meta| Some(meta.path().segments.last()?.ident.to_string()))
        .collect()
}

/// Whether there is such an attribute.
pub(super) fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident(name))
}

/// The documentation, in one line.
pub(super) fn docs(attributes: &[Attribute]) -> Option<String> {
    let lines: Vec<String> = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("doc"))
        .filter_map(|attribute| match &attribute.meta {
            Meta::NameValue(pair) => text(&pair.value),
            _ => None,
        })
        .collect();
    (!lines.is_empty()).then(|| one_line(lines.join("\n").trim()))
}

/// The settings of `#[serde(…)]`, or of `#[cfg_attr(…, schemars(…))]` without serde's derive: by their names, with their values by the last
/// name of a path.
pub(super) fn serde(attributes: &[Attribute]) -> BTreeSet<(String, String)> {
    let of_attribute = |attribute: &Attribute| match attribute.path().get_ident() {
        Some(name) if name == "serde" => metas(&attribute.meta),
        Some(name) if name == "cfg_attr" => metas(&attribute.meta)
            .iter()
            .filter(|meta| meta.path().is_ident("schemars"))
            .flat_map(metas)
            .collect(),
        _ => Vec::new(),
    };
    attributes
        .iter()
        .flat_map(of_attribute)
        .map(|meta| {
            let value = match &meta {
                Meta::NameValue(pair) => text(&pair.value).unwrap_or_default(),
                Meta::List(list) => list.tokens.to_string(),
                Meta::Path(_) => String::new(),
            };
            let name = meta.path().to_token_stream().to_string();
            (
                name,
                value.rsplit("::").next().unwrap_or_default().to_owned(),
            )
        })
        .collect()
}

fn text(value: &Expr) -> Option<String> {
    match value {
        Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) => Some(text.value()),
        _ => None,
    }
}

/// The list in the brackets of `name(…)`; `None` for any other attribute.
fn metas(meta: &Meta) -> Vec<Meta> {
    let Meta::List(list) = meta else {
        return Vec::new();
    };
    list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
        .map(|metas| metas.into_iter().collect())
        .unwrap_or_default()
}
