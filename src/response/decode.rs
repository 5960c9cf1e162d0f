//! Reads JSON responds without letting one odd field cost the rest.
//!
//! Servers of twelve years send dates without a zone, URLs that are none, `null` for what is required. A response
//! that reads as it should is read once. One that does not is read again, and each optional field whose value has
//! the wrong type is left out of its text until the rest can be read.

use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

mod odd;
mod tame;

/// Members that one response may lose before it counts as unreadable: a full page with a few odd ones in each item.
const MAX_MENDS: usize = 4000;
/// Values that a response may hold, of which a full page has a fraction. Once read, a value of two bytes can take hundreds.
const MAX_VALUES: usize = 1 << 16;
/// Values to look at in all the fixes of one response together: about a second, for no deadline ends a computation.
const MAX_WORK: usize = 1 << 23;
/// Bytes of text that take as long to pass over as a value.
const BYTES_LIKE_A_VALUE: usize = 32;
/// What is shorter holds few enough values, whatever it is.
const SHORT: usize = 1 << 18;

/// The value of `body`; a byte-order mark before it and junk behind it are skipped.
pub(crate) fn value<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    if body.len() > SHORT && values(body) > MAX_VALUES {
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

/// About how many values stand in `body` that may be read: what nests too deep for any field is only skipped.
fn values(body: &[u8]) -> usize {
    let (mut count, mut depth, mut in_string, mut escaped) = (0, 0usize, false, false);
    for byte in body {
        match byte {
            b'"' if !escaped => in_string = !in_string,
            _ if in_string => {}
            b'}' | b']' => depth = depth.saturating_sub(1),
            b',' => count += usize::from(depth <= tame::MAX_DEPTH),
            b'{' | b'[' => {
                depth += 1;
                count += usize::from(depth <= tame::MAX_DEPTH);
            }
            _ => {}
        }
        escaped = *byte == b'\\' && !escaped;
    }
    count
}

fn mended<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    let mut text = tame::tamed(&Zeroizing::new(String::from_utf8_lossy(body).into_owned()));
    let work = values(text.as_bytes()) + text.len() / BYTES_LIKE_A_VALUE;
    for _ in 0..=MAX_MENDS.min(MAX_WORK / work.max(1)) {
        match T::deserialize(&mut serde_json::Deserializer::from_str(&text)) {
            Ok(read) => return Some(read),
            Err(error) => {
                let member = odd::member(&text, &error)?;
                tracing::debug!(%member, "left out a field of a response: its value has another type than described");
                let range = member.range();
                text.replace_range(range, "");
            }
        }
    }
    None
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
        for (open, close) in [("[", "]"), (r#"{"a":["#, "]}")] {
            let body = format!(
                r#"{{"id":1,"new":{}1{},"token":"abc"}}"#,
                open.repeat(100_000),
                close.repeat(100_000)
            );
            let authorization: Authorization = value(body.as_bytes()).unwrap();
            assert_eq!(authorization.token.unwrap().expose_secret(), "abc");
        }
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
            let authorization: Authorization =
                value(body.as_bytes()).unwrap_or_else(|| panic!("{body}"));
            assert_eq!(authorization.token.unwrap().expose_secret(), "abc");
        }
    }

    #[test]
    fn many_tiny_values_are_refused_before_they_take_memory() {
        let many = |item: &str| format!("[{}]", vec![item; 300_000].join(","));
        assert!(value::<Authorization>(many(r#"{"":0}"#).as_bytes()).is_none());
        assert!(value::<Vec<Authorization>>(many(r#"{"id":1}"#).as_bytes()).is_none());
    }

    #[test]
    fn a_full_page_may_be_odd_all_over() {
        let item = r#"{"id":1,"token":7,"note":7,"url":7,"scopes":7,"app":7,"user":7,"note_url":7,"fingerprint":7,"created_at":7}"#;
        let page: Vec<Authorization> =
            value(format!("[{}]", vec![item; 100].join(",")).as_bytes()).unwrap();
        assert_eq!(page.len(), 100);
    }

    #[test]
    fn a_long_list_gets_fewer_mends_than_a_page() {
        let items = [
            vec![r#"{"id":1}"#; 60_000],
            vec![r#"{"id":1,"note":7}"#; 900],
        ]
        .concat();
        assert!(value::<Vec<Authorization>>(format!("[{}]", items.join(",")).as_bytes()).is_none());
    }

    #[test]
    fn what_is_required_and_missing_is_an_error_and_no_item_is_lost_unseen() {
        assert!(value::<Authorization>(b"{}").is_none());
        assert!(value::<Vec<ApplicationGrant>>(br#"[{"id":1},{"id":"x"}]"#).is_none());
        assert!(value::<Authorization>(b"<html>").is_none());
        assert!(value::<Authorization>(b"").is_none());
    }
}
