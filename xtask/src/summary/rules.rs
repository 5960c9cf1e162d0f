//! Which changes break users: code that stops to compile, a call that stops to work, a response that stops to decode.

use std::collections::BTreeMap;

/// The facts of a sheet, by their keys.
pub(super) type Sheet<'a> = BTreeMap<&'a str, &'a str>;

/// A fact before and after; none where the sheet lacks it.
type Change<'a> = (Option<&'a str>, Option<&'a str>);

/// Judges one fact of a sheet that there was and still is.
pub(super) fn is_breaking(
    name: &str,
    key: &str,
    change: Change<'_>,
    before: &Sheet<'_>,
    after: &Sheet<'_>,
) -> bool {
    if name == "document" || is_prose(key) {
        return false;
    }
    match (key.split(' ').next().unwrap_or_default(), change) {
        ("since", _) => is_later(change.0, change.1),
        // An operation without a last version has none to lose.
        ("until", (_, last)) => last.is_some() && (change.0.is_none() || is_later(last, change.0)),
        ("github.com" | "exported", (was, _)) => was == Some("yes"),
        ("non-exhaustive", (_, is)) => is == Some("yes"),
        // What was sent once may be sent twice from now on, or the other 404 counts as success.
        ("idempotency", (_, is)) => is != Some("not-idempotent"),
        ("traits", (was, is)) => words(was).any(|one| !words(is).any(|other| other == one)),
        // A length of a type is one of the fields that have it, where it is judged. Servers take the preview's media type or not.
        ("used" | "known" | "max" | "preview", _) => false,
        ("public", (_, is)) => is == Some("no"),
        ("serde", change) => serde(change),
        ("status", _) => key.starts_with("status 2"),
        ("query", change) => query(change),
        // GitHub checks a length, and says so by 422.
        ("path", (Some(was), Some(is))) => Value::parse(was).ty != Value::parse(is).ty,
        ("field", change) => field(change, before, after),
        // A method that the last edit of the spec still lacked, a header or fields that nobody knew of.
        ("rust" | "header" | "further", (None, Some(_))) => false,
        _ => true,
    }
}

/// What of its sheet a key is about, in words.
pub(super) fn part(key: &str) -> String {
    let (about, key) = key
        .strip_prefix("about ")
        .map_or(("", key), |key| (", description", key));
    let what = match key.split_once(' ') {
        Some(("field", _)) => String::new(),
        Some((place @ ("path" | "query"), name)) => format!(", {place} parameter `{name}`"),
        Some(("header", rest)) => format!(", header {rest}"),
        _ if key == "deprecated" => ", deprecation note".to_owned(),
        _ => format!(", {key}"),
    };
    what + about
}

/// Text for people, whose change is reported without the text.
pub(super) fn is_prose(key: &str) -> bool {
    ["about ", "rust docs", "server ", "tag "]
        .iter()
        .any(|begin| key.starts_with(begin))
        || [
            "description",
            "summary",
            "docs",
            "deprecated",
            "replaced by",
            "title",
        ]
        .contains(&key)
}

fn query((was, is): Change<'_>) -> bool {
    let (Some(was), Some(is)) = (was.map(Value::parse), is.map(Value::parse)) else {
        return is.is_none_or(|is| Value::parse(is).is_required());
    };
    was.ty != is.ty
        || was.is_required() != is.is_required()
        || is_later(was.mark("since").or(Some("0.0")), is.mark("since"))
}

/// Only one name more to read a field by is harmless.
fn serde((was, is): Change<'_>) -> bool {
    let lacks = |text: Option<&str>, one: &str| !words(text).any(|other| other == one);
    words(was).any(|one| !one.is_empty() && lacks(is, one))
        || words(is).any(|one| !one.is_empty() && !one.starts_with("alias ") && lacks(was, one))
}

fn field((was, is): Change<'_>, before: &Sheet<'_>, after: &Sheet<'_>) -> bool {
    let (Some(was), Some(is)) = (was.map(Value::parse), is.map(Value::parse)) else {
        // Older servers do not respond with a new field, nor does today's code fill it in.
        return is.is_none_or(|is| Value::parse(is).is_required());
    };
    if was.ty != is.ty {
        let internal =
            before.get("exported") == Some(&"no") && after.get("used in") == Some(&"requests");
        let only_optional_now = is.ty == format!("Option<{}>", was.ty);
        return !(internal && only_optional_now);
    }
    let length = |value: &Value<'_>| {
        value
            .mark("max length")
            .and_then(|length| length.parse::<u64>().ok())
            .unwrap_or(u64::MAX)
    };
    let loses = |mark| was.marks.contains(&mark) && !is.marks.contains(&mark);
    let gets = |mark| is.marks.contains(&mark) && !was.marks.contains(&mark);
    // A server's response is read whatever its length.
    let is_sent = after
        .get("used in")
        .is_some_and(|roles| roles.contains("requests"));
    was.is_required() != is.is_required()
        || was.mark("called") != is.mark("called")
        || (is_sent && length(&is) < length(&was))
        || loses("secret")
        || gets("not public")
        || gets("not read")
}

/// `Option<String>, optional, max length 40`: a type, and what is said of its values.
struct Value<'a> {
    ty: &'a str,
    marks: Vec<&'a str>,
}

impl<'a> Value<'a> {
    fn parse(text: &'a str) -> Self {
        // A type has commas of its own, inside its brackets.
        let mut depth = 0;
        let end = text.char_indices().find_map(|(at, letter)| {
            depth += i32::from(letter == '<') - i32::from(letter == '>');
            (letter == ',' && depth == 0).then_some(at)
        });
        let (ty, rest) = text.split_at(end.unwrap_or(text.len()));
        Self {
            ty,
            marks: rest.split(", ").skip(1).collect(),
        }
    }

    fn is_required(&self) -> bool {
        self.marks.contains(&"required")
    }

    fn mark(&self, name: &str) -> Option<&'a str> {
        self.marks
            .iter()
            .find_map(|mark| mark.strip_prefix(name)?.strip_prefix(' '))
    }
}

/// Whether `is` is a later version than `was`.
fn is_later(was: Option<&str>, is: Option<&str>) -> bool {
    let version = |text: Option<&str>| {
        text.and_then(|text| {
            text.split('.')
                .map(|part| part.parse::<u16>().ok())
                .collect::<Option<Vec<_>>>()
        })
    };
    version(is) > version(was)
}

fn words(text: Option<&str>) -> impl Iterator<Item = &str> {
    text.unwrap_or_default().split(", ")
}
