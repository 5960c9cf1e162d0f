//! The sheet of one type.

use super::sheet::{Aspect, Mark, Part, Sheet, Value};
use super::spec::{in_words, known_values, marks, max_length, object, prose};
use super::{attributes, code};
use crate::lint::place::HANDWRITTEN;
use serde_json::Value as Json;
use std::collections::BTreeSet;

pub(super) fn sheet(
    spec: &Json,
    name: &str,
    code: &code::Code,
    roles: Option<&BTreeSet<String>>,
    exported: &BTreeSet<String>,
) -> Sheet {
    let schema = &spec["components"]["schemas"][name];
    // `None` for a handwritten type.
    let generated = code.structs.get(name);
    // The crate has a handwritten `Error` beside the generated one.
    let is_it = |path: &String| {
        path.rsplit("::").next() == Some(name)
            && path.starts_with("generated::") == generated.is_some()
    };
    let mut sheet = Sheet::default();
    sheet.say(
        "rust",
        if HANDWRITTEN.contains(&name) {
            "handwritten"
        } else {
            "generated"
        },
    );
    sheet.say("exported", exported.iter().any(is_it));
    let none = || BTreeSet::from(["no operation".to_owned()]);
    sheet.say("used in", Value::Set(roles.cloned().unwrap_or_else(none)));
    if let Some(generated) = generated {
        let traits = code.traits.get(name).cloned().unwrap_or_default();
        sheet.say("traits", Value::Set(traits));
        let attrs = &generated.attrs;
        sheet.say("non-exhaustive", attributes::has(attrs, "non_exhaustive"));
        if !matches!(generated.vis, syn::Visibility::Public(_)) {
            sheet.say("public", false);
        }
        if attributes::has(attrs, "deprecated") {
            sheet.prose("deprecated", Some("in Rust".to_owned()));
        }
        sheet.say_some("serde", settings(attributes::serde(attrs)));
        sheet.say("read", reading(name, code));
    } else {
        sheet.say("json", in_words(schema));
        sheet.say("secret", schema["format"] == "password");
        sheet.say_some("known values", known_values(schema));
        let length = max_length(spec, schema).map(|length| length.to_string());
        sheet.say_some("max length", length);
    }
    let description = prose(&schema["description"]);
    let docs = generated.and_then(|generated| attributes::docs(&generated.attrs));
    sheet.prose("description", description.clone());
    if generated.is_some() && docs != description {
        sheet.prose("rust docs", Some(docs.unwrap_or_default()));
    }
    add_fields(&mut sheet, spec, schema, generated, code.readers.get(name));
    if let Some(rest) = schema.get("additionalProperties") {
        sheet.say("further fields", in_words(rest));
    }
    sheet
}

/// How the type is read: by serde's derive, or field by field.
fn reading(name: &str, code: &code::Code) -> &'static str {
    let traits = code.traits.get(name);
    let is_read = traits.is_some_and(|traits| traits.contains("Deserialize"));
    match (code.readers.contains_key(name), is_read) {
        (true, _) => "leniently, field by field",
        (false, true) => "by serde's derive",
        (false, false) => "never",
    }
}

fn add_fields(
    sheet: &mut Sheet,
    spec: &Json,
    schema: &Json,
    generated: Option<&syn::ItemStruct>,
    reader: Option<&BTreeSet<String>>,
) {
    let mut fields = generated.map(code::fields).unwrap_or_default();
    for (name, property) in object(&schema["properties"]) {
        let part = |aspect| Part::Field(name.clone()).with(aspect);
        let required = schema["required"]
            .as_array()
            .is_some_and(|required| required.iter().any(|required| required == name));
        let field = fields.remove(name);
        let mut said = vec![if required {
            Mark::Required
        } else {
            Mark::Optional
        }];
        let called = field.as_ref().filter(|field| field.rust_name != *name);
        said.extend(called.map(|field| Mark::Called(field.rust_name.clone())));
        said.extend(marks(spec, property));
        if reader.is_some_and(|reader| !reader.contains(name)) {
            said.push(Mark::NotRead);
        }
        let description = prose(&property["description"]);
        let about = description.clone().map(Value::Text);
        let Some(field) = field else {
            let ty = in_words(property);
            sheet.add(part(Aspect::Itself), Value::Typed { ty, marks: said });
            sheet.add_some(part(Aspect::About), about);
            continue;
        };
        said.extend((!field.is_public).then_some(Mark::NotPublic));
        said.extend(field.is_deprecated.then_some(Mark::Deprecated));
        let ty = field.ty;
        sheet.add(part(Aspect::Itself), Value::Typed { ty, marks: said });
        sheet.add_some(part(Aspect::Serde), settings(field.serde));
        sheet.add_some(part(Aspect::About), about);
        if description.is_some() && field.docs != description {
            let docs = Value::Text(field.docs.unwrap_or_default());
            sheet.add(part(Aspect::RustDocs), docs);
        }
    }
}

/// The settings of serde apart from a name.
fn settings(mut settings: BTreeSet<(String, String)>) -> Option<Value> {
    settings.retain(|(name, _)| name != "rename");
    (!settings.is_empty()).then_some(Value::Settings(settings))
}
