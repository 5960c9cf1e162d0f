//! The sheet of one type.

use super::facts::Facts;
use super::spec::{in_words, known_values, marks, object, prose, yes_or_no};
use super::tidy;
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
        if generated.is_some() {
            "generated"
        } else {
            "handwritten"
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
        facts.add(
            "non-exhaustive",
            yes_or_no(tidy::is_non_exhaustive(generated)),
        );
    } else {
        facts.add("json", in_words(schema));
        facts.add("secret", yes_or_no(schema["format"] == "password"));
        facts.add_some("known values", known_values(schema));
    }
    facts.add_some("description", prose(&schema["description"]));
    fields(&mut facts, spec, schema, generated);
    if let Some(rest) = schema.get("additionalProperties") {
        facts.add("further fields", in_words(rest));
    }
    facts
}

fn fields(facts: &mut Facts, spec: &Value, schema: &Value, generated: Option<&syn::ItemStruct>) {
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
        value.extend(
            field
                .and_then(|field| field.reading.clone())
                .map(|reading| format!("read by {reading}")),
        );
        facts.add(format!("field {name}"), value.join(", "));
        facts.add_some(
            format!("about field {name}"),
            prose(&property["description"]),
        );
    }
}
