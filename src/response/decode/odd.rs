//! Finds the field of a response that the reader stumbled over.
//!
//! The reader tells where it stopped. That is behind a value that has the wrong type, before an object or a list that
//! stands in place of something else, behind an object that lacks a field, or behind the name of a field that it
//! has met before. The innermost field around that place is the one to leave out.

use super::tame::string_length;
use serde::de::IgnoredAny;
use std::fmt;
use std::ops::Range;

/// A field of an object in a text.
pub(super) struct Member<'a> {
    text: &'a str,
    /// Where the names of the fields around it begin, the outermost first, and then its own.
    names: Vec<usize>,
}

/// The innermost field that `error` is about; `None` where it is about the text as a whole. An item of a list is none:
/// leaving it out alone would lose it unseen, so the field goes that the list is.
pub(super) fn member<'a>(text: &'a str, error: &serde_json::Error) -> Option<Member<'a>> {
    // What is left over of a list that stands for an object counts as bad syntax, too.
    if !error.is_data()
        && serde_json::Deserializer::from_str(text)
            .into_iter::<IgnoredAny>()
            .next()?
            .is_err()
    {
        return None;
    }
    let lines = text
        .split_inclusive('\n')
        .take(error.line().checked_sub(1)?);
    let stop = lines.map(str::len).sum::<usize>() + error.column();
    let mut objects: Vec<Vec<usize>> = open_objects(text, stop)
        .into_iter()
        .filter(|names| !names.is_empty())
        .collect();
    let siblings = objects.last_mut()?;
    let own = siblings.pop()?;
    let is_second = !text
        .get(own + string_length(&text[own..])..stop)?
        .contains(':');
    // Of two fields with one name the later counts, unless the earlier says more: a server that hides a token may send both.
    let earlier = siblings
        .iter()
        .copied()
        .find(|sibling| is_second && name(text, *sibling) == name(text, own));
    siblings.push(
        earlier
            .filter(|earlier| says(text, *earlier) <= says(text, own))
            .unwrap_or(own),
    );
    let names = objects
        .iter()
        .filter_map(|names| names.last().copied())
        .collect();
    Some(Member { text, names })
}

impl Member<'_> {
    /// Where it stands, with one of the commas beside it.
    pub(super) fn range(&self) -> Range<usize> {
        let start = self.names.last().copied().unwrap_or_default();
        let mut depth = 0usize;
        for (at, token) in tokens(self.text, start) {
            match token {
                "{" | "[" => depth += 1,
                "," if depth == 0 => return start..at + 1,
                "}" | "]" if depth == 0 => {
                    let before = self.text[..start].trim_end();
                    return before.strip_suffix(',').map_or(start, str::len)..at;
                }
                "}" | "]" => depth -= 1,
                _ => {}
            }
        }
        start..self.text.len()
    }
}

/// The names that lead to it, without what looks like a token in them: the key of a map is the server's choice.
impl fmt::Display for Member<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, start) in self.names.iter().enumerate() {
            let dot = if index == 0 { "" } else { "." };
            write!(
                f,
                "{dot}{}",
                crate::secret::redact::mask(&name(self.text, *start))
            )?;
        }
        Ok(())
    }
}

/// For each object that is open at `stop`, the outermost first, where the names of its fields up to there begin; nothing for a list.
fn open_objects(text: &str, stop: usize) -> Vec<Vec<usize>> {
    let mut open: Vec<(bool, Vec<usize>)> = Vec::new();
    let mut before = "";
    for (at, token) in tokens(text, 0).take_while(|(at, _)| *at < stop) {
        match token {
            "{" | "[" => open.push((token == "{", Vec::new())),
            "}" | "]" => drop(open.pop()),
            "," | ":" => {}
            _ => {
                if let Some((true, names)) = open.last_mut()
                    && before != ":"
                {
                    names.push(at);
                }
            }
        }
        before = token;
    }
    open.into_iter().map(|(_, names)| names).collect()
}

/// The strings and the punctuation of `text` from a place on, each with its own place.
fn tokens(text: &str, from: usize) -> impl Iterator<Item = (usize, &str)> {
    let mut next = from;
    std::iter::from_fn(move || {
        let at = next + text[next..].find(['"', '{', '}', '[', ']', ',', ':'])?;
        let length = if text[at..].starts_with('"') {
            string_length(&text[at..])
        } else {
            1
        };
        next = at + length;
        Some((at, &text[at..next]))
    })
}

