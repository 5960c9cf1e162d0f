//! Types and signatures by their last names, without paths and lifetimes.

use quote::ToTokens as _;
use syn::{FnArg, GenericArgument, PathArguments, ReturnType, Signature, Type};

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

pub(super) fn arguments(signature: &Signature) -> impl Iterator<Item = (String, String)> {
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
