//! The sheet of everything that belongs to no operation and no type. It does not reach users, but makes each change of the spec visible.

use super::sheet::{Aspect, Part, Sheet, Value};
use super::spec::{object, prose, text};
use serde_json::Value as Json;

pub(super) fn sheet(spec: &Json) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.say_some("openapi", text(&spec["openapi"]));
    sheet.prose("title", text(&spec["info"]["title"]));
    sheet.say_some("version", text(&spec["info"]["version"]));
    sheet.prose("description", prose(&spec["info"]["description"]));
    for server in sorted(&spec["servers"], "url") {
        let url = server["url"].as_str().unwrap_or_default();
        let about = prose(&server["description"]).unwrap_or_default();
        sheet.add(
            Part::Item("server", url.to_owned()).itself(),
            Value::Text(about),
        );
        for (name, variable) in object(&server["variables"]) {
            let default = text(&variable["default"]);
            let name = format!("{name} of server {url}");
            add_item(&mut sheet, "variable", name, default, variable);
        }
    }
    for tag in sorted(&spec["tags"], "name") {
        let name = tag["name"].as_str().unwrap_or_default().to_owned();
        let about = prose(&tag["description"]).map(Value::Text);
        sheet.add_some(Part::Item("tag", name).itself(), about);
    }
    for (name, scheme) in object(&spec["components"]["securitySchemes"]) {
        let parts: Vec<&str> = ["type", "scheme", "in", "name"]
            .iter()
            .filter_map(|key| scheme[key].as_str())
            .collect();
        let parts = Some(parts.join(" "));
        add_item(&mut sheet, "security", name.clone(), parts, scheme);
    }
    sheet
}

/// An item of a list, and its description.
fn add_item(
    sheet: &mut Sheet,
    list: &'static str,
    name: String,
    value: Option<String>,
    described: &Json,
) {
    let part = Part::Item(list, name);
    let about = prose(&described["description"]).map(Value::Text);
    sheet.add_some(part.clone().itself(), value.map(Value::Text));
    sheet.add_some(part.with(Aspect::About), about);
}

/// The items of a list whose order has no meaning.
fn sorted<'a>(list: &'a Json, key: &str) -> Vec<&'a Json> {
    let mut items: Vec<&Json> = list.as_array().into_iter().flatten().collect();
    items.sort_by_key(|item| item[key].as_str());
    items
}
