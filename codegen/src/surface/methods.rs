//! The handwritten methods of the two clients, and how they must agree with the operations.

use super::signature::{signature, ty};
use crate::table::Operation;
use syn::{Attribute, Expr, ExprLit, ImplItem, Item, Lit, Meta};

/// The handwritten files with the methods of operations, and the client that each implements.
pub const METHODS: [(&str, &str); 5] = [
    ("src/api/oauth_app.rs", "OAuthApp"),
    ("src/api/revocation.rs", "OAuthApp"),
    ("src/api/authorizations.rs", "Authorizations"),
    ("src/api/leaked.rs", "Server"),
    ("src/api/path_tokens.rs", "OAuthApp"),
];

/// A public method that calls an operation: its documentation is the operation's.
pub(super) struct Method {
    /// `OAuthApp` or `Authorizations`.
    pub(super) client: String,
    /// `check_token`.
    pub(super) name: String,
    /// The generated method that its documentation names: `apps_check_token`.
    pub(super) function: String,
    /// `pub fn OAuthApp::check_token(&self, token: &AccessToken) -> Call<Option<Authorization>>`
    pub(super) signature: String,
    /// The note of `#[deprecated]`; empty if the attribute has none.
    pub(super) deprecated: Option<String>,
}

/// The methods of the clients.
pub(super) fn read(sources: [&str; 5]) -> Result<Vec<Method>, String> {
    let mut all = Vec::new();
    for ((path, _), text) in METHODS.into_iter().zip(sources) {
        all.extend(methods(text).map_err(|error| {
            format!("error: {path} is not Rust: {error}\n  = help: cargo check names the place")
        })?);
    }
    Ok(all)
}

/// Returns the errors of the methods, each with its help.
pub(super) fn errors(operations: &[Operation], methods: &[Method]) -> Vec<String> {
    let mut errors = Vec::new();
    for operation in operations {
        let (id, name, client) = (&operation.id, operation.name(), operation.client());
        let found: Vec<&Method> = methods
            .iter()
            .filter(|method| method.function == operation.function())
            .collect();
        let [method] = found[..] else {
            let many = if found.is_empty() {
                "no method"
            } else {
                "more than one method"
            };
            errors.push(error(
                id,
                &format!("{many} of {client} calls it"),
                &format!(
                    "document one with `#[doc = documentation!({})]`",
                    operation.function()
                ),
            ));
            continue;
        };
        if method.name != name || method.client != client {
            let what = format!("its method is {}::{}", method.client, method.name);
            errors.push(error(id, &what, &format!("call it {client}::{name}")));
        }
        let note = operation
            .deprecation
            .as_ref()
            .map(|deprecation| &deprecation.note);
        if method.deprecated.as_ref() != note {
            let wanted = note.map_or("remove `#[deprecated]`".to_owned(), |note| {
                format!("write `#[deprecated(note = {note:?})]`")
            });
            errors.push(error(
                id,
                &format!("{client}::{name} is not deprecated as the spec says"),
                &wanted,
            ));
        }
    }
    for method in methods {
        if !operations
            .iter()
            .any(|operation| operation.function() == method.function)
        {
            let method_name = format!("{}::{}", method.client, method.name);
            errors.push(error(
                &method_name,
                &format!("the spec has no operation `{}`", method.function),
                "remove the method, or fix the name",
            ));
        }
    }
    errors
}

/// Returns the methods in one handwritten file.
fn methods(source: &str) -> syn::Result<Vec<Method>> {
    let file = syn::parse_file(source)?;
    let mut methods = Vec::new();
    for item in file.items {
        let Item::Impl(block) = item else { continue };
        let client = ty(&block.self_ty);
        for item in block.items {
            let ImplItem::Fn(method) = item else { continue };
            if let (syn::Visibility::Public(_), Some(function)) =
                (&method.vis, method.attrs.iter().find_map(documented))
            {
                methods.push(Method {
                    name: method.sig.ident.to_string(),
                    function,
                    signature: signature(&client, &method.sig),
                    deprecated: method.attrs.iter().find_map(deprecated),
                    client: client.clone(),
                });
            }
        }
    }
    Ok(methods)
}

/// Formatted like the linter's messages.
fn error(subject: &str, what: &str, help: &str) -> String {
    format!("error: {subject}: {what}\n  = help: {help}")
}

/// `NAME` of `#[doc = documentation!(NAME)]`.
fn documented(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else {
        return None;
    };
    match &pair.value {
        Expr::Macro(call) if call.mac.path.is_ident("documentation") => {
            Some(call.mac.tokens.to_string())
        }
        _ => None,
    }
}

fn deprecated(attribute: &Attribute) -> Option<String> {
    if !attribute.path().is_ident("deprecated") {
        return None;
    }
    let mut note = String::new();
    // The compiler refuses any setting other than a note and `since`.
    let _ = attribute.parse_nested_meta(|meta| {
        let Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) = meta.value()?.parse()?
        else {
            return Ok(());
        };
        if meta.path.is_ident("note") {
            note = text.value();
        }
        Ok(())
    });
    Some(note)
}
