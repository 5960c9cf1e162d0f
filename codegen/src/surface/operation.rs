//! The sheet of one operation.

use super::code;
use super::methods::Method;
use super::sheet::{Aspect, Mark, Part, Sheet, Value};
use super::spec::{in_words, marks, object, prose, resolve, text};
use crate::table::Operation;
use crate::versions;
use serde_json::Value as Json;

pub(super) fn sheet(
    spec: &Json,
    operation: &Operation,
    generated: Option<&syn::Signature>,
    method: Option<&Method>,
) -> Sheet {
    let node = &spec["paths"][&operation.path][operation.method.to_lowercase()];
    let version = |text: &Option<String>| {
        let version = text.as_ref().and_then(|text| versions::parse(text));
        version.map(Value::Version)
    };
    let mut sheet = Sheet::default();
    sheet.say("id", operation.id.as_str());
    sheet.say_some("rust", method.map(|method| method.signature.as_str()));
    sheet.say("method", operation.method.as_str());
    sheet.say("path", operation.path.as_str());
    sheet.say("credentials", operation.credentials.as_str());
    sheet.say_some("since", version(&operation.since));
    sheet.say_some("until", version(&operation.until));
    let preview = operation.preview.as_ref();
    sheet.say_some(
        "preview",
        preview.map(|(media_type, until)| format!("{media_type} until {until}")),
    );
    sheet.say("github.com", operation.github_com);
    sheet.say("idempotency", operation.idempotency.as_str());
    if operation.deprecation.is_some() {
        // The note without its versions, which are separate facts.
        sheet.prose("deprecated", prose(&node["x-deprecation-note"]));
        sheet.prose("replaced by", text(&node["x-replaced-by"]));
    }
    sheet.prose("docs", Some(operation.docs_url.clone()));
    sheet.prose("summary", prose(&node["summary"]));
    sheet.prose("description", prose(&node["description"]));
    let generated = code::Call::of(generated);
    add_parameters(&mut sheet, spec, node, &generated);
    sheet.say_some("body", generated.argument("body").cloned());
    sheet.say_some("response", generated.response.clone());
    add_statuses(&mut sheet, spec, &node["responses"]);
    sheet
}

/// Those of the path in the order of the path, which is the order of the arguments; then those of the query by name.
fn add_parameters(sheet: &mut Sheet, spec: &Json, node: &Json, generated: &code::Call) {
    let mut parameters: Vec<&Json> = node["parameters"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|item| resolve(spec, item))
        .collect();
    let place = |parameter: &Json| {
        let name = parameter["name"].as_str().unwrap_or_default().to_owned();
        let position = generated
            .arguments
            .iter()
            .position(|(argument, _)| *argument == name);
        (parameter["in"].as_str().map(str::to_owned), position, name)
    };
    parameters.sort_by_key(|parameter| place(parameter));
    for parameter in parameters {
        let name = parameter["name"].as_str().unwrap_or_default();
        let place = parameter["in"].as_str().unwrap_or_default();
        let part = Part::Parameter(place.to_owned(), name.to_owned());
        let ty = generated.argument(name).cloned();
        let mut said = Vec::new();
        if place == "query" && parameter["required"] == true {
            said.push(Mark::Required);
        }
        let since = parameter["x-since"].as_str().and_then(versions::parse);
        said.extend(since.map(Mark::Since));
        said.extend(marks(spec, &parameter["schema"]));
        let value = Value::Typed {
            ty: ty.unwrap_or_else(|| in_words(&parameter["schema"])),
            marks: said,
        };
        sheet.add(part.clone().itself(), value);
        add_description(sheet, &part, Aspect::About, parameter);
        add_description(sheet, &part, Aspect::AboutValues, &parameter["schema"]);
    }
}

fn add_statuses(sheet: &mut Sheet, spec: &Json, responses: &Json) {
    for (status, response) in object(responses) {
        let response = resolve(spec, response);
        let body = response.pointer("/content/application~1json/schema");
        let part = Part::Status(status.clone());
        let body = body.map_or("no body".to_owned(), in_words);
        sheet.add(part.clone().itself(), Value::Text(body));
        add_description(sheet, &part, Aspect::About, response);
        for (name, header) in object(&response["headers"]) {
            let header = resolve(spec, header);
            let part = Part::Header(name.clone(), status.clone());
            let value = Value::Text(in_words(&header["schema"]));
            sheet.add(part.clone().itself(), value);
            add_description(sheet, &part, Aspect::About, header);
        }
    }
}

fn add_description(sheet: &mut Sheet, part: &Part, aspect: Aspect, described: &Json) {
    let text = prose(&described["description"]).map(Value::Text);
    sheet.add_some(part.clone().with(aspect), text);
}
