//! Reads YAML into a tree.
//!
//! Stricter than YAML: one document, no duplicate keys, no anchors, aliases, tags or invisible characters. A reader of the specification
//! sees all of it at its place.

use super::diagnostic::Diagnostic;
use super::source;
use super::yaml::{Key, Node, Value, plain_to_json};
use saphyr_parser::{Event, Parser, ScalarStyle, Span, StrInput};

/// Deeper than any document of this project, and not deep enough to exhaust the stack.
const DEPTH: usize = 64;

/// Reads one document.
pub fn parse(text: &str) -> Result<Node, Diagnostic> {
    source::check(text)?;
    let mut loader = Loader {
        parser: Parser::new_from_str(text),
        line: 1,
        depth: 0,
    };
    loader.document()
}

/// Builds the tree from the parser's events.
struct Loader<'a> {
    parser: Parser<'a, StrInput<'a>>,
    /// The line on which the last event began.
    line: usize,
    depth: usize,
}

impl<'a> Loader<'a> {
    fn document(&mut self) -> Result<Node, Diagnostic> {
        self.next()?; // the start of the stream
        if self.next()? == Event::StreamEnd {
            return Err(Diagnostic::new(
                1,
                "the document is empty",
                "restore it from the repository",
            ));
        }
        let first = self.next()?;
        let root = self.node(first)?;
        self.next()?; // the end of the document
        match self.next()? {
            Event::StreamEnd => Ok(root),
            _start => Err(self.error(
                "a second document begins",
                "keep to one document: remove the `---`",
            )),
        }
    }

    fn node(&mut self, event: Event<'a>) -> Result<Node, Diagnostic> {
        let line = self.line;
        self.refuse_sharing(&event)?;
        let value = match event {
            Event::Scalar(text, style, ..) => {
                // An escape in quotes hides it from `source::check`.
                source::invisible(&text, line).map_or(Ok(()), Err)?;
                if text.contains('\t') {
                    return Err(Diagnostic::new(line, "a tab in a value", "write blanks"));
                }
                Value::Scalar {
                    text: text.into_owned(),
                    plain: style == ScalarStyle::Plain,
                }
            }
            Event::SequenceStart(..) => self.nested(Self::sequence)?,
            Event::MappingStart(..) => self.nested(Self::mapping)?,
            _ => return Err(self.error("a value is missing here", "write one")),
        };
        Ok(Node { line, value })
    }

    fn nested(
        &mut self,
        collection: fn(&mut Self) -> Result<Value, Diagnostic>,
    ) -> Result<Value, Diagnostic> {
        if self.depth == DEPTH {
            return Err(self.error(
                format!("values are nested deeper than {DEPTH} levels"),
                "flatten them",
            ));
        }
        self.depth += 1;
        let value = collection(self);
        self.depth -= 1;
        value
    }

