//! Reads the body of a response.

use crate::model::lenient::{self, Lenient};
use zeroize::Zeroizing;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
/// How much longer than the body its copy may be when U+FFFD replaces invalid UTF-8.
const ROOM: usize = 4096;

/// Decodes `body`. A byte-order mark before the value is skipped, and so is junk after an object or an array.
pub(crate) fn value<T: Lenient>(body: &[u8]) -> Option<T> {
    read(
        body,
        content(body).starts_with(b"{") || content(body).starts_with(b"["),
    )
}

/// Decodes `body` if it contains nothing else than the value, a byte-order mark and white space.
pub(crate) fn whole<T: Lenient>(body: &[u8]) -> Option<T> {
    read(body, false)
}

/// Returns whether `body` is empty or `null`, apart from a byte-order mark and white space.
pub(crate) fn is_nothing(body: &[u8]) -> bool {
    matches!(content(body), b"" | b"null")
}

/// Returns whether `body` is `null`, apart from a byte-order mark and white space.
pub(crate) fn is_null(body: &[u8]) -> bool {
    content(body) == b"null"
}

fn content(body: &[u8]) -> &[u8] {
    body.strip_prefix(BYTE_ORDER_MARK)
        .unwrap_or(body)
        .trim_ascii()
}

fn read<T: Lenient>(body: &[u8], junk_may_follow: bool) -> Option<T> {
    let body = body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body);
    let copy;
    // Checking the text as a whole takes a fraction of the time that checking each of its strings takes.
    let text = match str::from_utf8(body) {
        Ok(text) => text,
        Err(_) => {
            copy = valid(body);
            &copy
        }
    };
    let mut json = serde_json::Deserializer::from_str(text);
    let value = lenient::read(&mut json).ok()??;
    (junk_may_follow || json.end().is_ok()).then_some(value)
}

