//! Writes the operations table as Rust, for the client.

use crate::table::{self, Deprecation, Operation, Parameter, camel, option};
use crate::versions::{self, Version};
use crate::yaml::Node;
use std::collections::BTreeMap;

/// Returns the table as Rust: a constant for each operation and query parameter, the list of all operations, and the texts for rustdoc.
pub fn render(document: &Node) -> String {
    let operations = table::operations(document);
    let mut out = String::from(
        "// Generated from openapi/ghes-oauth.yaml by codegen/src/table.rs; see cargo xtask ops.\n",
    );
    for operation in &operations {
        render_operation(&mut out, operation);
    }
    let names: Vec<String> = operations
        .iter()
        .map(|operation| format!("&{}", operation.function().to_uppercase()))
        .collect();
    out += &format!(
        "pub(crate) static ALL: [&Operation; {}] = [{}];\n",
        names.len(),
        names.join(", ")
    );
    render_versions(&mut out, &versions::known(document));
    let parameters = operations.iter().flat_map(|operation| &operation.query);
    let parameters: BTreeMap<&str, &Parameter> = parameters
        .map(|parameter| (parameter.component.as_str(), parameter))
        .collect();
    let parameters: Vec<&Parameter> = parameters.into_values().collect();
    render_documentation(&mut out, &operations, &parameters);
    render_parameters(&mut out, &parameters);
    out
}

/// The query parameters, each under the name of its component: one that the spec renames is sent under its new name.
fn render_parameters(out: &mut String, parameters: &[&Parameter]) {
    out.push_str("pub(crate) mod parameters {\n    use crate::model::operation::Parameter;\n");
    for parameter in parameters {
        *out += &format!(
            "    pub(crate) static {}: Parameter = Parameter {{ name: {:?}, minimum: {:?}, maximum: {:?} }};\n",
            constant(&parameter.component),
            parameter.name,
            parameter.bounds.0,
            parameter.bounds.1
        );
    }
    out.push_str("}\n");
}

/// `PerPage` as `PER_PAGE`.
fn constant(component: &str) -> String {
    let mut name = String::new();
    for (at, letter) in component.chars().enumerate() {
        if at > 0 && letter.is_ascii_uppercase() {
            name.push('_');
        }
        name.push(letter.to_ascii_uppercase());
    }
    name
}

/// The rustdoc of an operation, or of an option of a call.
fn render_documentation(out: &mut String, operations: &[Operation], parameters: &[&Parameter]) {
    out.push_str("macro_rules! documentation {\n");
    for operation in operations {
        let text = format!(
            "{}\n\n{}\n\n**Availability:** {}. [GitHub's page]({})",
            operation.summary,
            operation.description,
            operation.availability(),
            operation.docs_url
        );
        *out += &format!("    ({}) => {{ {text:?} }};\n", operation.function());
    }
    for parameter in parameters {
        let text = format!("{}{}", parameter.description, limits(parameter));
        *out += &format!("    ({}) => {{ {text:?} }};\n", parameter.component);
    }
    out.push_str("}\npub(crate) use documentation;\n");
}

/// The sentence about bounds, default and versions of a parameter, as far as it has them.
fn limits(parameter: &Parameter) -> String {
    let bounds = match parameter.bounds {
        (Some(least), Some(greatest)) => Some(format!("a number from {least} to {greatest}")),
        (Some(least), None) => Some(format!("a number from {least} on")),
        (None, Some(greatest)) => Some(format!("a number up to {greatest}")),
        (None, None) => None,
    };
    let default = parameter
        .default
        .map(|default| format!("{default} by default"));
    let since = parameter.since.as_ref();
    let since = since.map(|since| format!("ignored by GHES before {since}"));
    let parts: Vec<String> = [bounds, default, since].into_iter().flatten().collect();
    match parts.is_empty() {
        true => String::new(),
        false => format!("\n\nIt is {}.", parts.join(", ")),
    }
}

fn render_versions(out: &mut String, versions: &[(Version, Version)]) {
    let (major, minor) = versions.last().map_or((0, 0), |(_, newest)| *newest);
    let ranges: Vec<String> = versions
        .iter()
        .map(|(first, last)| format!("({}, {}..={})", first.0, first.1, last.1))
        .collect();
    *out += &format!(
        "impl GhesVersion {{\n    /// The newest version that this release of the crate knows.\n    \
             pub const NEWEST: Self = Self::new({major}, {minor});\n\n    \
             /// Returns every version that this release of the crate knows, the oldest first.\n    \
             pub fn known() -> impl Iterator<Item = Self> {{\n        \
             let majors = [{}];\n        \
             majors.into_iter().flat_map(|(major, minors)| minors.map(move |minor| Self::new(major, minor)))\n    }}\n}}\n",
        ranges.join(", ")
    );
}

fn render_operation(out: &mut String, operation: &Operation) {
    let deprecation = operation.deprecation.as_ref();
    let deprecation = option(deprecation.map(|Deprecation { note, replaced_by }| {
        let replaced_by = Some(replaced_by).filter(|id| *id != "web-flow");
        format!("Deprecation {{ note: {note:?}, replaced_by: {replaced_by:?} }}")
    }));
    let since = option(operation.since.as_deref().map(version));
    let until = option(operation.until.as_deref().map(version));
    let preview = operation.preview.as_ref();
    let preview =
        option(preview.map(|(media_type, until)| format!("({media_type:?}, {})", version(until))));
    *out += &format!(
        "pub(crate) static {}: Operation = Operation {{ id: {:?}, name: {:?}, method: {:?}, path: {:?}, summary: {:?}, \
             credentials: CredentialKind::{}, since: {since}, until: {until}, preview: {preview}, on_github_com: {}, idempotency: Idempotency::{}, \
             docs_url: {:?}, deprecation: {deprecation} }};\n",
        operation.function().to_uppercase(),
        operation.id,
        operation.name(),
        operation.method,
        operation.path,
        operation.summary,
        camel(&operation.credentials),
        operation.github_com,
        camel(&operation.idempotency),
        operation.docs_url
    );
}

fn version(text: &str) -> String {
    format!("GhesVersion::new({})", text.replace('.', ", "))
}

#[cfg(test)]
mod tests {
    use crate::lint;

    #[test]
    fn the_spec_decides_how_a_parameter_is_sent_refused_and_shown() {
        let spec = include_str!("../../../openapi/ghes-oauth.yaml")
            .replace("name: per_page", "name: page_size")
            .replace("x-maximum: 100", "x-maximum: 50");
        let document = lint::read(&spec).expect("the spec is without errors");
        let table = super::render(&document);
        assert!(
            table.contains(
                r#"static PER_PAGE: Parameter = Parameter { name: "page_size", minimum: Some(1), maximum: Some(50) };"#
            ),
            "{table}"
        );
        let shown = r#"(PerPage) => { "Sets how many entries a page holds.\n\nIt is a number from 1 to 50, 30 by default." };"#;
        assert!(table.contains(shown), "{table}");
    }
}
