//! Descriptions: the meaningful part of their layout, without the line breaks of the YAML.

use serde_json::Value;

/// The keys that contain descriptions.
pub(crate) const KEYS: [&str; 3] = ["summary", "description", "x-deprecation-note"];

/// Returns the text without line breaks and spaces that Markdown ignores: one line for each paragraph and each item of a list, so that
/// `>-`, `|-` and any width give the same text.
pub(crate) fn folded(text: &str) -> String {
    let mut folded = String::new();
    let mut paragraph_ended = false;
    for line in text.lines() {
        let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            paragraph_ended = true;
            continue;
        }
        let own_line = begins_a_block(&words);
        match (folded.is_empty(), paragraph_ended, own_line) {
            (true, ..) => {}
            (_, true, _) => folded.push_str("\n\n"),
            (_, _, true) => folded.push('\n'),
            _ => folded.push(' '),
        }
        if own_line {
            folded.push_str(&line[..line.len() - line.trim_start().len()]);
        }
        folded.push_str(&words);
        paragraph_ended = false;
    }
    folded
}

/// Folds every description of a specification.
pub(crate) fn fold(spec: &mut Value) {
    match spec {
        Value::Object(entries) => {
            for (key, value) in entries {
                match value {
                    Value::String(text) if KEYS.contains(&key.as_str()) => *text = folded(text),
                    value => fold(value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(fold),
        _ => {}
    }
}

/// Whether Markdown starts a new block with the line: an item of a list, a heading, a quotation, a row of a table.
fn begins_a_block(line: &str) -> bool {
    let numbered = line.split_once(['.', ')']).is_some_and(|(number, rest)| {
        (1..10).contains(&number.len())
            && number.bytes().all(|digit| digit.is_ascii_digit())
            && rest.starts_with(' ')
    });
    numbered
        || ["- ", "* ", "+ ", "# ", "## ", "### ", ">", "|"]
            .iter()
            .any(|mark| line.starts_with(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_wrapping_is_folded() {
        for (text, wanted) in [
            ("one\ntwo  three\n", "one two three"),
            ("\n one\n\n\n two\nthree", "one\n\ntwo three"),
            (
                "a list:\n- one\n  more\n- two\n\nafter",
                "a list:\n- one more\n- two\n\nafter",
            ),
            ("1. one\n2. two\n  - nested", "1. one\n2. two\n  - nested"),
            ("since\n3.14, or\n- no", "since 3.14, or\n- no"),
            ("a\n| b |\n> c", "a\n| b |\n> c"),
            ("", ""),
        ] {
            assert_eq!(folded(text), wanted, "{text:?}");
            assert_eq!(folded(&folded(text)), wanted, "{text:?}");
        }
    }

    #[test]
    fn fields_that_are_named_like_a_key_are_looked_into() {
        let mut spec = serde_json::json!({"properties": {"description": {"description": "a\nb"}}, "title": "a\nb", "l": [{"summary": "a\nb"}]});
        fold(&mut spec);
        assert_eq!(
            spec,
            serde_json::json!({"properties": {"description": {"description": "a b"}}, "title": "a\nb", "l": [{"summary": "a b"}]})
        );
    }
}