/// Returns a copy of `body` with U+FFFD in place of invalid UTF-8. If there is much of that, `?` is used, so that the copy is at most
/// [`ROOM`] longer than the body.
fn valid(body: &[u8]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(body.len() + ROOM));
    let end = text.capacity();
    let mut rest = body.len();
    for chunk in body.utf8_chunks() {
        text.push_str(chunk.valid());
        rest -= chunk.valid().len() + chunk.invalid().len();
        if !chunk.invalid().is_empty() {
            let has_room = text.len() + '\u{fffd}'.len_utf8() + rest <= end;
            text.push(if has_room { '\u{fffd}' } else { '?' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generated::types::{ApplicationGrant, Authorization};

    fn token(body: &[u8]) -> Option<String> {
        let token = value::<Authorization>(body)?.token?;
        Some(token.expose_secret().to_owned())
    }

    #[test]
    fn a_field_of_another_type_costs_only_itself() {
        let body = br#"{"id":1,"token":"abc","scopes":["repo",7],"created_at":7,"app":{"name":["x"],"url":"u"},
            "note":{"a":1},"user":[[]],"installation":{"permissions":[],"has_multiple_single_files":"no","account":{"id":1}}}"#;
        let authorization: Authorization = value(body).unwrap();
        assert_eq!(authorization.token.unwrap().expose_secret(), "abc");
        assert!(
            authorization.scopes.is_none(),
            "a shorter list would claim to be whole"
        );
        assert!(authorization.created_at.is_none() && authorization.note.is_none());
        assert!(authorization.user.is_none());
        assert_eq!(authorization.app.unwrap().url.as_deref(), Some("u"));
        let installation = authorization.installation.unwrap();
        assert!(installation.permissions.is_none() && installation.account.is_none());
        assert!(installation.has_multiple_single_files.is_none());
    }

    #[test]
    fn every_field_may_be_of_every_type() {
        let fields = [
            "app",
            "created_at",
            "expires_at",
            "fingerprint",
            "hashed_token",
            "installation",
            "note",
            "note_url",
        ];
        let more = [
            "scopes",
            "token_last_eight",
            "updated_at",
            "url",
            "user",
            "unknown",
        ];
        let deep = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
        let nested = format!(
            "{}1{}",
            r#"{"id":[{"login":"#.repeat(10_000),
            "}]}".repeat(10_000)
        );
        for other in [
            "null",
            "true",
            "7",
            "-7.5e3",
            "18446744073709551615",
            r#""x""#,
            r#"[1,"a",{}]"#,
            r#"{"a":{"id":[]}}"#,
            &deep,
            &nested,
        ] {
            for field in fields.iter().chain(&more) {
                let body = format!(r#"{{"{field}":{other},"id":1,"token":"abc"}}"#);
                assert_eq!(token(body.as_bytes()).as_deref(), Some("abc"), "{field}");
            }
        }
    }

    #[test]
    fn the_last_duplicate_that_is_not_empty_wins() {
        let value: Authorization = value(
            br#"{"id":2,"id":3,"id":"x","token":"old","token":"new","token":"","token":null,"note":"a","note":7,"note":"",
            "app":{"name":"n"},"app":{},"app":[],"scopes":["repo"],"scopes":[],"url":"","url":"u"}"#,
        )
        .unwrap();
        assert_eq!(
            (value.id.get(), value.token.unwrap().expose_secret()),
            (3, "new")
        );
        assert_eq!(
            (value.note.as_deref(), value.url.as_deref()),
            (Some("a"), Some("u"))
        );
        assert_eq!(value.app.unwrap().name.as_deref(), Some("n"));
        assert_eq!(value.scopes, Some(vec!["repo".to_owned()]));
    }

    #[test]
    fn marks_junk_and_broken_text_around_a_token_do_not_lose_it() {
        for body in [
            &b"\xef\xbb\xbf{\"id\":1,\"token\":\"abc\"}"[..],
            b"{\"id\":1,\"token\":\"abc\"} trailing",
            b"{\"id\":1,\"token\":\"abc\",\"note\":\"\xff\xfe\"}",
            b"{\"id\":9007199254740993,\"token\":\"abc\",\"new\":[1,-1e999,\"\\ud83d\"]}",
        ] {
            assert_eq!(token(body).as_deref(), Some("abc"));
        }
        assert!(whole::<Authorization>(b"\xef\xbb\xbf {\"id\":1}\r\n").is_some());
        assert!(whole::<Authorization>(b"{\"id\":1} trailing").is_none());
    }

    #[test]
    fn invalid_utf_8_is_replaced_within_bounds() {
        assert_eq!(*valid(b"a\xffb\xe2\x82"), "a\u{fffd}b\u{fffd}");
        let many = valid(&[0xff; 10_000]);
        assert!(many.len() <= 10_000 + ROOM && many.starts_with('\u{fffd}') && many.ends_with('?'));
        assert_eq!(many.capacity(), 10_000 + ROOM);
    }

    #[test]
    fn invalid_json_is_not_a_value() {
        for body in [
            r#"{"id":1,"note":"x\ud83d","token":"abc"}"#,
            r#"{"id":1,"note":-1e999,"token":"abc"}"#,
            "{\"id\":1,\"new\":\"x\ny\",\"token\":\"abc\"}",
        ] {
            assert_eq!(token(body.as_bytes()), None, "{body}");
            assert_eq!(
                crate::response::truncated::token(body.as_bytes())
                    .unwrap()
                    .expose_secret(),
                "abc"
            );
        }
    }

    #[test]
    fn a_long_list_is_refused_and_takes_no_memory() {
        let list = |count| format!("[{}]", vec![r#"{"id":1}"#; count].join(","));
        assert_eq!(
            value::<Vec<Authorization>>(list(1000).as_bytes())
                .unwrap()
                .len(),
            1000
        );
        assert!(value::<Vec<Authorization>>(list(1001).as_bytes()).is_none());
        let scopes = format!(
            r#"{{"id":1,"scopes":[{}],"token":"abc"}}"#,
            vec!["\"\""; 1001].join(",")
        );
        assert!(
            value::<Authorization>(scopes.as_bytes())
                .unwrap()
                .scopes
                .is_none()
        );
        let levels: Vec<String> = (0..=1001)
            .map(|index| format!(r#""p{index}":"read""#))
            .collect();
        let permissions = format!(
            r#"{{"id":1,"installation":{{"permissions":{{{}}}}},"token":"abc"}}"#,
            levels.join(",")
        );
        let authorization: Authorization = value(permissions.as_bytes()).unwrap();
        assert!(authorization.installation.unwrap().permissions.is_none());
        assert_eq!(authorization.token.unwrap().expose_secret(), "abc");
    }

    #[test]
    fn a_missing_required_field_is_an_error_and_no_item_is_lost_unseen() {
        for body in [
            "{}",
            "<html>",
            "",
            "null",
            "[]",
            r#"[{"id":1}]"#,
            r#"{"id":"1"}"#,
            r#"{"id":1.5}"#,
            r#"{"id":0}"#,
            r#"{"id":-1}"#,
            r#"{"id":9223372036854775808}"#,
        ] {
            assert!(value::<Authorization>(body.as_bytes()).is_none(), "{body}");
        }
        for body in [r#"[{"id":1},{"id":"x"}]"#, "[null]", r#"{"id":1}"#] {
            assert!(
                value::<Vec<ApplicationGrant>>(body.as_bytes()).is_none(),
                "{body}"
            );
        }
    }

    #[test]
    fn only_nothing_is_nothing() {
        for body in ["", " \n", "null", "\u{feff} null\r\n"] {
            assert!(is_nothing(body.as_bytes()), "{body}");
        }
        for body in [
            "nullified: maintenance",
            "null<html>",
            "null and void",
            "0",
            "{}",
        ] {
            assert!(!is_nothing(body.as_bytes()), "{body}");
            let read = value::<Option<Authorization>>(body.as_bytes());
            assert!(read.is_none(), "{body}");
        }
        assert!(matches!(
            value::<Option<Authorization>>(b"null\n"),
            Some(None)
        ));
        let read = value::<Option<Authorization>>(b"{\"id\":1}");
        assert!(matches!(read, Some(Some(_))));
    }

    #[test]
    fn an_error_names_the_field_and_not_the_value() {
        let error = serde_json::from_str::<Authorization>(r#"{"id":"gho_secret"}"#).unwrap_err();
        let text = error.to_string();
        assert!(
            text.contains("`id`") && !text.contains("gho_secret"),
            "{text}"
        );
    }
}
