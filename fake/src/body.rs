//! Request bodies, held against the members that the spec lists.

use crate::answer::Answer;
use crate::generated::Operation;
use crate::operation::Field;
use crate::site::Product;
use hyper::StatusCode;
use serde_json::{Map, Value};

/// A body that fits its operation: every required member is there and each has the type that the spec says. A
/// member that was `null` where it may be is left out.
pub(crate) struct Body(Map<String, Value>);

impl Body {
    /// Reads the body of an operation that takes one, whatever the content type says: curl's default is a form's.
    pub(crate) fn read(
        product: Product,
        operation: Operation,
        bytes: &[u8],
    ) -> Result<Self, Answer> {
        if operation.spec().fields.is_empty() {
            return Ok(Self(Map::new()));
        }
        let bytes = if bytes.is_empty() && is_optional(product, operation) {
            b"{}"
        } else {
            bytes
        };
        let value = serde_json::from_slice(bytes)
            .map_err(|_| Answer::error(StatusCode::BAD_REQUEST, "Problems parsing JSON"))?;
        let Value::Object(mut members) = value else {
            return Err(Answer::error(
                StatusCode::BAD_REQUEST,
                "Body should be a JSON object",
            ));
        };
        if let Some(unknown) = members.keys().find(|name| {
            operation
                .spec()
                .fields
                .iter()
                .all(|member| member.name != name.as_str())
        }) {
            return Err(Answer::unprocessable(format!(
                "Invalid request.\n\n\"{unknown}\" is not a permitted key."
            )));
        }
        let problems: Vec<_> = operation
            .spec()
            .fields
            .iter()
            .filter_map(|member| problem(member, members.get(member.name)))
            .collect();
        if !problems.is_empty() {
            return Err(Answer::invalid(problems));
        }
        members.retain(|_, value| !value.is_null());
        Ok(Self(members))
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

    pub(crate) fn texts(&self, name: &str) -> Option<Vec<String>> {
        let items = self.0.get(name)?.as_array()?;
        Some(
            items
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
        )
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

/// Whether no body will do: the descriptions before 3.0 insist on none at all, and later ones only where something must be in it.
fn is_optional(product: Product, operation: Operation) -> bool {
    !product.at_least(3, 0)
        || operation
            .spec()
            .fields
            .iter()
            .all(|member| !member.required)
}

/// What is wrong with a member, by GitHub's codes.
fn problem(member: &Field, value: Option<&Value>) -> Option<(&'static str, &'static str)> {
    match value {
        None if member.required => Some((member.name, "missing_field")),
        None => None,
        Some(Value::Null) if member.nullable => None,
        Some(value) if fits(member.kind, value) && short_enough(member, value) => None,
        Some(_) => Some((member.name, "invalid")),
    }
}

fn fits(kind: &str, value: &Value) -> bool {
    let all =
        |fits: fn(&Value) -> bool| value.as_array().is_some_and(|items| items.iter().all(fits));
    match kind {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "object" => value.is_object(),
        "strings" => all(Value::is_string),
        "integers" => all(|item| item.is_i64() || item.is_u64()),
        _ => true,
    }
}

fn short_enough(member: &Field, value: &Value) -> bool {
    let length = value.as_str().map_or(0, |text| text.chars().count());
    member.max_length.is_none_or(|longest| length <= longest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<Body, Answer> {
        Body::read(Product::GitHubCom, Operation::CreateAuthorization, bytes)
    }

    fn refusal(bytes: &[u8]) -> u16 {
        read(bytes).err().unwrap().status.as_u16()
    }

    #[test]
    fn what_is_no_object_is_a_bad_request() {
        assert_eq!(refusal(b"{"), 400);
        assert_eq!(refusal(b" "), 400);
        assert_eq!(refusal(b"[]"), 400);
        assert_eq!(refusal(b"null"), 400);
    }

    #[test]
    fn a_member_of_another_type_unknown_or_too_long_is_unprocessable() {
        assert_eq!(refusal(br#"{"scopes": "repo"}"#), 422);
        assert_eq!(refusal(br#"{"scopes": [1]}"#), 422);
        assert_eq!(refusal(br#"{"note": null}"#), 422);
        assert_eq!(refusal(br#"{"surprise": 1}"#), 422);
        assert_eq!(refusal(br#"{"client_id": "123456789012345678901"}"#), 422);
    }

    #[test]
    fn null_where_it_may_be_is_as_good_as_absent() {
        let body = read(br#"{"scopes": null, "note": "n"}"#).ok().unwrap();
        assert!(!body.has("scopes"));
        assert_eq!(body.text("note"), Some("n"));
    }
}
