//! The keys that an object may have and must have, and their values.
//!
//! The shapes are the part of OpenAPI that this project uses, and its own extensions. A key that OpenAPI has and the project does not use
//! is refused with the reason; any other unknown key is taken for a typing error.

use super::context::Lint;
use super::shape::{Key, Kind, Shape};
use super::spelling;
use crate::versions;
use crate::yaml::{self, Node, Value};

/// Keys of OpenAPI 3.0: one that a shape neither lists nor refuses with a reason is reported as unused.
const OPENAPI: &str = "allOf allowEmptyValue allowReserved content default deprecated discriminator enum \
    example examples exclusiveMaximum exclusiveMinimum explode externalDocs format headers \
    maxItems maxLength maxProperties maximum minItems minLength minProperties minimum \
    links multipleOf nullable pattern readOnly style title uniqueItems writeOnly xml";

/// Checks the keys of `node`, and of the objects in it that have a shape.
pub(super) fn check_object(lint: &mut Lint<'_>, node: &Node, shape: &Shape) {
    check_object_named(lint, node, shape, shape.what);
}

/// Checks an object that messages call by its own name.
pub(super) fn check_object_named(lint: &mut Lint<'_>, node: &Node, shape: &Shape, what: &str) {
    let Value::Mapping(entries) = &node.value else {
        return lint.error(
            node.line,
            format!("{what} is {}", describe(node)),
            "write it as keys and values",
        );
    };
    let mut missing: Vec<&Key> = shape
        .keys
        .iter()
        .filter(|key| key.needed && node.get(key.name).is_none())
        .collect();
    for (key, value) in entries {
        let name = key.name.as_str();
        if let Some(known) = shape.keys.iter().find(|known| known.name == name) {
            check_value(lint, key, value, &known.kind, what);
        } else if let Some((_, why, help)) = shape
            .refused
            .iter()
            .find(|(refused, ..)| refused.split(' ').any(|refused| refused == name))
        {
            // If the help for a refused key names a required key, that one is not reported as missing as well.
            missing.retain(|key| !help.contains(&format!("`{}`", key.name)));
            lint.error(key.line, format!("`{name}` in {what}: {why}"), *help);
        } else if OPENAPI.split(' ').any(|unused| unused == name) {
            lint.error(
                key.line,
                format!("`{name}` in {what}: nothing reads it here"),
                "remove it",
            );
        } else {
            let help =
                spelling::suggest(name, shape.keys.iter().map(|key| key.name).chain(["$ref"]));
            if help == "did you mean `$ref`?" {
                // The target of the reference has the other keys.
                missing.clear();
            }
            // A misspelt key is not missing either.
            missing.retain(|key| help != format!("did you mean `{}`?", key.name));
            let help = help.trim_end_matches(", `$ref`").to_owned();
            lint.error(key.line, format!("unknown key `{name}` in {what}"), help);
        }
    }
    for key in missing {
        let help = describe_kind(&key.kind)
            .map_or("add it".to_owned(), |wanted| format!("add it, as {wanted}"));
        lint.error(
            node.line,
            format!("`{}` is missing in {what}", key.name),
            help,
        );
    }
    if shape.ordered {
        let rule = "the keys have the same order everywhere";
        check_order(lint, node, rule, |name| {
            shape.keys.iter().position(|key| key.name == name)
        });
    }
}

