//! The sheet of what belongs to no operation and no type: it reaches no user, and no change of the spec goes unseen.

use super::facts::Facts;
use super::spec::{object, prose, text};
use serde_json::Value;

pub(super) fn facts(spec: &Value) -> Facts {
    let mut facts = Facts::default();
    facts.add_some("openapi", text(&spec["openapi"]));
    facts.add_some("title", text(&spec["info"]["title"]));
    facts.add_some("version", text(&spec["info"]["version"]));
    facts.add_some("description", prose(&spec["info"]["description"]));
    for server in sorted(&spec["servers"], "url") {
        let url = server["url"].as_str().unwrap_or_default();
        facts.add(
            format!("server {url}"),
            prose(&server["description"]).unwrap_or_default(),
        );
        for (name, variable) in object(&server["variables"]) {
            facts.add_some(
                format!("variable {name} of server {url}"),
                text(&variable["default"]),
            );
            facts.add_some(
                format!("about variable {name} of server {url}"),
                prose(&variable["description"]),
            );
        }
    }
    for tag in sorted(&spec["tags"], "name") {
        facts.add_some(
            format!("tag {}", tag["name"].as_str().unwrap_or_default()),
            prose(&tag["description"]),
        );
    }
    for (name, scheme) in object(&spec["components"]["securitySchemes"]) {
        let parts = ["type", "scheme", "in", "name"]
            .iter()
            .filter_map(|key| scheme[key].as_str());
        facts.add(
            format!("security {name}"),
            parts.collect::<Vec<_>>().join(" "),
        );
        facts.add_some(
            format!("about security {name}"),
            prose(&scheme["description"]),
        );
    }
    facts
}

/// The items of a list whose order has no meaning.
fn sorted<'a>(list: &'a Value, key: &str) -> Vec<&'a Value> {
    let mut items: Vec<&Value> = list.as_array().into_iter().flatten().collect();
    items.sort_by_key(|item| item[key].as_str());
    items
}
