//! Makes a response's text one that the JSON reader takes.

/// What nests deeper is no field of any type here, and its value is left out where the response is odd anyhow.
pub(super) const MAX_DEPTH: usize = 64;

/// The text without what the reader refuses wherever it stands: halves of surrogate pairs, control characters in strings, nesting
/// without end, numbers beyond every range and what only begins like one. Everything else stays as it is.
pub(super) fn tamed(text: &str) -> zeroize::Zeroizing<String> {
    let mut out = zeroize::Zeroizing::new(String::with_capacity(text.len()));
    let (mut rest, mut depth) = (text, 0usize);
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => string_length(rest),
            '-' | '0'..='9' => rest
                .find(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c))
                .unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        let opens = matches!(first, '{' | '[');
        depth -= usize::from(matches!(first, '}' | ']') && depth > 0);
        match first {
            _ if depth > MAX_DEPTH => {}
            _ if opens && depth == MAX_DEPTH => out.push_str("null"),
            '}' | ']' if depth == MAX_DEPTH => {}
            '"' => push_string(&mut out, token),
            '-' | '0'..='9' if serde_json::from_str::<f64>(token).is_err() => out.push_str("null"),
            _ => out.push_str(token),
        }
        depth += usize::from(opens);
        rest = after;
    }
    out
}

/// The length of the string that `text` begins with, its quotes included; all of a text where it does not end.
pub(super) fn string_length(text: &str) -> usize {
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
        let unit = |text: &str| {
            text.strip_prefix("\\u")
                .and_then(|text| u16::from_str_radix(text.get(..4)?, 16).ok())
        };
        // How much of it stays, and how much it is.
        let (kept, length) = match (unit(odd), odd.get(6..).and_then(unit)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => (12, 12),
            (Some(0xd800..=0xdfff), _) => (0, 6),
            (Some(_), _) => (6, 6),
            (None, _) if odd.starts_with('\\') => {
                let escape = 1 + odd.chars().nth(1).map_or(0, char::len_utf8);
                (escape, escape)
            }
            (None, _) => (0, 1),
        };
        if kept == 0 {
            out.push('\u{fffd}');
        }
        out.push_str(&odd[..kept]);
        rest = &odd[length..];
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taming_changes_nothing_else() {
        for text in [
            r#"{"a":"\ud83d\ude00 \u0041 \\ \" é","b":[1,-2.5e3,{"c":[[]]}],"d":null} junk"#,
            "\"unended \\",
            "\"\\u12",
            "}]",
            "",
        ] {
            assert_eq!(*tamed(text), text);
        }
    }
}