fn check_value(lint: &mut Lint<'_>, key: &yaml::Key, node: &Node, kind: &Kind, what: &str) {
    let text = node.as_str().map(str::trim).filter(|text| !text.is_empty());
    let fits = match kind {
        Kind::Text => text.is_some(),
        Kind::Sentence => text.is_some_and(|text| !text.contains('\n')),
        Kind::Line => text.is_some_and(|text| !text.contains('\n') && node.as_str() == Some(text)),
        Kind::Choice(choices) => node.as_str().is_some_and(|text| choices.contains(&text)),
        Kind::Version => node
            .as_str()
            .is_some_and(|text| versions::parse(text).is_some()),
        Kind::Flag => node.as_bool().is_some(),
        Kind::Count => node
            .to_json()
            .as_u64()
            .is_some_and(|count| (1..=u64::from(u32::MAX)).contains(&count)),
        Kind::Texts => {
            refuse_duplicates(lint, node, &key.name, what);
            if let Some(item) = node.items().iter().find(|item| item.as_str().is_none()) {
                let what = format!("an item of `{}` in {what} is {}", key.name, describe(item));
                return lint.error(
                    item.line,
                    what,
                    "write text, in quotes if it looks like another type",
                );
            }
            !node.items().is_empty()
        }
        Kind::Object(shape) => return check_object(lint, node, shape),
        Kind::Objects(shape) => {
            node.items()
                .iter()
                .for_each(|item| check_object(lint, item, shape));
            !node.items().is_empty()
        }
        Kind::Named(shape) => {
            node.entries()
                .iter()
                .for_each(|(_, item)| check_object(lint, item, shape));
            !node.entries().is_empty()
        }
        Kind::Mapping => !node.entries().is_empty(),
        Kind::List => !node.items().is_empty(),
        Kind::Elsewhere => node.to_json() != serde_json::Value::Null,
    };
    if !fits {
        let help = match (kind, node.to_json()) {
            (Kind::Text | Kind::Line | Kind::Sentence, json)
                if json.is_number() || json.is_boolean() =>
            {
                "put it in quotes".to_owned()
            }
            (Kind::Version, json) if json.is_number() => match &node.value {
                Value::Scalar { text, .. } if versions::parse(text).is_some() => {
                    format!("put it in quotes, \"{text}\": without them 3.10 is the number 3.1")
                }
                _ => "write major and minor in quotes, such as \"3.14\"".to_owned(),
            },
            (Kind::Line, _) if text.is_some_and(|text| !text.contains('\n')) => {
                "remove the blanks around it".to_owned()
            }
            (Kind::Line | Kind::Sentence, json) if json.is_string() && text.is_some() => {
                "fold it into one line, with `>-`".to_owned()
            }
            _ => describe_kind(kind).map_or("fill it, or remove the key".to_owned(), |wanted| {
                format!("write {wanted}")
            }),
        };
        lint.error(
            key.line,
            format!("`{}` in {what} is {}", key.name, describe(node)),
            help,
        );
    }
}

/// Describes the value that a key should have.
fn describe_kind(kind: &Kind) -> Option<String> {
    Some(match kind {
        Kind::Text => "text".to_owned(),
        Kind::Line | Kind::Sentence => "one line of text".to_owned(),
        Kind::Choice([choice]) => format!("`{choice}`"),
        Kind::Choice(choices) => format!("one of {}", spelling::list(choices)),
        Kind::Version => "major and minor in quotes, such as \"3.14\"".to_owned(),
        Kind::Flag => "`true` or `false`".to_owned(),
        Kind::Count => "a whole number above zero".to_owned(),
        Kind::Texts => "a list of texts".to_owned(),
        Kind::Object(_) | Kind::Named(_) | Kind::Mapping => "keys and values".to_owned(),
        Kind::Objects(_) | Kind::List => "a list of objects".to_owned(),
        Kind::Elsewhere => return None,
    })
}

/// A list of texts is a set: a repeated text was meant to be another one.
fn refuse_duplicates(lint: &mut Lint<'_>, node: &Node, key: &str, what: &str) {
    for (i, item) in node.items().iter().enumerate() {
        if let Some(text) = item.as_str()
            && node.items()[..i]
                .iter()
                .any(|other| other.as_str() == Some(text))
        {
            lint.error(
                item.line,
                format!("`{key}` in {what} has `{text}` twice"),
                "remove one, or fix its spelling",
            );
        }
    }
}

/// Describes a value.
pub(super) fn describe(node: &Node) -> String {
    let words = match &node.value {
        Value::Sequence(items) if items.is_empty() => "an empty list",
        Value::Sequence(_) => "a list",
        Value::Mapping(entries) if entries.is_empty() => "an empty mapping",
        Value::Mapping(_) => "a mapping",
        Value::Scalar { text, .. } => match node.to_json() {
            serde_json::Value::Null => "empty",
            serde_json::Value::String(_) if text.trim().is_empty() => "blank",
            serde_json::Value::String(_) if text.contains('\n') => "text of several lines",
            serde_json::Value::String(_) => return format!("the text `{text}`"),
            serde_json::Value::Number(_) => return format!("the number {text}"),
            _ => return format!("the boolean {text}"),
        },
    };
    words.to_owned()
}

/// Reports the first key that follows one with a higher rank; keys without a rank may be anywhere.
pub(super) fn check_order(
    lint: &mut Lint<'_>,
    node: &Node,
    rule: &str,
    rank: impl Fn(&str) -> Option<usize>,
) {
    let ranked: Vec<_> = node
        .entries()
        .iter()
        .filter_map(|(key, _)| Some((rank(&key.name)?, key)))
        .collect();
    if let Some([(_, before), (late, key)]) = ranked.windows(2).find(|pair| pair[0].0 > pair[1].0) {
        // The first key that belongs further down.
        let ahead = ranked
            .iter()
            .find(|(rank, _)| rank > late)
            .map_or(before, |(_, key)| key);
        let what = format!("`{}` comes after `{}`", key.name, before.name);
        lint.error(
            key.line,
            what,
            format!("move it before `{}`: {rule}", ahead.name),
        );
    }
}
