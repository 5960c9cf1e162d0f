//! Rust without what is noise to a reader: paths, lifetimes, attributes, layout.

use quote::ToTokens as _;
use std::collections::{BTreeMap, BTreeSet};
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Expr, FnArg, GenericArgument, ImplItem, Item, ItemStruct, Lit, Meta, PathArguments,
    ReturnType, Signature, Token, Type, UseTree,
};

/// The generated code by name.
pub(super) struct Code {
    pub(super) functions: BTreeMap<String, Signature>,
    pub(super) structs: BTreeMap<String, ItemStruct>,
    /// The traits that each struct has, derived or not.
    pub(super) traits: BTreeMap<String, BTreeSet<String>>,
}

impl Code {
    pub(super) fn parse(client: &str) -> syn::Result<Self> {
        let mut code = Self {
            functions: BTreeMap::new(),
            structs: BTreeMap::new(),
            traits: BTreeMap::new(),
        };
        for item in syn::parse_file(client)?.items {
            match item {
                Item::Impl(block) => {
                    let functions = block.items.into_iter().filter_map(|item| match item {
                        ImplItem::Fn(function) => {
                            Some((function.sig.ident.to_string(), function.sig))
                        }
                        _ => None,
                    });
                    code.functions.extend(functions);
                }
                Item::Mod(module) => module
                    .content
                    .into_iter()
                    .flat_map(|(_, items)| items)
                    .for_each(|item| code.add_type(item)),
                _ => {}
            }
        }
        Ok(code)
    }

    fn add_type(&mut self, item: Item) {
        match item {
            Item::Struct(structure) => {
                let name = structure.ident.to_string();
                self.traits
                    .entry(name.clone())
                    .or_default()
                    .extend(derives(&structure));
                self.structs.insert(name, structure);
            }
            // `lenient::deserialize!(Type, "…")` implements serde's trait.
            Item::Macro(call)
                if call
                    .mac
                    .path
                    .segments
                    .last()
                    .is_some_and(|last| last.ident == "deserialize") =>
            {
                let tokens = call.mac.tokens.to_string();
                let name = tokens
                    .split(',')
                    .next()
                    .unwrap_or_default()
                    .trim()
                    .to_owned();
                let traits = self.traits.entry(name).or_default();
                traits.insert("Deserialize".to_owned());
            }
            Item::Impl(block) => {
                // A trait of the crate's own is not part of what users see.
                let name = block
                    .trait_
                    .iter()
                    .filter(|(path, _)| {
                        path.segments
                            .first()
                            .is_none_or(|first| first.ident != "crate" && first.ident != "lenient")
                    })
                    .filter_map(|(path, _)| path.segments.last())
                    .map(|segment| segment.ident.to_string());
                self.traits
                    .entry(ty(&block.self_ty))
                    .or_default()
                    .extend(name);
            }
            _ => {}
        }
    }
}

/// A generated method: its arguments, and the type of what it responses.
#[derive(Default)]
pub(super) struct Call {
    pub(super) arguments: Vec<(String, String)>,
    pub(super) response: Option<String>,
}

impl Call {
    pub(super) fn of(signature: Option<&Signature>) -> Self {
        let Some(signature) = signature else {
            return Self::default();
        };
        let response = match &signature.output {
            // `T` of `Result<Prepared<T>, Error>`.
            ReturnType::Type(_, output) => first_argument(output).and_then(first_argument).map(ty),
            ReturnType::Default => None,
        };
        Self {
            arguments: arguments(signature).collect(),
            response,
        }
    }

    pub(super) fn argument(&self, name: &str) -> Option<&String> {
        self.arguments
            .iter()
            .find(|(argument, _)| argument == name)
            .map(|(_, ty)| ty)
    }
}

/// A field of a generated struct.
pub(super) struct Field {
    pub(super) rust_name: String,
    pub(super) ty: String,
    /// The function that reads it, where that is none of serde's.
    pub(super) reading: Option<String>,
}

/// The fields by their names in JSON.
pub(super) fn fields(structure: &ItemStruct) -> BTreeMap<String, Field> {
    let fields = structure.fields.iter().filter_map(|field| {
        let rust_name = field.ident.as_ref()?.to_string();
        let name = serde(&field.attrs, "rename").unwrap_or_else(|| rust_name.clone());
        let reading = serde(&field.attrs, "deserialize_with")
            .map(|path| path.rsplit("::").next().unwrap_or_default().to_owned());
        Some((
            name,
            Field {
                rust_name,
                ty: ty(&field.ty),
                reading,
            },
        ))
    });
    fields.collect()
}

fn derives(structure: &ItemStruct) -> impl Iterator<Item = String> {
    let lists = structure
        .attrs
        .iter()
        .filter(|attribute| attribute.path().is_ident("derive"));
    lists
        .flat_map(|list| metas(&list.meta))
        .filter_map(|meta| Some(meta.path().segments.last()?.ident.to_string()))
}

