//! The sheet of one operation.

use super::facts::Facts;
use super::methods::Method;
use super::spec::{in_words, marks, object, prose, resolve, text, yes_or_no};
use super::tidy;
use crate::table::Operation;
use serde_json::Value;

pub(super) fn facts(
    spec: &Value,
    operation: &Operation,
    generated: Option<&syn::Signature>,
    method: Option<&Method>,
) -> Facts {
    let node = &spec["paths"][&operation.path][operation.method.to_lowercase()];
    let mut facts = Facts::default();
    facts.add("id", &operation.id);
    facts.add_some("rust", method.map(|method| method.signature.clone()));
    facts.add("method", &operation.method);
    facts.add("path", &operation.path);
    facts.add("credentials", &operation.credentials);
    facts.add_some("since", operation.since.clone());
    facts.add_some("until", operation.until.clone());
    let preview = operation.preview.as_ref();
    facts.add_some(
        "preview",
        preview.map(|(media_type, until)| format!("{media_type} until {until}")),
    );
    facts.add("github.com", yes_or_no(operation.github_com));
    facts.add("idempotency", &operation.idempotency);
    if operation.deprecation.is_some() {
        // The note without its versions, which are facts of their own.
        facts.add_some("deprecated", prose(&node["x-deprecation-note"]));
        facts.add_some("replaced by", text(&node["x-replaced-by"]));
    }
    facts.add("docs", &operation.docs_url);
    facts.add_some("summary", prose(&node["summary"]));
    facts.add_some("description", prose(&node["description"]));
    let generated = tidy::Call::of(generated);
    parameters(&mut facts, spec, node, &generated);
    facts.add_some("body", generated.argument("body").cloned());
    facts.add_some("response", generated.response.clone());
    statuses(&mut facts, spec, &node["responses"]);
    facts
}

/// Those of the path in the order of the path, which is that of the arguments; then those of the query by name.
fn parameters(facts: &mut Facts, spec: &Value, node: &Value, generated: &tidy::Call) {
    let mut parameters: Vec<&Value> = node["parameters"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|item| resolve(spec, item))
        .collect();
    let place = |parameter: &Value| {
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
        let key = format!("{} {name}", parameter["in"].as_str().unwrap_or_default());
        let mut value = vec![
            generated
                .argument(name)
                .cloned()
                .unwrap_or_else(|| in_words(&parameter["schema"])),
        ];
        if parameter["in"] == "query" && parameter["required"] == true {
            value.push("required".to_owned());
        }
        value.extend(
            parameter["x-since"]
                .as_str()
                .map(|since| format!("since {since}")),
        );
        value.extend(marks(spec, &parameter["schema"]));
        facts.add(&key, value.join(", "));
        facts.add_some(format!("about {key}"), prose(&parameter["description"]));
        facts.add_some(
            format!("about the values of {key}"),
            prose(&parameter["schema"]["description"]),
        );
    }
}

fn statuses(facts: &mut Facts, spec: &Value, responses: &Value) {
    for (status, response) in object(responses) {
        let response = resolve(spec, response);
        let body = response.pointer("/content/application~1json/schema");
        facts.add(
            format!("status {status}"),
            body.map_or("no body".to_owned(), in_words),
        );
        facts.add_some(
            format!("about status {status}"),
            prose(&response["description"]),
        );
        for (name, header) in object(&response["headers"]) {
            let header = resolve(spec, header);
            facts.add(
                format!("header {name} of {status}"),
                in_words(&header["schema"]),
            );
            facts.add_some(
                format!("about header {name} of {status}"),
                prose(&header["description"]),
            );
        }
    }
}
