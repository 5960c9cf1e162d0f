//! Request bodies, checked against the fields that the spec lists.

use crate::http::response::Response;
use crate::spec::generated::Operation;
use crate::spec::row::Field;
use crate::state::site::Site;
use hyper::StatusCode;
use serde_json::{Map, Value};

/// A body that fits its operation: it has every required field, and each field has the type of the spec. A nullable field with `null` is
/// left out.
pub(crate) struct Body(Map<String, Value>);

impl Body {
    /// Reads the body of an operation that takes one. The content type does not matter, because curl sends that of a form by default.
    pub(crate) fn read(site: &Site, operation: Operation, bytes: &[u8]) -> Result<Self, Response> {
        let known = operation.spec().fields;
        if known.is_empty() {
            return Ok(Self(Map::new()));
        }
        let bytes = if bytes.is_empty() && is_optional(site, operation) {
            b"{}"
        } else {
            bytes
        };
        let value = serde_json::from_slice(bytes)
            .map_err(|_| Response::error(StatusCode::BAD_REQUEST, "Problems parsing JSON"))?;
        let Value::Object(mut fields) = value else {
            let message = "Body should be a JSON object";
            return Err(Response::error(StatusCode::BAD_REQUEST, message));
        };
        let is_unknown = |name: &String| known.iter().all(|field| field.name != name);
        if let Some(unknown) = fields.keys().find(|name| is_unknown(name))
            && site.settings.strict
        {
            return Err(Response::unprocessable(format!(
                "Invalid request.\n\n\"{}\" is not a permitted key. (GitHub ignores it; with the setting strict = false this fake does, too.)",
                shown(unknown)
            )));
        }
        fields.retain(|name, _| !is_unknown(name));
        let problems: Vec<_> = known
            .iter()
            .filter_map(|field| problem(field, fields.get(field.name)))
            .collect();
        if !problems.is_empty() {
            return Err(Response::invalid(problems));
        }
        fields.retain(|_, value| !value.is_null());
        Ok(Self(fields))
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    pub(crate) fn integer(&self, name: &str) -> Option<u64> {
        self.0.get(name)?.as_u64()
    }

    /// A list of texts. A single text is a list, too, with commas or spaces between its items.
    pub(crate) fn texts(&self, name: &str) -> Option<Vec<String>> {
        match self.0.get(name)? {
            Value::String(text) => Some(split(text)),
            value => {
                let items = value.as_array()?.iter().filter_map(Value::as_str);
                Some(items.map(str::to_owned).collect())
            }
        }
    }

    pub(crate) fn list_is_empty(&self, name: &str) -> bool {
        self.0
            .get(name)
            .and_then(Value::as_array)
            .is_some_and(Vec::is_empty)
    }

    pub(crate) fn object(&self, name: &str) -> Option<&Map<String, Value>> {
        self.0.get(name)?.as_object()
    }
}

/// Splits a list of scopes or the like at spaces and commas.
pub(crate) fn split(text: &str) -> Vec<String> {
    let items = text.split([' ', ',']).filter(|item| !item.is_empty());
    items.map(str::to_owned).collect()
}

/// Returns a name as an error may show it: a client may have put a secret where a name belongs.
fn shown(name: &str) -> &str {
    let is_plain = name.len() <= 30
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    if is_plain { name } else { "…" }
}

/// Whether the body may be left out: descriptions before 3.0 require none, and later ones only if a field is required.
fn is_optional(site: &Site, operation: Operation) -> bool {
    let fields = operation.spec().fields;
    !site.product.at_least(3, 0) || fields.iter().all(|field| !field.required)
}

/// Returns the field and GitHub's code for its problem, if it has one.
fn problem(field: &Field, value: Option<&Value>) -> Option<(&'static str, &'static str)> {
    match value {
        None if field.required => Some((field.name, "missing_field")),
        None => None,
        Some(Value::Null) if field.nullable => None,
        Some(value) if fits(field, value) && short_enough(field, value) => None,
        Some(_) => Some((field.name, "invalid")),
    }
}

fn fits(field: &Field, value: &Value) -> bool {
    let all =
        |fits: fn(&Value) -> bool| value.as_array().is_some_and(|items| items.iter().all(fits));
    match field.kind {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "object" => value.is_object(),
        // GHES 2.8 created an authorization for `"scopes": "admin:pre_receive_hook"`.
        "strings" if field.name.ends_with("scopes") => value.is_string() || all(Value::is_string),
        "strings" => all(Value::is_string),
        "integers" => all(|item| item.is_i64() || item.is_u64()),
        _ => true,
    }
}

fn short_enough(field: &Field, value: &Value) -> bool {
    let length = value.as_str().map_or(0, |text| text.chars().count());
    field.max_length.is_none_or(|longest| length <= longest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::product::Product;
    use crate::state::site::Settings;
    use std::net::{Ipv4Addr, SocketAddr};

    fn read(strict: bool, bytes: &[u8]) -> Result<Body, u16> {
        let settings = Settings {
            strict,
            ..Settings::default()
        };
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 1));
        let site = Site::new(Product::GitHubCom, address, settings);
        Body::read(&site, Operation::CreateAuthorization, bytes)
            .map_err(|refusal| refusal.status.as_u16())
    }

    fn refusal(bytes: &[u8]) -> u16 {
        read(true, bytes).err().unwrap()
    }

    #[test]
    fn a_body_that_is_not_an_object_is_a_bad_request() {
        for bytes in [&b"{"[..], b" ", b"[]", b"null"] {
            assert_eq!(refusal(bytes), 400);
        }
    }

    #[test]
    fn a_field_of_another_type_or_too_long_is_unprocessable() {
        assert_eq!(refusal(br#"{"scopes": [1]}"#), 422);
        assert_eq!(refusal(br#"{"scopes": 1}"#), 422);
        assert_eq!(refusal(br#"{"note": null}"#), 422);
        assert_eq!(refusal(br#"{"client_id": "123456789012345678901"}"#), 422);
    }

    #[test]
    fn an_unknown_field_is_refused_or_ignored() {
        assert_eq!(refusal(br#"{"surprise": 1}"#), 422);
        let body = read(false, br#"{"surprise": 1, "note": "n"}"#)
            .ok()
            .unwrap();
        assert!(!body.has("surprise") && body.has("note"));
    }

    #[test]
    fn a_text_is_a_list_of_one_or_more() {
        let texts = |text: &str| read(true, text.as_bytes()).ok().unwrap().texts("scopes");
        assert_eq!(
            texts(r#"{"scopes": "admin:pre_receive_hook"}"#),
            Some(vec!["admin:pre_receive_hook".to_owned()])
        );
        assert_eq!(
            texts(r#"{"scopes": "repo, user gist"}"#).unwrap(),
            ["repo", "user", "gist"]
        );
    }

    #[test]
    fn null_where_it_may_be_is_as_good_as_absent() {
        let body = read(true, br#"{"scopes": null, "note": "n"}"#)
            .ok()
            .unwrap();
        assert!(!body.has("scopes"));
        assert_eq!(body.text("note"), Some("n"));
    }
}