pub(super) fn is_non_exhaustive(structure: &ItemStruct) -> bool {
    structure
        .attrs
        .iter()
        .any(|attribute| attribute.path().is_ident("non_exhaustive"))
}

/// What `lib.rs` shows to users, by paths such as `generated::types::Authorization`.
pub(super) fn exported(lib: &str) -> syn::Result<BTreeSet<String>> {
    let mut paths = BTreeSet::new();
    for item in syn::parse_file(lib)?.items {
        if let Item::Use(item) = item
            && matches!(item.vis, syn::Visibility::Public(_))
        {
            leaves(&item.tree, "", &mut paths);
        }
    }
    Ok(paths)
}

fn leaves(tree: &UseTree, prefix: &str, paths: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => leaves(&path.tree, &format!("{prefix}{}::", path.ident), paths),
        UseTree::Name(name) => drop(paths.insert(format!("{prefix}{}", name.ident))),
        UseTree::Group(group) => group
            .items
            .iter()
            .for_each(|tree| leaves(tree, prefix, paths)),
        _ => {}
    }
}

/// `pub fn OAuthApp::check_token(&self, token: &AccessToken) -> Call<()>`
pub(super) fn signature(client: &str, signature: &Signature) -> String {
    let by_reference =
        |receiver: &syn::Receiver| matches!(receiver.kind, syn::ReceiverKind::Reference(..));
    let receiver = signature.receiver().map(|receiver| {
        if by_reference(receiver) {
            "&self"
        } else {
            "self"
        }
        .to_owned()
    });
    let arguments: Vec<String> = receiver
        .into_iter()
        .chain(arguments(signature).map(|(name, ty)| format!("{name}: {ty}")))
        .collect();
    let output = match &signature.output {
        ReturnType::Default => String::new(),
        ReturnType::Type(_, output) => format!(" -> {}", ty(output)),
    };
    let keyword = if signature.asyncness.is_some() {
        "async fn"
    } else {
        "fn"
    };
    format!(
        "pub {keyword} {client}::{}({}){output}",
        signature.ident,
        arguments.join(", ")
    )
}

fn arguments(signature: &Signature) -> impl Iterator<Item = (String, String)> {
    signature
        .inputs
        .iter()
        .filter_map(|argument| match argument {
            FnArg::Typed(argument) => {
                Some((argument.pat.to_token_stream().to_string(), ty(&argument.ty)))
            }
            FnArg::Receiver(_) => None,
        })
}

/// A type by its last names: `Option<Vec<String>>`.
pub(super) fn ty(node: &Type) -> String {
    match node {
        Type::Path(path) => path.path.segments.last().map(segment).unwrap_or_default(),
        Type::Reference(reference) => format!(
            "&{}{}",
            if reference.mutability.is_some() {
                "mut "
            } else {
                ""
            },
            ty(&reference.elem)
        ),
        Type::Tuple(tuple) => format!(
            "({})",
            tuple.elems.iter().map(ty).collect::<Vec<_>>().join(", ")
        ),
        Type::Slice(slice) => format!("[{}]", ty(&slice.elem)),
        other => other.to_token_stream().to_string(),
    }
}

fn segment(segment: &syn::PathSegment) -> String {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return segment.ident.to_string();
    };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(inner) => Some(ty(inner)),
        _ => None,
    });
    let types: Vec<String> = types.collect();
    if types.is_empty() {
        segment.ident.to_string()
    } else {
        format!("{}<{}>", segment.ident, types.join(", "))
    }
}

fn first_argument(outer: &Type) -> Option<&Type> {
    let Type::Path(path) = outer else { return None };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else {
        return None;
    };
    match arguments.args.first()? {
        GenericArgument::Type(inner) => Some(inner),
        _ => None,
    }
}

/// `VALUE` of `#[serde(KEY = "VALUE")]`, or of `#[cfg_attr(…, schemars(KEY = "VALUE"))]` where the code reads without serde's derive.
fn serde(attributes: &[Attribute], key: &str) -> Option<String> {
    let of_attribute = |attribute: &Attribute| match attribute.path().get_ident() {
        Some(name) if name == "serde" => metas(&attribute.meta),
        Some(name) if name == "cfg_attr" => metas(&attribute.meta).iter().flat_map(metas).collect(),
        _ => Vec::new(),
    };
    attributes
        .iter()
        .flat_map(of_attribute)
        .find_map(|meta| match meta {
            Meta::NameValue(pair) if pair.path.is_ident(key) => match pair.value {
                Expr::Lit(syn::ExprLit {
                    lit: Lit::Str(text),
                    ..
                }) => Some(text.value()),
                _ => None,
            },
            _ => None,
        })
}

/// What stands in the brackets of `name(…)`; the code compiles, so what is no list of such has nothing to say here.
fn metas(meta: &Meta) -> Vec<Meta> {
    let Meta::List(list) = meta else {
        return Vec::new();
    };
    list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
        .map(|metas| metas.into_iter().collect())
        .unwrap_or_default()
}
