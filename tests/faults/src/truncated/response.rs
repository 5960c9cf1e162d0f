//! The response that is truncated.

use crate::responses::raw_response;
use crate::secrets::NEW_TOKEN;

/// A response, and the byte at which its token is complete.
#[derive(Clone)]
pub(super) struct Response {
    pub(super) bytes: Vec<u8>,
    pub(super) token_end: usize,
}

impl Response {
    pub(super) fn whole() -> Self {
        let body = body();
        let bytes = raw_response(
            201,
            &[
                ("Content-Type", "application/json"),
                ("Content-Length", &body.len().to_string()),
            ],
            body.as_bytes(),
        );
        let token_end = bytes.len() - body.len() + token_end(&body);
        Self { bytes, token_end }
    }

    /// The same in chunks of seven bytes.
    pub(super) fn chunked() -> Self {
        let body = body();
        let mut bytes = raw_response(
            201,
            &[
                ("Content-Type", "application/json"),
                ("Transfer-Encoding", "chunked"),
            ],
            b"",
        );
        let mut token_bytes_left = token_end(&body);
        let mut at = 0;
        for chunk in body.as_bytes().chunks(7) {
            bytes.extend(format!("{:x}\r\n", chunk.len()).bytes());
            if (1..=chunk.len()).contains(&token_bytes_left) {
                at = bytes.len() + token_bytes_left;
            }
            token_bytes_left = token_bytes_left.saturating_sub(chunk.len());
            bytes.extend(chunk);
            bytes.extend(b"\r\n");
        }
        bytes.extend(b"0\r\n\r\n");
        Self {
            bytes,
            token_end: at,
        }
    }

    /// One byte in this many, and each one around the end of the token and of the response.
    pub(super) fn positions(&self, every: usize) -> impl Iterator<Item = usize> + use<> {
        let (token_end, length) = (self.token_end, self.bytes.len());
        (0..=length)
            .filter(move |cut| cut % every == 0 || cut.abs_diff(token_end) < 3 || cut + 2 > length)
    }
}

/// Before the token there are fields that look like it: in a note, in nested objects and with escapes.
fn body() -> String {
    let decoys = r#""note":"say \"token\":\"gho_notThisOne000\" \\","app":{"token":"gho_norThisOne000","url":""},"x":[{"token":"gho_norThat000"}],"\u0054oken":"no""#;
    format!(
        r#"{{"id":1,{decoys},"scopes":["repo"], "toke\u006e" : "{NEW_TOKEN}","updated_at":"2011-09-06T20:39:23Z","fingerprint":null}}"#
    )
}

fn token_end(body: &str) -> usize {
    body.find(NEW_TOKEN).unwrap() + NEW_TOKEN.len() + 1
}
