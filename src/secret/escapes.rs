//! Undoes the escapes in which a secret may be written.

use zeroize::Zeroizing;

/// How deeply escapes may be nested.
const MOST_NESTED: usize = 5;

/// Returns the text with the escapes of URLs, HTML and JSON undone, even if they are nested.
pub(super) fn plain(text: &str) -> Zeroizing<String> {
    let mut plain = Zeroizing::new(text.to_owned());
    for _ in 0..MOST_NESTED {
        if !plain.contains(['%', '\\', '&']) {
            break;
        }
        let decoded = Zeroizing::new(
            percent_encoding::percent_decode_str(&plain)
                .decode_utf8_lossy()
                .into_owned(),
        );
        plain = without_entities(&without_backslashes(&decoded));
    }
    let shown = plain.chars().filter(|c| !is_invisible(*c));
    Zeroizing::new(shown.map(|c| if c == '+' { ' ' } else { c }).collect())
}

/// Whether a text with this character may show more once its escapes are undone.
pub(super) fn is_of_escapes(c: char) -> bool {
    matches!(c, '%' | '\\' | '&') || is_invisible(c)
}

/// Whether the character is invisible. UTF-16 decoded as bytes has a NUL beside each letter.
fn is_invisible(c: char) -> bool {
    matches!(c, '\0' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// Returns the text with the escapes of JSON and JavaScript undone; of any other escape only the backslash is removed.
fn without_backslashes(text: &str) -> Zeroizing<String> {
    let mut units = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        units.extend(before.encode_utf16());
        let number = |letter, digits| {
            let digits = after.strip_prefix(letter)?.get(..digits)?;
            u16::from_str_radix(digits, 16).ok()
        };
        rest = match (number('u', 4), number('x', 2), code_point(after)) {
            (Some(unit), _, _) => {
                units.push(unit);
                &after[5..]
            }
            (None, Some(unit), _) => {
                units.push(unit);
                &after[3..]
            }
            (None, None, Some((character, after))) => {
                units.extend_from_slice(character.encode_utf16(&mut [0; 2]));
                after
            }
            (None, None, None) => after,
        };
    }
    units.extend(rest.encode_utf16());
    Zeroizing::new(String::from_utf16_lossy(&units))
}

/// The character of `u{67}` or `U00000067`, and the text after it.
fn code_point(text: &str) -> Option<(char, &str)> {
    let braced = || text.strip_prefix("u{")?.split_once('}');
    let (digits, after) = braced().or_else(|| text.strip_prefix('U')?.split_at_checked(8))?;
    let number = u32::from_str_radix(digits, 16).ok()?;
    Some((char::from_u32(number)?, after))
}

/// Returns the text with HTML's numeric entities undone, and the named ones of characters that tokens and escapes contain.
fn without_entities(text: &str) -> Zeroizing<String> {
    let mut out = Zeroizing::new(String::with_capacity(text.len()));
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let entity = named(after).or_else(|| numeric(after));
        let (character, tail) = entity.unwrap_or(('&', after));
        out.push(character);
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// Returns the character of a named entity, and the text after it.
fn named(text: &str) -> Option<(char, &str)> {
    let (name, tail) = text.split_once(';')?;
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        // The characters that tokens and their encodings contain besides letters and digits.
        "lowbar" => '_',
        "equals" => '=',
        "sol" => '/',
        "plus" => '+',
        "period" => '.',
        "dash" | "hyphen" => '-',
        _ => return None,
    };
    Some((character, tail))
}

/// Returns the character of a numeric entity, whose semicolon may be missing as in browsers, and the text after it.
fn numeric(text: &str) -> Option<(char, &str)> {
    let text = text.strip_prefix('#')?;
    let (text, radix) = match text.strip_prefix(['x', 'X']) {
        Some(text) => (text, 16),
        None => (text, 10),
    };
    let end = text
        .find(|c: char| !c.is_digit(radix))
        .unwrap_or(text.len());
    let (digits, tail) = text.split_at(end);
    let character = u32::from_str_radix(digits, radix)
        .ok()
        .and_then(char::from_u32)?;
    Some((character, tail.strip_prefix(';').unwrap_or(tail)))
}
