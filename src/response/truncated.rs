//! Finds the new token in a body that is truncated or is not JSON.
//!
//! A reset revokes the old token at once, so the new one must be found in whatever part of the response arrived. Only a field `token` of
//! the outermost object counts: one inside a note or a nested object is a user's text.

use crate::secret::newtypes::AccessToken;
use zeroize::Zeroizing;

/// Returns the token in `body`, once its closing quote has arrived.
pub(crate) fn token(body: &[u8]) -> Option<AccessToken> {
    text(body, "token").map(|token| AccessToken::new(token.as_str()))
}

/// Returns the text of a field of the outermost object, if it is not empty and its closing quote has arrived.
///
/// The first object with such a field counts, and in it the last such field. Everything before the object is skipped: a byte-order mark,
/// junk, the bracket of an array.
pub(crate) fn text(body: &[u8], name: &str) -> Option<Zeroizing<String>> {
    let mut rest = body;
    loop {
        let mut pieces = Pieces {
            rest: object(rest)?,
        };
        let found = field(&mut pieces, name);
        if found.is_some() {
            return found;
        }
        rest = pieces.rest;
    }
}

/// Returns the text after the brace of the first object that has a field.
fn object(mut text: &[u8]) -> Option<&[u8]> {
    loop {
        let brace = text.iter().position(|byte| *byte == b'{')?;
        text = text[brace + 1..].trim_ascii_start();
        if text.starts_with(b"\"") {
            return Some(text);
        }
    }
}

/// Reads an object to its end, or to the end of the text, for a field of this name.
fn field(pieces: &mut Pieces<'_>, name: &str) -> Option<Zeroizing<String>> {
    let (mut found, mut depth) = (None, 1usize);
    // The key of the next string, and the last string, which is a key if a colon follows.
    let (mut key, mut last) = (None, None);
    for piece in pieces {
        let before = (key.take(), last.take());
        match piece {
            Piece::Open => depth += 1,
            Piece::Close => depth -= 1,
            Piece::Colon => key = before.1,
            Piece::Text(text) => match before.0 {
                Some(key) if depth == 1 && is(key, name) => {
                    found = unquoted(text).filter(|text| !text.is_empty()).or(found);
                }
                Some(_) => {}
                None => last = Some(text),
            },
            Piece::Other => {}
        }
        if depth == 0 {
            break;
        }
    }
    found
}

fn is(key: &[u8], name: &str) -> bool {
    if key.contains(&b'\\') {
        unquoted(key).is_some_and(|key| *key == name)
    } else {
        key.strip_prefix(b"\"")
            .and_then(|key| key.strip_suffix(b"\""))
            == Some(name.as_bytes())
    }
}

/// Returns the text in the quotes with its escapes resolved; `None` if an escape is invalid.
fn unquoted(quoted: &[u8]) -> Option<Zeroizing<String>> {
    serde_json::from_slice(quoted).ok().map(Zeroizing::new)
}

/// A token of what may be JSON, which may end or be invalid anywhere.
enum Piece<'a> {
    Open,
    Close,
    Colon,
    /// A string in its quotes.
    Text(&'a [u8]),
    /// A comma, or a byte of anything else.
    Other,
}

struct Pieces<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        self.rest = self.rest.trim_ascii_start();
        let length = match self.rest.first()? {
            b'"' => string_length(self.rest)?,
            _ => 1,
        };
        let (piece, rest) = self.rest.split_at(length);
        self.rest = rest;
        Some(match piece {
            b"{" | b"[" => Piece::Open,
            b"}" | b"]" => Piece::Close,
            b":" => Piece::Colon,
            [b'"', ..] => Piece::Text(piece),
            _ => Piece::Other,
        })
    }
}

/// Returns the length of the string at the beginning of `text`, including its quotes; `None` if its end has not arrived.
fn string_length(text: &[u8]) -> Option<usize> {
    let mut escaped = false;
    let end = text.iter().skip(1).position(|byte| {
        let ends = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    })?;
    Some(end + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = r#" {"id":1,"note":"say \"token\":\"fake\" \\","app":{"token":"nested","n":[1,{"token":"deep"}]},"x":null,"y":-1.5e3,"scopes":["token","token"],"token":"r\u0065al","updated_at":"z"}"#;

    fn found(text: &str) -> Option<String> {
        token(text.as_bytes()).map(|token| token.expose_secret().to_owned())
    }

    #[test]
    fn the_token_is_found_exactly_from_its_closing_quote_on() {
        let closing = BODY.find(r#"al","up"#).unwrap() + 3;
        for before in [
            "",
            "\u{feff}\u{feff}",
            ")]}',\n",
            "<br/>Warning: it's {0} bad\n",
            "[",
            "{} {x} ",
        ] {
            let body = format!("{before}{BODY}]");
            for end in (0..=body.len()).filter(|end| body.is_char_boundary(*end)) {
                let expected = (end >= before.len() + closing).then(|| "real".to_owned());
                assert_eq!(
                    found(&body[..end]),
                    expected,
                    "{before:?} truncated at {end}"
                );
            }
        }
    }

    #[test]
    fn a_broken_field_does_not_hide_the_token() {
        for text in [
            r#"{"\ud800":1,"token":"real"}"#,
            "{\"a\tb\":1,\"token\":\"real\"",
            r#"{"token":null,"token":"real"}"#,
            r#"{"token":"","token":"real","x":"#,
            r#"{"token":{"token":"x"},"token":"real","token":""}"#,
            r#"{"token":"first","token":"real"}"#,
            r#"{"a" "token":"real"}"#,
            r#"{"note":"\x41","id":01,,"x":nul,"\u0074oken" : "real"}"#,
            r#"{"error":"x"}{"id":1,"token":"real"}"#,
            r#"{"id":1}[{"token":"real"},{"token":"another"}]"#,
        ] {
            assert_eq!(found(text).as_deref(), Some("real"), "{text}");
        }
        assert_eq!(
            token(b"{\"note\":\"\xff\",\"\xff\":1,\"token\":\"real\"")
                .unwrap()
                .expose_secret(),
            "real"
        );
    }

    #[test]
    fn a_text_that_is_not_a_response_has_no_token() {
        for text in [
            "",
            "null",
            "[]",
            r#"["token","x"]"#,
            r#"{"token":null}"#,
            r#"{"token":""}"#,
            r#"{"token":{"token":"x"}}"#,
            r#"{"token":["token","x"]}"#,
            r#"{"token":"\ud800"}"#,
            r#"{"x":"token":"y"}"#,
            "{]",
            "<html>",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn an_error_body_is_read_from_its_beginning() {
        let body = br#"{"message":"Validation Failed","errors":[{"resource":"Oauth"#;
        assert_eq!(text(body, "message").unwrap().as_str(), "Validation Failed");
        assert!(text(body, "documentation_url").is_none());
    }

    #[test]
    fn a_large_body_is_read_once() {
        for unit in ["{\"", "{\"a\":", "{\"a\":{}}", "{", "\"", "[", "\\"] {
            let body = unit.repeat(400_000 / unit.len());
            assert_eq!(found(&body), None, "{unit}");
        }
    }
}
