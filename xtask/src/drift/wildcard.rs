//! Patterns of differences: text with `*` for any run of characters.

/// Whether `pattern` matches the whole of `text`.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    let Some(last) = pieces.next_back() else {
        return rest.is_empty();
    };
    // Matching each piece as far to the left as possible leaves the most text for the pieces after it.
    for piece in pieces {
        let Some(at) = rest.find(piece) else {
            return false;
        };
        rest = &rest[at + piece.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_star_is_any_run_and_all_else_is_itself() {
        for (pattern, text) in [
            ("a.b", "a.b"),
            ("*", ""),
            ("*", "a"),
            ("a*", "a"),
            ("*.id", "A.id"),
            ("a*b*c", "a-b-b-c"),
            ("*aa", "aaa"),
        ] {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [
            ("a.b", "axb"),
            ("a", "ab"),
            ("a*", "b"),
            ("*.id", "A.id.x"),
            ("a*ba*ba", "aba"),
            ("*b*", "ac"),
            ("", "a"),
        ] {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
    }
}