/// How much the value of the field says whose name begins at `start`: nothing, something, or what only a text can.
fn says(text: &str, start: usize) -> u8 {
    let rest = &text[start + string_length(&text[start..])..];
    match rest.trim_start().trim_start_matches(':').trim_start() {
        value if value.starts_with("null") || value.starts_with("\"\"") => 0,
        value => 1 + u8::from(value.starts_with('"')),
    }
}

/// The name that begins at `start`, with its escapes resolved.
fn name(text: &str, start: usize) -> String {
    let quoted = &text[start..start + string_length(&text[start..])];
    serde_json::from_str(quoted).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generated::types::Authorization;

    /// The path of the first odd field, and the text without it.
    fn without_the_odd_one(text: &str) -> Option<(String, String)> {
        let error = serde_json::from_str::<Authorization>(text).unwrap_err();
        let member = member(text, &error)?;
        let mut rest = text.to_owned();
        rest.replace_range(member.range(), "");
        Some((member.to_string(), rest))
    }

    #[test]
    fn the_smallest_member_goes_with_its_comma() {
        for (text, path, rest) in [
            (r#"{"id":1,"note":7}"#, "note", r#"{"id":1}"#),
            (r#"{"note":7,"id":1}"#, "note", r#"{"id":1}"#),
            (
                "{\n \"note\" : [ 7 ] ,\n \"id\" : 1 }",
                "note",
                "{\n \n \"id\" : 1 }",
            ),
            (
                r#"{"id":1,"app":{"url":{"a":[1,{}]},"name":"x"}}"#,
                "app.url",
                r#"{"id":1,"app":{"name":"x"}}"#,
            ),
            (
                r#"{"id":1,"scopes":["a","}",7,"b"],"url":"u"}"#,
                "scopes",
                r#"{"id":1,"url":"u"}"#,
            ),
            (
                r#"{"id":1,"note":"\"{,","user":[{"x":1}]}"#,
                "user",
                r#"{"id":1,"note":"\"{,"}"#,
            ),
            (r#"{"id":1,"app":7.5}"#, "app", r#"{"id":1}"#),
            (r#"{"id":9223372036854775808}"#, "id", "{}"),
        ] {
            assert_eq!(
                without_the_odd_one(text),
                Some((path.to_owned(), rest.to_owned())),
                "{text}"
            );
        }
    }

    #[test]
    fn of_a_name_that_comes_twice_the_later_member_stays() {
        let text = r#"{"id":1,"app":{"name":"x"},"n\u006fte":"first","url":"u","note" : "second"}"#;
        let rest = r#"{"id":1,"app":{"name":"x"},"url":"u","note" : "second"}"#;
        assert_eq!(
            without_the_odd_one(text),
            Some(("note".to_owned(), rest.to_owned()))
        );
    }

    #[test]
    fn a_member_that_says_nothing_does_not_win_for_coming_later() {
        for empty in [r#""""#, "null", "7", "{}"] {
            let rest = r#"{"id":1,"token":"x"}"#;
            let expected = Some(("token".to_owned(), rest.to_owned()));
            assert_eq!(
                without_the_odd_one(&format!(r#"{{"id":1,"token":"x","token": {empty}}}"#)),
                expected,
                "{empty}"
            );
        }
    }

    #[test]
    fn a_list_that_is_longer_than_an_object_is_one_odd_member() {
        for list in [r#"["a","b","c","d"]"#, "[null,null,null,null]"] {
            let text = format!(r#"{{"id":1,"app":{list},"note":"x"}}"#);
            let expected = Some(("app".to_owned(), r#"{"id":1,"note":"x"}"#.to_owned()));
            assert_eq!(without_the_odd_one(&text), expected, "{list}");
        }
    }

    #[test]
    fn what_is_wrong_as_a_whole_has_no_odd_member() {
        for text in [
            "{}",
            "[]",
            "[7]",
            "7",
            "",
            "{\"id\":1,\"note\":}",
            "{\"id\":",
            "{\"id\":1",
        ] {
            assert_eq!(without_the_odd_one(text), None, "{text}");
        }
    }
}
