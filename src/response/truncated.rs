//! Finds the new token in a response that was truncated or is broken further on.
//!
//! A reset kills the old token at once, so the new one must be found in whatever arrived of the response. Only a
//! field `token` of the outermost object counts: one inside a note or a nested object is somebody's text.

use crate::secret::newtypes::AccessToken;

/// The token in `body`, once its closing quote has arrived.
pub(crate) fn token(body: &[u8]) -> Option<AccessToken> {
    text(body, "token").map(AccessToken::new)
}

/// The text, not empty, of a field of the outermost object, once its closing quote has arrived.
pub(crate) fn text(body: &[u8], name: &str) -> Option<String> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let mut reader = Reader {
        rest: body.trim_ascii_start(),
    };
    reader.expect(b'{')?;
    let mut found = None;
    // Where the field comes twice the later one counts, as it does for whoever reads the response as a whole.
    while let Some(text) = reader.member(name) {
        found = text.or(found);
        if reader.expect(b',').is_none() {
            break;
        }
    }
    found
}

/// Reads JSON that may end anywhere; `None` means that it ended or broke.
struct Reader<'a> {
    rest: &'a [u8],
}

impl Reader<'_> {
    fn expect(&mut self, wanted: u8) -> Option<()> {
        self.rest = self
            .rest
            .trim_ascii_start()
            .strip_prefix(&[wanted])?
            .trim_ascii_start();
        Some(())
    }

    /// Passes over a field, and gives its text if it has that name and is not empty.
    fn member(&mut self, name: &str) -> Option<Option<String>> {
        let key = self.string()?;
        self.expect(b':')?;
        let is_text = key.as_deref() == Some(name) && self.rest.first() == Some(&b'"');
        if is_text {
            Some(self.string()?.filter(|text| !text.is_empty()))
        } else {
            self.skip_value().map(|()| None)
        }
    }

    /// A string with its escapes resolved; `Some(None)` for one that stands for no text.
    fn string(&mut self) -> Option<Option<String>> {
        let length = closing_quote(self.rest)? + 1;
        let (quoted, rest) = self.rest.split_at(length);
        self.rest = rest;
        Some(
            str::from_utf8(quoted)
                .ok()
                .and_then(|quoted| serde_json::from_str(quoted).ok()),
        )
    }

    /// Passes over one value, however deep, without recursion.
    fn skip_value(&mut self) -> Option<()> {
        let mut depth = 0usize;
        loop {
            match *self.rest.first()? {
                b'"' => {
                    let length = closing_quote(self.rest)? + 1;
                    self.rest = &self.rest[length..];
                }
                b'{' | b'[' => {
                    depth += 1;
                    self.rest = &self.rest[1..];
                    continue;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.rest = &self.rest[1..];
                }
                b',' | b':' if depth == 0 => return None,
                byte if byte.is_ascii_whitespace() || byte == b',' || byte == b':' => {
                    self.rest = &self.rest[1..];
                    continue;
                }
                _ => {
                    let length = self
                        .rest
                        .iter()
                        .position(|byte| b",:]} \t\r\n".contains(byte))?;
                    self.rest = &self.rest[length..];
                }
            }
            if depth == 0 {
                return Some(());
            }
        }
    }
}

/// Where the string that `text` begins with ends; `None` where it does not begin with one or the end has not come.
fn closing_quote(text: &[u8]) -> Option<usize> {
    let mut escaped = false;
    if text.first() != Some(&b'"') {
        return None;
    }
    text.iter()
        .enumerate()
        .skip(1)
        .find_map(|(index, byte)| match (escaped, byte) {
            (true, _) => {
                escaped = false;
                None
            }
            (false, b'\\') => {
                escaped = true;
                None
            }
            (false, b'"') => Some(index),
            _ => None,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANSWER: &str = r#" {"id":1,"note":"say \"token\":\"fake\" \\","app":{"token":"nested","n":[1,{"token":"deep"}]},"x":null,"y":-1.5e3,"scopes":[],"token":"r\u0065al","updated_at":"z"}"#;

    fn found(text: &str) -> Option<String> {
        token(text.as_bytes()).map(|token| token.expose_secret().to_owned())
    }

    #[test]
    fn the_token_is_found_exactly_from_its_closing_quote_on() {
        let closing = ANSWER.find(r#"al","up"#).unwrap() + 3;
        for cut in 0..=ANSWER.len() {
            let expected = (cut >= closing).then(|| "real".to_owned());
            assert_eq!(found(&ANSWER[..cut]), expected, "cut at {cut}");
        }
    }

    #[test]
    fn an_odd_key_or_a_first_token_that_is_none_does_not_hide_the_token() {
        for text in [
            r#"{"\ud800":1,"token":"real"}"#,
            "{\"a\tb\":1,\"token\":\"real\"",
            r#"{"token":null,"token":"real"}"#,
            r#"{"token":"","token":"real","x":"#,
            r#"{"token":{"token":"x"},"token":"real","token":""}"#,
            r#"{"token":"first","token":"real"}"#,
        ] {
            assert_eq!(found(text).as_deref(), Some("real"), "{text}");
        }
    }

    #[test]
    fn what_is_no_answer_has_no_token() {
        for text in [
            "",
            "null",
            "[]",
            r#"["token","x"]"#,
            r#"{"token":null}"#,
            r#"{"token":""}"#,
            r#"{"token":{"token":"x"}}"#,
            r#"{"a" "token":"x"}"#,
            "{]",
            "<html>",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn what_an_error_says_is_read_from_its_beginning() {
        let body = br#"{"message":"Validation Failed","errors":[{"resource":"Oauth"#;
        assert_eq!(text(body, "message").as_deref(), Some("Validation Failed"));
        assert_eq!(text(body, "documentation_url"), None);
    }
}
