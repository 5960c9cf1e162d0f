//! Reads JSON answers without letting one odd member cost the rest.
//!
//! Servers of twelve years send dates without a zone, URLs that are none, `null` for what is required. An answer
//! that reads as it should is read once. One that does not is read again, and each optional member whose value has
//! the wrong type is left out until the rest can be read.

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::{Path, Segment};

/// Members that one answer may lose before it counts as unreadable: a full page with a few odd ones in each item.
const MOST_MENDS: usize = 1000;
/// Values that an answer may hold, of which a full page has a fraction. Once read, a value of two bytes can take hundreds.
const MOST_VALUES: usize = 1 << 16;
/// Values to look at in all the mends of one answer together: below a second, for no deadline ends a computation.
const MOST_WORK: usize = 1 << 23;
/// What is shorter holds few enough values, whatever it is.
const SHORT: usize = 1 << 18;
/// What nests deeper is no member of any type here, and its value is left out where the answer is odd anyhow.
const MOST_DEPTH: usize = 64;

/// The value of `body`; a byte-order mark before it and junk behind it are passed over.
pub(crate) fn value<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    if body.len() > SHORT && values(body) > MOST_VALUES {
        return None;
    }
    // Checking the text as a whole takes a fraction of what checking each of its strings would.
    if let Ok(text) = str::from_utf8(body)
        && let Ok(value) = T::deserialize(&mut serde_json::Deserializer::from_str(text))
    {
        return Some(value);
    }
    mended(body)
}

/// About how many values stand in `body`: the commas and brackets in its strings count along.
fn values(body: &[u8]) -> usize {
    body.iter().filter(|byte| matches!(byte, b',' | b'{' | b'[')).count()
}

fn mended<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    let text = tamed(&zeroize::Zeroizing::new(String::from_utf8_lossy(body).into_owned()));
    let mut value = serde_json::Deserializer::from_str(&text).into_iter::<Value>().next()?.ok()?;
    for _ in 0..MOST_MENDS.min(MOST_WORK / values(text.as_bytes()).max(1)) {
        match serde_path_to_error::deserialize::<_, T>(&value) {
            Ok(read) => return Some(read),
            Err(error) => {
                remove(&mut value, error.path())?;
                tracing::debug!(member = member(error.path()), "left out a member of an answer: its value has another type than described");
            }
        }
    }
    None
}

/// The text without what the reader refuses wherever it stands: halves of surrogate pairs, control characters in strings, nesting
/// without end and numbers beyond every range. Everything else stays as it is.
fn tamed(text: &str) -> zeroize::Zeroizing<String> {
    let mut out = zeroize::Zeroizing::new(String::with_capacity(text.len()));
    let (mut rest, mut depth) = (text, 0usize);
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => string_length(rest),
            '-' | '0'..='9' => rest.find(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c)).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        let opens = matches!(first, '{' | '[');
        depth -= usize::from(matches!(first, '}' | ']') && depth > 0);
        match first {
            _ if depth > MOST_DEPTH => {}
            _ if opens && depth == MOST_DEPTH => out.push_str("null"),
            '}' | ']' if depth == MOST_DEPTH => {}
            '"' => push_string(&mut out, token),
            '-' | '0'..='9' if token.parse::<f64>().is_ok_and(f64::is_infinite) => out.push_str("null"),
            _ => out.push_str(token),
        }
        depth += usize::from(opens);
        rest = after;
    }
    out
}

/// The length of the string that `text` begins with, its quotes included; all of a text where it does not end.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    let end = text.bytes().enumerate().skip(1).find(|(_, byte)| {
        let ends = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    });
    end.map_or(text.len(), |(index, _)| index + 1)
}

/// Adds a string in its quotes.
fn push_string(out: &mut String, string: &str) {
    let mut rest = string;
    while let Some(at) = rest.find(|c: char| c == '\\' || c < ' ') {
        let (before, odd) = rest.split_at(at);
        out.push_str(before);
        let unit = |text: &str| text.strip_prefix("\\u").and_then(|text| u16::from_str_radix(text.get(..4)?, 16).ok());
        let length = match (unit(odd), odd.get(6..).and_then(unit)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => 0,
            (Some(_), _) => 6,
            (None, _) if odd.starts_with('\\') => 1 + odd.chars().nth(1).map_or(0, char::len_utf8),
            (None, _) => 0,
        };
        if length == 0 {
            out.push('\u{fffd}');
        }
        out.push_str(&odd[..length]);
        rest = &odd[if length > 0 {
            length
        } else if odd.starts_with('\\') {
            6
        } else {
            1
        }..];
    }
    out.push_str(rest);
}

/// The path, without what looks like a token in it: the key of a map is the server's choice.
fn member(path: &Path) -> String {
    let segments = path.iter().map(|segment| match segment {
        Segment::Map { key } => crate::redact::mask(key),
        Segment::Seq { index } => index.to_string(),
        _ => "?".to_owned(),
    });
    segments.collect::<Vec<_>>().join(".")
}

