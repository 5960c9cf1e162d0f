//! Writes the operations table of the fake, its only knowledge of the spec.
//!
//! The fake depends neither on the client nor on this generator, so the table is committed as [`PATH`].

use crate::table::{Field, Operation, Parameter, camel, option};

/// Where the table is committed, seen from the root of the repository.
pub const PATH: &str = "fake/src/spec/generated.rs";

/// The table as Rust: an enum of the operations, and a row for each, which its `spec` method returns.
pub fn render(operations: &[Operation]) -> String {
    let variants = variants(operations);
    let mut out = String::from(
        "// Generated from openapi/ghes-oauth.yaml. To change it: edit the spec, then cargo xtask regen.\n\n\
         use crate::spec::row::{Credentials, Field, Parameter, Spec};\n\
         use crate::spec::version::Version;\n\n\
         /// An operation of the API, named after GitHub's operation id.\n\
         #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]\n\
         #[non_exhaustive]\n\
         pub enum Operation {\n",
    );
    for (operation, variant) in operations.iter().zip(&variants) {
        out += &format!(
            "    /// `{}`: `{} {}`; {}.\n    {variant},\n",
            operation.id,
            operation.method,
            operation.path,
            operation.availability()
        );
    }
    out.push_str("}\n\nimpl Operation {\n    /// All operations, in the order of the spec.\n    pub const ALL: &[Self] = &[\n");
    for variant in &variants {
        out += &format!("        Self::{variant},\n");
    }
    out.push_str(
        "    ];\n\n    pub(crate) fn spec(self) -> &'static Spec {\n        &TABLE[self as usize]\n    }\n}\n",
    );
    out += &format!("\nstatic TABLE: [Spec; {}] = [\n", operations.len());
    for operation in operations {
        out.push_str("    Spec {\n");
        render_row(&mut out, operation);
        out.push_str("    },\n");
    }
    out.push_str("];\n");
    out
}

/// The name of each operation's variant: the client's method, or the whole id if two operations have the same method name.
fn variants(operations: &[Operation]) -> Vec<String> {
    let name = |operation: &Operation| {
        let name = operation.name();
        let namesakes = operations
            .iter()
            .filter(|other| other.name() == name)
            .count();
        if namesakes == 1 {
            camel(&name)
        } else {
            camel(&operation.id)
        }
    };
    operations.iter().map(name).collect()
}

fn render_row(out: &mut String, operation: &Operation) {
    let mut field = |name: &str, value: &dyn std::fmt::Display| {
        *out += &format!("        {name}: {value},\n");
    };
    let quoted = |text: &str| format!("{text:?}");
    field("id", &quoted(&operation.id));
    field("method", &quoted(&operation.method));
    field("path", &quoted(&operation.path));
    field(
        "credentials",
        &format!("Credentials::{}", camel(&operation.credentials)),
    );
    field("since", &option(operation.since.as_deref().map(version)));
    field("until", &option(operation.until.as_deref().map(version)));
    field("on_github_com", &operation.github_com);
    field("deprecated", &operation.deprecation.is_some());
    field("docs_url", &quoted(&operation.docs_url));
    field("query", &list(operation.query.iter().map(parameter)));
    field("fields", &list(operation.fields.iter().map(body_field)));
}

fn parameter(parameter: &Parameter) -> String {
    let Parameter {
        name,
        since,
        default,
        ..
    } = parameter;
    let since = option(since.as_deref().map(version));
    format!("Parameter {{ name: {name:?}, since: {since}, default: {default:?} }}")
}

fn body_field(field: &Field) -> String {
    let Field {
        name,
        required,
        nullable,
        kind,
        max_length,
        keys,
    } = field;
    format!(
        "Field {{ name: {name:?}, required: {required}, nullable: {nullable}, kind: {:?}, max_length: {max_length:?}, keys: &{keys:?} }}",
        kind.to_lowercase(),
    )
}

/// An array, with one item a line.
fn list(items: impl Iterator<Item = String>) -> String {
    let items: String = items.map(|item| format!("            {item},\n")).collect();
    if items.is_empty() {
        "&[]".to_owned()
    } else {
        format!("&[\n{items}        ]")
    }
}

fn version(text: &str) -> String {
    format!("Version::new({})", text.replace('.', ", "))
}
