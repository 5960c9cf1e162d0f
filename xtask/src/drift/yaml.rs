//! GitHub's YAML. Looser than what reads our own specification: its dereferenced descriptions share values by anchors.

use crate::build::yaml;
use saphyr_parser::{Event, Parser, ScalarStyle, StrInput};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// Deeper than any description, and far from the end of the stack.
const DEPTH: usize = 128;

/// Many times what a description holds, and few enough to be kept: aliases of aliases grow without end.
const VALUES: usize = 10_000_000;

/// Reads the first document.
pub(super) fn read(text: &str) -> Result<Value, String> {
    let mut loader = Loader {
        parser: Parser::new_from_str(text),
        line: 1,
        values: 0,
        anchors: HashMap::new(),
    };
    loop {
        match loader.next()? {
            Event::StreamStart | Event::DocumentStart(_) => {}
            Event::StreamEnd => return Ok(Value::Null),
            event => return loader.node(event, DEPTH),
        }
    }
}

struct Loader<'a> {
    parser: Parser<'a, StrInput<'a>>,
    /// Where the last event began.
    line: usize,
    /// How many values there are so far.
    values: usize,
    /// What an anchor stands before, and how many values that is.
    anchors: HashMap<usize, (Value, usize)>,
}

impl<'a> Loader<'a> {
    fn node(&mut self, event: Event<'a>, depth: usize) -> Result<Value, String> {
        if depth == 0 {
            return Err(format!(
                "line {}: values are nested deeper than {DEPTH} levels",
                self.line
            ));
        }
        let before = self.values;
        self.values += 1;
        let (anchor, value) = match event {
            Event::Alias(anchor) => return self.alias(anchor),
            Event::Scalar(text, style, anchor, tag) => {
                let is_plain = tag.map_or(style == ScalarStyle::Plain, |tag| {
                    ["bool", "float", "int", "null"].contains(&&*tag.suffix)
                });
                (anchor, scalar(text.into_owned(), is_plain))
            }
            Event::SequenceStart(anchor, _) => (anchor, self.sequence(depth - 1)?),
            Event::MappingStart(anchor, _) => (anchor, self.mapping(depth - 1)?),
            _ => {
                return Err(format!(
                    "line {}: the YAML ends in the middle of a value",
                    self.line
                ));
            }
        };
        if anchor != 0 {
            self.anchors
                .insert(anchor, (value.clone(), self.values - before));
        }
        Ok(value)
    }

    fn alias(&mut self, anchor: usize) -> Result<Value, String> {
        let Some((value, count)) = self.anchors.get(&anchor) else {
            return Err(format!(
                "line {}: an alias stands for what it is a part of",
                self.line
            ));
        };
        self.values += count;
        if self.values > VALUES {
            return Err(format!(
                "line {}: aliases make more than {VALUES} values of it",
                self.line
            ));
        }
        Ok(value.clone())
    }

    fn sequence(&mut self, depth: usize) -> Result<Value, String> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                Event::SequenceEnd => return Ok(Value::Array(items)),
                event => items.push(self.node(event, depth)?),
            }
        }
    }

    fn mapping(&mut self, depth: usize) -> Result<Value, String> {
        let mut entries = Map::new();
        loop {
            let key = match self.next()? {
                Event::MappingEnd => return Ok(Value::Object(entries)),
                Event::Scalar(text, ..) => text.into_owned(),
                _ => return Err(format!("line {}: a key is no text", self.line)),
            };
            let event = self.next()?;
            entries.insert(key, self.node(event, depth)?);
        }
    }

    fn next(&mut self) -> Result<Event<'a>, String> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => {
                self.line = span.start.line();
                Ok(event)
            }
            Some(Err(error)) => Err(format!("line {}: {}", error.marker().line(), error.info())),
            None => Ok(Event::StreamEnd),
        }
    }
}

fn scalar(text: String, plain: bool) -> Value {
    yaml::Node {
        line: 0,
        value: yaml::Value::Scalar { text, plain },
    }
    .to_json()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn anchors_share_values() {
        let text = "---\na:\n- &1\n  x: 1\n- *1\nb: *1\nc: &2 '200'\nd: *2\ne: !!str 1\n";
        let json = json!({ "a": [{ "x": 1 }, { "x": 1 }], "b": { "x": 1 }, "c": "200", "d": "200", "e": "1" });
        assert_eq!(read(text).unwrap(), json);
    }

    #[test]
    fn tags_say_what_quotes_hide() {
        let json = json!([true, 5, 1.5, null, "x", "true"]);
        assert_eq!(
            read("[!!bool 'true', !!int \"5\", !!float '1.5', !!null '', !!str x, 'true']\n")
                .unwrap(),
            json
        );
    }

    #[test]
    fn aliases_of_aliases_come_to_an_end() {
        let line = |i: u32| {
            format!(
                "k{i}: &a{i} [{}]\n",
                vec![format!("*a{}", i - 1); 9].join(", ")
            )
        };
        let text = format!(
            "k0: &a0 [{}]\n{}",
            ["x"; 9].join(", "),
            (1..20).map(line).collect::<String>()
        );
        assert!(read(&text).unwrap_err().contains("aliases make more than"));
        assert!(
            read("a: &a\n  b: *a\n")
                .unwrap_err()
                .starts_with("line 2: an alias stands for what it is a part of")
        );
    }

    #[test]
    fn what_is_no_yaml_is_told_with_its_line() {
        assert!(
            read("a:\n  b: [1,\nc: 2\n")
                .unwrap_err()
                .starts_with("line 3: ")
        );
        assert!(read("a: *1\n").unwrap_err().starts_with("line 1: "));
        assert!(read(&"- ".repeat(200)).unwrap_err().contains("128 levels"));
        assert_eq!(read("").unwrap(), Value::Null);
    }
}
