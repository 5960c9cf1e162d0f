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

/// The value of `body`; a byte-order mark before it and junk behind it are passed over.
pub(crate) fn value<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    // Checking the text as a whole takes a fraction of what checking each of its strings would.
    if let Ok(text) = str::from_utf8(body)
        && let Ok(value) = T::deserialize(&mut serde_json::Deserializer::from_str(text))
    {
        return Some(value);
    }
    mended(body)
}

fn mended<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    let text = zeroize::Zeroizing::new(String::from_utf8_lossy(body).into_owned());
    let mut value = serde_json::Deserializer::from_str(&text).into_iter::<Value>().next()?.ok()?;
    for _ in 0..MOST_MENDS {
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
    fn what_is_required_and_missing_is_an_error_and_no_item_is_lost_unseen() {
        assert!(value::<Authorization>(b"{}").is_none());
        assert!(value::<Vec<ApplicationGrant>>(br#"[{"id":1},{"id":"x"}]"#).is_none());
        assert!(value::<Authorization>(b"<html>").is_none());
        assert!(value::<Authorization>(b"").is_none());
    }
}