/// Takes the member at `path` out of the object it stands in, and with a wrong item of a list the member that the list is; an item
/// alone is never taken out, for that would lose it unseen.
fn remove(value: &mut Value, path: &Path) -> Option<()> {
    let segments: Vec<&Segment> = path.iter().collect();
    let member = segments.iter().rposition(|segment| matches!(segment, Segment::Map { .. }))?;
    let (last, parents) = segments[..=member].split_last()?;
    let mut parent = value;
    for segment in parents {
        parent = match segment {
            Segment::Map { key } => parent.get_mut(key)?,
            Segment::Seq { index } => parent.get_mut(index)?,
            _ => return None,
        };
    }
    let Segment::Map { key } = last else { return None };
    parent.as_object_mut()?.remove(key).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generated::types::{ApplicationGrant, Authorization};

    #[test]
    fn a_member_of_another_type_costs_only_itself() {
        let body =
            br#"{"id":1,"token":"abc","scopes":["repo",7],"created_at":7,"app":{"name":["x"],"url":"u"},"note":{"a":1},"user":[[]]}"#;
        let authorization: Authorization = value(body).unwrap();
        assert_eq!(authorization.token.unwrap().expose_secret(), "abc");
        assert!(
            authorization.scopes.is_none()
                && authorization.created_at.is_none()
                && authorization.note.is_none()
                && authorization.user.is_none()
        );
        assert_eq!(authorization.app.unwrap().url.as_deref(), Some("u"));
    }

    #[test]
    fn marks_junk_and_broken_text_around_a_token_do_not_lose_it() {
        for body in [
            &b"\xef\xbb\xbf{\"id\":1,\"token\":\"abc\"}"[..],
            b"{\"id\":1,\"token\":\"abc\"} trailing",
            b"{\"id\":1,\"token\":\"abc\",\"note\":\"\xff\xfe\"}",
            b"{\"id\":9007199254740993,\"token\":\"abc\",\"new\":[1]}",
        ] {
            let authorization: Authorization = value(body).unwrap();
            assert_eq!(authorization.token.unwrap().expose_secret(), "abc");
        }
    }

    #[test]
    fn deep_nesting_in_an_unknown_member_is_passed_over() {
        let body = format!(r#"{{"id":1,"new":{}{},"token":"abc"}}"#, "[".repeat(100_000), "]".repeat(100_000));
        let authorization: Authorization = value(body.as_bytes()).unwrap();
        assert_eq!(authorization.token.unwrap().expose_secret(), "abc");
    }

    #[test]
    fn json_that_the_reader_refuses_as_a_whole_costs_no_token() {
        let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
        for body in [
            r#"{"id":1,"note":"x\ud83d","token":"abc"}"#.to_owned(),
            r#"{"\ud800":1,"id":1,"new":"\udc00\\\"","token":"abc"}"#.to_owned(),
            r#"{"id":1,"note":7,"new":-1e999,"token":"abc"}"#.to_owned(),
            format!(r#"{{"id":1,"note":7,"new":{deep},"token":"abc"}}"#),
            format!(r#"{{"id":1,"note":7,"new":{{"a":{deep},"b":[{{}},"]"]}},"token":"abc"}}"#),
            "{\"id\":1,\"a\tb\":\"x\ny\",\"token\":\"abc\"}".to_owned(),
        ] {
            let authorization: Authorization = value(body.as_bytes()).unwrap_or_else(|| panic!("{body}"));
            assert_eq!(authorization.token.unwrap().expose_secret(), "abc");
        }
    }

    #[test]
    fn taming_changes_nothing_else() {
        for text in [r#"{"a":"\ud83d\ude00 \u0041 \\ \" é","b":[1,-2.5e3,{"c":[[]]}],"d":null} junk"#, "\"unended \\", "\"\\u12", "}]", ""]
        {
            assert_eq!(*tamed(text), text);
        }
    }

    #[test]
    fn many_tiny_values_are_refused_before_they_take_memory() {
        let many = |item: &str| format!("[{}]", vec![item; 300_000].join(","));
        assert!(value::<Authorization>(many(r#"{"":0}"#).as_bytes()).is_none());
        assert!(value::<Vec<Authorization>>(many(r#"{"id":1}"#).as_bytes()).is_none());
    }

    #[test]
    fn mending_ends_in_time() {
        let items = [vec![r#"{"id":1}"#; 60_000], vec![r#"{"id":1,"note":7}"#; 900]].concat();
        let begun = std::time::Instant::now();
        assert!(value::<Vec<Authorization>>(format!("[{}]", items.join(",")).as_bytes()).is_none());
        assert!(begun.elapsed() < std::time::Duration::from_secs(20), "{:?}", begun.elapsed());
    }

    #[test]
    fn what_is_required_and_missing_is_an_error_and_no_item_is_lost_unseen() {
        assert!(value::<Authorization>(b"{}").is_none());
        assert!(value::<Vec<ApplicationGrant>>(br#"[{"id":1},{"id":"x"}]"#).is_none());
        assert!(value::<Authorization>(b"<html>").is_none());
        assert!(value::<Authorization>(b"").is_none());
    }
}
