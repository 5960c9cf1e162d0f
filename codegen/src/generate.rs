//! Runs progenitor on the linted spec, and the passes on progenitor's output.

use crate::{diagnostic::Diagnostic, lint, passes, prose, yaml::Node};
use openapiv3::OpenAPI;
use progenitor_impl::{GenerationSettings, Generator};

/// The release of progenitor-impl whose output the passes are known to fit.
pub const PROGENITOR: &str = "0.15.1";

/// The source of the generated module, formatted.
pub fn client(document: &Node) -> Result<String, Vec<Diagnostic>> {
    let mut spec = document.to_json();
    prose::fold(&mut spec);
    let api: OpenAPI = serde_json::from_value(spec)
        .map_err(|error| foreign("openapiv3 cannot read the document", &error))?;
    let mut settings = GenerationSettings::default();
    settings.with_map_type("::std::collections::BTreeMap");
    for name in lint::place::HANDWRITTEN {
        settings.with_replacement(
            name,
            format!("crate::{}::{name}", owner(name)),
            std::iter::empty(),
        );
    }
    let tokens = Generator::new(&settings)
        .generate_tokens(&api)
        .map_err(|error| foreign("progenitor refuses the document", &error))?;
    let file =
        syn::parse2(tokens).map_err(|error| foreign("progenitor's output is not Rust", &error))?;
    let file = passes::apply(file).map_err(|error| {
        let stage = format!("codegen/src/passes.rs knows what progenitor-impl {PROGENITOR} writes, and this is other code");
        foreign(&stage, &error)
    })?;
    Ok(format!(
        "// Generated from openapi/ghes-oauth.yaml by progenitor and the passes of codegen/src/passes.rs.\n\
         // To see it: cargo xtask show. To change it: edit the spec, then cargo xtask regen.\n{}",
        prettyplease::unparse(&file)
    ))
}

/// Returns the client's module that owns a handwritten type.
fn owner(name: &str) -> &'static str {
    match name {
        "AuthorizationId" | "GrantId" => "model::id",
        "PermissionLevel" => "model::permission",
        "Timestamp" => "model::timestamp",
        _ => "secret::newtypes",
    }
}

/// An error that lint should have reported. It names the stage, so that somebody can write the missing rule.
fn foreign(stage: &str, error: &dyn std::fmt::Display) -> Vec<Diagnostic> {
    vec![Diagnostic {
        line: 1,
        operation: None,
        what: format!("{stage}: {error}"),
        help: "if the spec is wrong, codegen/src/lint.rs has no rule for it; after an upgrade of progenitor-impl, adapt codegen/src/passes.rs"
            .to_owned(),
    }]
}