    fn sequence(&mut self) -> Result<Value, Diagnostic> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                Event::SequenceEnd => return Ok(Value::Sequence(items)),
                event => items.push(self.node(event)?),
            }
        }
    }

    fn mapping(&mut self) -> Result<Value, Diagnostic> {
        let mut entries: Vec<(Key, Node)> = Vec::new();
        loop {
            let event = match self.next()? {
                Event::MappingEnd => return Ok(Value::Mapping(entries)),
                event => event,
            };
            let line = self.line;
            let Node {
                value: Value::Scalar { text: name, plain },
                ..
            } = self.node(event)?
            else {
                return Err(Diagnostic::new(
                    line,
                    "a key is a list or a mapping",
                    "use text for keys",
                ));
            };
            refuse_key(&name, plain, line)?;
            if let Some((first, _)) = entries.iter().find(|(key, _)| key.name == name) {
                let what = format!("key `{name}` appears twice, first in line {}", first.line);
                return Err(Diagnostic::new(line, what, "remove one, or merge the two"));
            }
            let event = self.next()?;
            entries.push((Key { name, line }, self.node(event)?));
        }
    }

    fn next(&mut self) -> Result<Event<'a>, Diagnostic> {
        let (event, Span { start, .. }) = match self.parser.next_event() {
            Some(Ok(next)) => next,
            Some(Err(error)) if error.info().contains("recursion limit") => {
                return Err(Diagnostic::new(
                    error.marker().line(),
                    "values are nested deeper than the parser goes",
                    "flatten them",
                ));
            }
            Some(Err(error)) => {
                let help = match error.info() {
                    "simple key expect ':'" => {
                        "end the key in the line above with a colon, or look at the indentation and quotes of both lines"
                    }
                    "mapping values are not allowed in this context" => {
                        "put text that contains a colon in quotes, or look at the indentation of this line and the one above"
                    }
                    info if info.starts_with("unexpected character") => {
                        "put text that begins with this character in quotes"
                    }
                    _ => {
                        "look at the indentation, colons and quotes of this line and the one above"
                    }
                };
                return Err(Diagnostic::new(
                    error.marker().line(),
                    format!("this is not YAML: {}", error.info()),
                    help,
                ));
            }
            None => (Event::StreamEnd, Span::default()),
        };
        self.line = start.line();
        Ok(event)
    }

    fn refuse_sharing(&self, event: &Event<'a>) -> Result<(), Diagnostic> {
        // An alias needs no arm: without anchors, the parser rejects it.
        let (Event::Scalar(_, _, anchor, tag)
        | Event::SequenceStart(anchor, tag)
        | Event::MappingStart(anchor, tag)) = event
        else {
            return Ok(());
        };
        match (anchor, tag) {
            (0, None) => Ok(()),
            (_, Some(tag)) => Err(self.error(
                format!("a value has the tag `{}`", tag.suffix),
                "remove it; quotes make text of a value",
            )),
            _ => Err(self.error(
                "a value has an anchor",
                "remove it; values are shared by `$ref`",
            )),
        }
    }

    fn error(&self, what: impl Into<String>, help: &str) -> Diagnostic {
        Diagnostic::new(self.line, what, help)
    }
}

/// Refuses keys that some tools do not read as text. All tools read a number as text, and statuses are often written as numbers.
fn refuse_key(name: &str, plain: bool, line: usize) -> Result<(), Diagnostic> {
    let error = |what: String, help: &str| Err(Diagnostic::new(line, what, help));
    match plain_to_json(name) {
        _ if name.contains('\n') => error(
            format!("key {name:?} has more than one line"),
            "use one line of text for keys",
        ),
        serde_json::Value::Null if plain => error(
            format!("key `{name}` is empty"),
            "put it in quotes if it is meant as text",
        ),
        serde_json::Value::Bool(_) if plain => error(
            format!("key `{name}` is a boolean"),
            "put it in quotes if it is meant as text",
        ),
        serde_json::Value::Number(number) if plain && number.to_string() != name => error(
            format!("key `{name}` is the number {number}"),
            "put it in quotes if it is meant as text",
        ),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_follow_the_core_schema() {
        let text = "[1, -2, +3, 0x1f, 0o17, 1.5, 1e3, .5, 18446744073709551615, ~, null, true, FALSE, '1', \"true\", yes, 2.2.2, .inf, -x, x]";
        let json = r#"[1, -2, 3, 31, 15, 1.5, 1000.0, 0.5, 18446744073709551615, null, null, true, false, "1", "true", "yes", "2.2.2",
            ".inf", "-x", "x"]"#;
        assert_eq!(
            parse(text).unwrap().to_json(),
            serde_json::from_str::<serde_json::Value>(json).unwrap()
        );
    }

    #[test]
    fn nodes_know_their_lines() {
        let node = parse("# comment\na:\n  b: |\n    text\n    more\n  c: [1,\n    2]\n").unwrap();
        let a = node.get("a").unwrap();
        assert_eq!(node.entries()[0].0.line, 2);
        assert_eq!(
            a.entries()
                .iter()
                .map(|(key, _)| key.line)
                .collect::<Vec<_>>(),
            [3, 6]
        );
        assert_eq!(
            a.get("c")
                .unwrap()
                .items()
                .iter()
                .map(|item| item.line)
                .collect::<Vec<_>>(),
            [6, 7]
        );
        assert_eq!(a.get("b").unwrap().as_str(), Some("text\nmore\n"));
    }

    #[test]
    fn neither_nothing_nor_too_much_is_a_document() {
        assert_eq!(
            parse("# only a comment\n").unwrap_err().what,
            "the document is empty"
        );
        let nested = |depth| parse(&format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
        assert!(nested(DEPTH).is_ok());
        assert_eq!(
            nested(DEPTH + 1).unwrap_err().what,
            "values are nested deeper than 64 levels"
        );
        assert!(nested(100_000).is_err());
        assert!(parse(&"- ".repeat(100_000)).is_err());
    }
}
