//! Reduces a method of progenitor's client to the facts of the spec: the request that it builds, and the type of its response.

use super::syntax::{first_argument, unknown_shape};
use quote::{ToTokens, format_ident, quote};
use syn::punctuated::Punctuated;
use syn::{Expr, ExprMacro, FnArg, ImplItemFn, Stmt, Token, Type, parse_quote};

/// Returns the method without the code that sends and decodes.
pub(super) fn adapt_method(method: ImplItemFn) -> syn::Result<ImplItemFn> {
    let name = &method.sig.ident;
    let query = query_names(&find_local(&method, "request")?).ok_or_else(|| {
        unknown_shape(&format!("`{name}` adds a query parameter in another form"))
    })?;
    let inputs = method.sig.inputs.iter().skip(1);
    let inputs = inputs.filter(|input| !query.contains(&argument_name(input)));
    let response = response_type(&method)?;
    let url = validate_segments(find_local(&method, "url")?)?;
    let built = find_local(&method, "request")?;
    let condition = match is_get(&built) {
        true => quote!(TakesCondition),
        false => quote!(NoCondition),
    };
    let request = strip_request(built);
    let operation = format_ident!("{}", name.to_string().to_uppercase());
    let decode = if matches!(&response, Type::Tuple(tuple) if tuple.elems.is_empty()) {
        quote!(RawResponse::empty)
    } else {
        quote!(RawResponse::json)
    };
    Ok(parse_quote! {
        pub(crate) fn #name<'a>(&'a self, #(#inputs),*) -> Result<Prepared<#response, #condition>, crate::error::error::Error> {
            let url = #url;
            let request = #request;
            Ok(Prepared::new(&operations::#operation, request, #decode))
        }
    })
}

/// Returns `T` of `Result<ResponseValue<T>, …>`, progenitor's type of a result.
pub(super) fn response_type(method: &ImplItemFn) -> syn::Result<Type> {
    let error = || {
        unknown_shape(&format!(
            "`{}` does not return `Result<ResponseValue<_>, _>`",
            method.sig.ident
        ))
    };
    let syn::ReturnType::Type(_, output) = &method.sig.output else {
        return Err(error());
    };
    let value = first_argument(output).ok_or_else(error)?;
    first_argument(value).cloned().ok_or_else(error)
}

/// Returns the value that `let NAME = …;` or `let mut NAME = …;` binds.
fn find_local(method: &ImplItemFn, name: &str) -> syn::Result<Expr> {
    method
        .block
        .stmts
        .iter()
        .find_map(|statement| match statement {
            Stmt::Local(local) => match &local.pat {
                syn::Pat::Ident(pattern) if pattern.ident == name => {
                    Some(*local.init.clone()?.expr)
                }
                _ => None,
            },
            _ => None,
        })
        .ok_or_else(|| unknown_shape(&format!("`{}` has no `let {name}`", method.sig.ident)))
}

/// Turns `format!(…, encode_path(&x.to_string()))` into `format!(…, path_segment("x", &x)?)`, because `path_segment` refuses text that a
/// URL cannot carry.
fn validate_segments(mut built: Expr) -> syn::Result<Expr> {
    if let Expr::Macro(ExprMacro { mac, .. }) = &mut built {
        let mut arguments = mac.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated)?;
        for argument in &mut arguments {
            if let Expr::Call(call) = argument
                && call.func.to_token_stream().to_string() == "encode_path"
                && let Some(Expr::Reference(reference)) = call.args.first()
                && let Expr::MethodCall(to_string) = &*reference.expr
            {
                let value = &to_string.receiver;
                let name = value.to_token_stream().to_string();
                *argument = parse_quote!(path_segment(#name, &#value)?);
            }
        }
        mac.tokens = arguments.into_token_stream();
    }
    Ok(built)
}

/// Whether a request begins with `self.client.get(…)`: only a GET takes a condition.
fn is_get(built: &Expr) -> bool {
    match built {
        Expr::Try(tried) => is_get(&tried.expr),
        Expr::MethodCall(call) => match &*call.receiver {
            Expr::Field(_) => call.method == "get",
            receiver => is_get(receiver),
        },
        _ => false,
    }
}

/// Returns the names of the query parameters, which are arguments of progenitor's method; `None` if progenitor adds one in another form.
fn query_names(built: &Expr) -> Option<Vec<String>> {
    match built {
        Expr::Try(tried) => query_names(&tried.expr),
        Expr::MethodCall(call) => {
            let mut names = query_names(&call.receiver)?;
            if call.method == "query" {
                let Some(Expr::Reference(reference)) = call.args.first() else {
                    return None;
                };
                let Expr::Call(parameter) = &*reference.expr else {
                    return None;
                };
                let Some(Expr::Reference(value)) = parameter.args.last() else {
                    return None;
                };
                names.push(value.expr.to_token_stream().to_string());
            }
            Some(names)
        }
        _ => Some(Vec::new()),
    }
}

/// Returns the name of an argument.
fn argument_name(input: &FnArg) -> String {
    match input {
        FnArg::Typed(argument) => argument.pat.to_token_stream().to_string(),
        FnArg::Receiver(_) => String::new(),
    }
}

/// Removes the headers and the query parameters. The handwritten code sets both: query parameters are options of a call, and a caller
/// chooses them after this method has returned.
fn strip_request(built: Expr) -> Expr {
    match built {
        Expr::Try(mut tried) => {
            *tried.expr = strip_request(*tried.expr);
            Expr::Try(tried)
        }
        Expr::MethodCall(call)
            if ["header", "headers", "query"]
                .iter()
                .any(|name| call.method == name) =>
        {
            strip_request(*call.receiver)
        }
        Expr::MethodCall(mut call) => {
            *call.receiver = strip_request(*call.receiver);
            Expr::MethodCall(call)
        }
        other => other,
    }
}
