//! Finds tokens in a text.

use ghes_oauth::{AccessToken, TokenKind};
use std::borrow::Cow;

/// The shortest body of a token in the middle of a text: real ones have 36 characters, and prose contains `gho_xxx`.
const SHORTEST_EMBEDDED: usize = 16;

/// GitHub keeps tokens below 256 characters, except those that hold a JSON Web Token.
const LONGEST: usize = 1024;

/// The length of nearly all tokens.
const USUAL: usize = 40;

/// A token found in a text.
pub(crate) struct Found {
    pub(crate) token: AccessToken,
    /// Whether it was surrounded by characters other than white space.
    pub(crate) is_dressed: bool,
    /// Whether it is only the beginning of a token whose rest was masked.
    pub(crate) is_partial: bool,
}

/// Returns the tokens in a line or in the value of a field, in order.
pub(crate) fn tokens(text: &[u8]) -> Vec<Found> {
    let text = with_underscores(text);
    let trimmed = text.trim_ascii();
    if let Some(start) = prefix_at(trimmed) {
        let end = token_end(trimmed, start);
        if end == trimmed.len() && end > start && end <= LONGEST {
            return vec![found(trimmed, false, false)];
        }
    }
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(length) = text[at..].iter().position(|&byte| is_word(byte)) {
        let start = at + length;
        let end = word_end(&text, start);
        at = match token_in(&text, start, end) {
            Some((from, to)) => {
                let is_dressed = trimmed.len() != to - from;
                let is_partial = to - from != USUAL && is_mask(&text[to..]);
                all.push(found(&text[from..to], is_dressed, is_partial));
                to.max(end)
            }
            None => end,
        };
    }
    all
}

/// Returns the text with its tokens replaced by their last characters: file names are printed, and may contain one.
pub(crate) fn masked(text: &str) -> String {
    let decoded = with_underscores(text.as_bytes());
    let plain = String::from_utf8_lossy(&decoded).into_owned();
    let tokens = tokens(text.as_bytes());
    if tokens.is_empty() {
        return text.to_owned();
    }
    tokens.iter().fold(plain, |text, found| {
        let end = format!("…{}", found.token.last_eight());
        text.replace(found.token.expose_secret(), &end)
    })
}

/// Returns whether a word may be a secret of an unknown kind.
pub(crate) fn may_be_secret(word: &str) -> bool {
    word.len() >= 16 && !word.starts_with('-') && !word.contains(['/', '.', ' ', '\\'])
}

/// Returns whether the text after a token masks the rest of it, as scanners do.
fn is_mask(rest: &[u8]) -> bool {
    ["*", "...", "…"]
        .iter()
        .any(|mask| rest.starts_with(mask.as_bytes()))
}

/// Returns the position of the token in the word from `start` to `end`; the token may extend beyond the word.
fn token_in(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    // In a longer word only the end is searched: without this limit a long word would take quadratic time.
    let first = start.max(end.saturating_sub(LONGEST));
    let with_prefix = (first..end).find_map(|from| {
        let body = from + prefix_at(&text[from..end])?;
        let to = token_end(text, body);
        (to - body >= SHORTEST_EMBEDDED && to - from <= LONGEST).then_some((from, to))
    });
    let hexadecimal = || {
        let from = start + escape_length(&text[..start], &text[start..end]);
        is_hexadecimal(&text[from..end]).then_some((from, end))
    };
    with_prefix.or_else(hexadecimal)
}

/// Returns the length of the prefix at the beginning of the text.
fn prefix_at(text: &[u8]) -> Option<usize> {
    TokenKind::PREFIXES
        .iter()
        .find(|prefix| text.starts_with(prefix.as_bytes()))
        .map(|prefix| prefix.len())
}

/// Returns the end of the token whose body starts at `body`.
fn token_end(text: &[u8], body: usize) -> usize {
    let word = word_end(text, body);
    // The newer formats hold a JSON Web Token, whose parts are separated by full stops and may hold hyphens.
    let is_json_web_token = text[body..word].windows(3).any(|part| part == b"eyJ");
    if !is_json_web_token {
        return word;
    }
    let is_part = |&byte: &u8| is_word(byte) || byte == b'.' || byte == b'-';
    let rest = &text[body..text.len().min(body + LONGEST + 1)];
    let length = rest
        .iter()
        .position(|byte| !is_part(byte))
        .unwrap_or(rest.len());
    body + rest[..length]
        .iter()
        .rposition(|&byte| byte != b'.' && byte != b'-')
        .map_or(0, |last| last + 1)
}

fn word_end(text: &[u8], start: usize) -> usize {
    text[start..]
        .iter()
        .position(|&byte| !is_word(byte))
        .map_or(text.len(), |length| start + length)
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn is_hexadecimal(word: &[u8]) -> bool {
    word.len() == 40
        && word
            .iter()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Returns how many characters of a word belong to an escape before it: two of `%3D`, one of `\n`, five of `\u003d`.
fn escape_length(before: &[u8], word: &[u8]) -> usize {
    match (before.last(), word.first()) {
        (Some(b'%'), _) => 2.min(word.len()),
        (Some(b'\\'), Some(b'u')) => 5.min(word.len()),
        (Some(b'\\'), Some(b'n' | b'r' | b't')) => 1,
        _ => 0,
    }
}

/// Decodes `%5F`: the only character of a token that percent-encoding may have changed.
fn with_underscores(text: &[u8]) -> Cow<'_, [u8]> {
    let is_encoded = |part: &[u8]| part.eq_ignore_ascii_case(b"%5F");
    if !text.windows(3).any(is_encoded) {
        return Cow::Borrowed(text);
    }
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&first, after)) = rest.split_first() {
        let encoded = rest.get(..3).is_some_and(is_encoded);
        decoded.push(if encoded { b'_' } else { first });
        rest = if encoded { &rest[3..] } else { after };
    }
    Cow::Owned(decoded)
}

fn found(token: &[u8], is_dressed: bool, is_partial: bool) -> Found {
    Found {
        token: AccessToken::new(String::from_utf8_lossy(token).into_owned()),
        is_dressed,
        is_partial,
    }
}

#[cfg(test)]
mod tests;
