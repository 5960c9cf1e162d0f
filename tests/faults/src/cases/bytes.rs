//! Malformed bodies: the readable part is read, and an unreadable body still yields its token.

use super::fields::{readable, undecodable};
use super::over;
use crate::case::Case;
use crate::responses::{authorization, response};
use crate::secrets::NEW_TOKEN;

pub(super) fn cases() -> Vec<Case> {
    let text = authorization(NEW_TOKEN).to_string();
    let with = |name, change: &dyn Fn(&[u8]) -> Vec<u8>| readable(name, change(text.as_bytes()));
    let replaced = |with: &'static [u8]| {
        move |bytes: &[u8]| {
            let at = bytes
                .windows(6)
                .position(|window| window == b"a note")
                .unwrap();
            [&bytes[..at], with, &bytes[at + 6..]].concat()
        }
    };
    let nested = |depth| format!("{}{},", "[".repeat(depth), "]".repeat(depth));
    vec![
        with("bytes::invalid_utf_8", &replaced(b"\xff\xfe\xc3")),
        broken(
            "bytes::half_a_surrogate_pair",
            replaced(b"\\ud800")(text.as_bytes()),
        ),
        broken(
            "bytes::control_characters",
            replaced(b"\x01\x02")(text.as_bytes()),
        ),
        broken(
            "bytes::half_a_surrogate_pair_in_a_name",
            text.replacen('{', r#"{"\ud83d":1,"#, 1).into_bytes(),
        ),
        broken("bytes::junk_before", format!(")]}}',\n{text}").into_bytes()),
        broken(
            "bytes::two_byte_order_marks",
            format!("\u{feff}\u{feff}{text}").into_bytes(),
        ),
        broken("bytes::in_an_array", format!("[{text}]").into_bytes()),
        broken("bytes::unknown_escape", replaced(b"\\x41")(text.as_bytes())),
        with("bytes::byte_order_mark", &|bytes| {
            [b"\xef\xbb\xbf", bytes].concat()
        }),
        with("bytes::trailing_junk", &|bytes| {
            [bytes, b"\n<!-- cached -->"].concat()
        }),
        with("bytes::second_value", &|bytes| {
            [bytes, b"{\"id\":2,\"token\":\"another\"}"].concat()
        }),
        readable(
            "bytes::nested_100_000_deep_before_the_token",
            text.replacen('{', &format!("{{\"new\":{}", nested(100_000)), 1)
                .into_bytes(),
        ),
        readable(
            "bytes::nested_100_000_deep_after_the_token",
            format!(
                "{}{}",
                &text[..text.len() - 1],
                format_args!(",\"new\":{}\"x\":1}}", nested(100_000))
            )
            .into_bytes(),
        ),
        readable(
            "bytes::escapes_in_the_name_of_the_token",
            text.replace("\"token\"", "\"\\u0074oke\\u006e\"")
                .into_bytes(),
        ),
    ]
}

/// A body that is not JSON still yields the token, if this is its only copy.
fn broken(name: &'static str, body: Vec<u8>) -> Case {
    Case::new(name)
        .over(over::with_authorization)
        .responds(response(200, &[], &body))
        .want(undecodable)
        .error(|error| {
            let once = error.operation().is_some_and(over::once);
            error.recovered_token().map(|token| token.expose_secret()) == once.then_some(NEW_TOKEN)
        })
}
