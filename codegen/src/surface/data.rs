//! The sheet of one type.

use super::facts::Facts;
use super::spec::{in_words, known_values, marks, max_length, object, prose, yes_or_no};
use super::{attributes, tidy};
use crate::lint::place::HANDWRITTEN;
use serde_json::Value;
use std::collections::BTreeSet;

pub(super) fn facts(
    spec: &Value,
    name: &str,
    code: &tidy::Code,
    role: Option<&String>,
    exported: &BTreeSet<String>,
) -> Facts {
    let schema = &spec["components"]["schemas"][name];
    // None for a type that is handwritten.
    let generated = code.structs.get(name);
    // The crate has an `Error` of its own beside the generated one.
    let is_it = |path: &String| {
        path.rsplit("::").next() == Some(name)
            && path.starts_with("generated::") == generated.is_some()
    };
    let mut facts = Facts::default();
    facts.add(
        "rust",
        if HANDWRITTEN.contains(&name) {
            "handwritten"
        } else {
            "generated"
        },
    );
    facts.add("exported", yes_or_no(exported.iter().any(is_it)));
    facts.add("used in", role.map_or("no operation", String::as_str));
    if let Some(generated) = generated {
        let traits: Vec<&str> = code
            .traits
            .get(name)
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        facts.add("traits", traits.join(", "));
        let attrs = &generated.attrs;
        facts.add(
            "non-exhaustive",
            yes_or_no(attributes::has(attrs, "non_exhaustive")),
        );
        if !matches!(generated.vis, syn::Visibility::Public(_)) {
            facts.add("public", "no");
        }
        if attributes::has(attrs, "deprecated") {
            facts.add("deprecated", "in Rust");
        }
        facts.add_some("serde", attributes::in_words(&attributes::serde(attrs)));
        facts.add("read", reading(name, code));
    } else {
        facts.add("json", in_words(schema));
        facts.add("secret", yes_or_no(schema["format"] == "password"));
        facts.add_some("known values", known_values(schema));
        facts.add_some("max length", max_length(spec, schema));
    }
    let description = prose(&schema["description"]);
    let docs = generated.and_then(|generated| attributes::docs(&generated.attrs));
    facts.add_some("description", description.clone());
    if generated.is_some() && docs != description {
        facts.add("rust docs", docs.unwrap_or_default());
    }
    fields(&mut facts, spec, schema, generated, code.readers.get(name));
    if let Some(rest) = schema.get("additionalProperties") {
        facts.add("further fields", in_words(rest));
    }
    facts
}

/// How the type is read: by serde's derive, or field by field.
fn reading(name: &str, code: &tidy::Code) -> &'static str {
    let traits = code.traits.get(name);
    let is_read = traits.is_some_and(|traits| traits.contains("Deserialize"));
    match (code.readers.contains_key(name), is_read) {
        (true, _) => "leniently, field by field",
        (false, true) => "by serde's derive",
        (false, false) => "never",
    }
}

fn fields(
    facts: &mut Facts,
    spec: &Value,
    schema: &Value,
    generated: Option<&syn::ItemStruct>,
    reader: Option<&BTreeSet<String>>,
) {
    let fields = generated.map(tidy::fields).unwrap_or_default();
    for (name, property) in object(&schema["properties"]) {
        let required = schema["required"]
            .as_array()
            .is_some_and(|required| required.iter().any(|required| required == name));
        let field = fields.get(name);
        let mut value = vec![field.map_or_else(|| in_words(property), |field| field.ty.clone())];
        value.push(if required { "required" } else { "optional" }.to_owned());
        value.extend(
            field
                .filter(|field| field.rust_name != *name)
                .map(|field| format!("called {}", field.rust_name)),
        );
        value.extend(marks(spec, property));
        if reader.is_some_and(|reader| !reader.contains(name)) {
            value.push("not read".to_owned());
        }
        if let Some(field) = field {
            value.extend((!field.is_public).then(|| "not public".to_owned()));
            value.extend(field.is_deprecated.then(|| "deprecated".to_owned()));
        }
        facts.add(format!("field {name}"), value.join(", "));
        facts.add_some(
            format!("serde of field {name}"),
            field.and_then(|field| field.serde.clone()),
        );
        let description = prose(&property["description"]);
        facts.add_some(format!("about field {name}"), description.clone());
        let docs = field.and_then(|field| field.docs.clone());
        if description.is_some() && field.is_some() && docs != description {
            facts.add(
                format!("rust docs of field {name}"),
                docs.unwrap_or_default(),
            );
        }
    }
}
