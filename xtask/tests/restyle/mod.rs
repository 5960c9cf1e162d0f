//! The same specification, written differently in YAML.

use ghes_oauth_codegen::loader;
use ghes_oauth_codegen::yaml::{Key, Node, Value};

type Edit = fn(&str) -> String;

/// Edits of the whole file that do not change its meaning.
pub(crate) const EDITS: [(&str, Edit); 17] = [
    ("without comments", without_comments),
    ("with a comment above each key", |spec| {
        with_lines(spec, |line| {
            format!("{}# {}\n{line}", indent(line), line.len())
        })
    }),
    ("with an empty line above each key", |spec| {
        with_lines(spec, |line| format!("\n{line}"))
    }),
    ("with blanks at the ends of lines", |spec| {
        with_lines(spec, |line| format!("{line}  "))
    }),
    ("with the line ends of Windows", |spec| {
        spec.replace('\n', "\r\n")
    }),
    ("as a document with its marks", |spec| {
        format!("---\n{spec}...\n")
    }),
    ("indented by four", |spec| {
        let wide = |line: &str| {
            format!(
                "{}{}\n",
                indent(line),
                line.replacen("- ", "-   ", usize::from(is_item(line)))
            )
        };
        spec.lines().map(wide).collect()
    }),
    ("in one line, as JSON", |spec| {
        flow(&parse(spec), &Style::default())
    }),
    ("in single quotes", |spec| {
        flow(
            &parse(spec),
            &Style {
                single_quotes: true,
                ..Style::default()
            },
        )
    }),
    ("with other quotes", |spec| spec.replace('"', "'")),
    ("with the keys of all objects the other way round", |spec| {
        flow(
            &parse(spec),
            &Style {
                reversed_keys: true,
                ..Style::default()
            },
        )
    }),
    (
        "with the lists the other way round whose order means nothing",
        |spec| {
            flow(
                &parse(spec),
                &Style {
                    reversed_lists: true,
                    ..Style::default()
                },
            )
        },
    ),
    ("with lists in brackets written as blocks", |spec| {
        with_lines(spec, |line| {
            match line.split_once("required: [id, login]") {
                Some((indent, "")) => format!("{indent}required:\n{indent}- id\n{indent}- login"),
                _ => line.to_owned(),
            }
        })
    }),
    ("with the line breaks of folded text kept", |spec| {
        spec.replace(": >-\n", ": |-\n")
    }),
    ("with a line break at the end of folded text", |spec| {
        spec.replace(": >-\n", ": >\n")
    }),
    ("with all line breaks at the end of text", |spec| {
        spec.replace(": >-\n", ": >+\n").replace(": |-\n", ": |+\n")
    }),
    ("with a line folded in two", |spec| {
        spec.replacen(
            "title: OAuth Apps and",
            "title: >-\n    OAuth Apps\n    and",
            1,
        )
    }),
];

/// The operations in the opposite order.
pub(crate) fn upside_down(spec: &str) -> String {
    flow(
        &parse(spec),
        &Style {
            reversed_paths: true,
            ..Style::default()
        },
    )
}

/// Every description replaced with another, `prose 1`, `prose 2`, …, and the number of the last.
pub(crate) fn renumbered(node: &mut Node) -> usize {
    fn walk(node: &mut Node, key: &str, last: &mut usize) {
        match &mut node.value {
            Value::Scalar { text, .. } if PROSE.contains(&key) => {
                *last += 1;
                *text = format!("prose {last}.");
            }
            Value::Scalar { .. } => {}
            Value::Sequence(items) => items.iter_mut().for_each(|item| walk(item, "", last)),
            Value::Mapping(entries) => entries
                .iter_mut()
                .for_each(|(key, value)| walk(value, &key.name, last)),
        }
    }
    let mut last = 0;
    walk(node, "", &mut last);
    last
}

/// Keys with arbitrary text.
const PROSE: [&str; 6] = [
    "description",
    "summary",
    "title",
    "url",
    "version",
    "x-deprecation-note",
];

/// How a tree is written in one line.
#[derive(Default)]
struct Style {
    single_quotes: bool,
    /// Except for paths and methods, whose order is that of the operations.
    reversed_keys: bool,
    reversed_paths: bool,
    reversed_lists: bool,
}

/// Lists that are sets.
const SETS: [&str; 5] = [
    "parameters",
    "required",
    "servers",
    "tags",
    "x-known-values",
];

fn flow(node: &Node, style: &Style) -> String {
    write(node, "", style)
}

fn write(node: &Node, key: &str, style: &Style) -> String {
    match &node.value {
        Value::Scalar { text, plain: true } if node.as_str().is_none() => text.clone(),
        Value::Scalar { text, .. } if style.single_quotes && !text.contains('\n') => {
            format!("'{}'", text.replace('\'', "''"))
        }
        Value::Scalar { text, .. } => serde_json::to_string(text).expect("text is JSON"),
        Value::Sequence(items) => {
            let mut items: Vec<String> = items.iter().map(|item| write(item, "", style)).collect();
            if style.reversed_lists && SETS.contains(&key) {
                items.reverse();
            }
            format!("[{}]", items.join(", "))
        }
        Value::Mapping(entries) => {
            let pair = |(key, value): &(Key, Node)| {
                format!("{:?}: {}", key.name, write(value, &key.name, style))
            };
            let mut pairs: Vec<String> = entries.iter().map(pair).collect();
            let is_order_of_operations = key == "paths" || key.starts_with('/');
            if if is_order_of_operations {
                style.reversed_paths
            } else {
                style.reversed_keys
            } {
                pairs.reverse();
            }
            format!("{{{}}}", pairs.join(", "))
        }
    }
}

fn parse(spec: &str) -> Node {
    loader::parse(spec).expect("the specification is YAML")
}

fn without_comments(spec: &str) -> String {
    spec.split_inclusive('\n')
        .filter(|line| !line.trim_start().starts_with('#'))
        .collect()
}

/// Changes the lines that start an entry, and none inside a block of text.
fn with_lines(spec: &str, change: impl Fn(&str) -> String) -> String {
    let mut block: Option<usize> = None;
    let mut out = String::new();
    for line in spec.lines() {
        let depth = indent(line).len();
        if block.is_some_and(|block| depth <= block && !line.is_empty()) {
            block = None;
        }
        out += &if block.is_none() && !line.trim_start().starts_with('#') {
            change(line)
        } else {
            line.to_owned()
        };
        out.push('\n');
        if line.ends_with(">-") || line.ends_with("|-") {
            block = block.or(Some(depth));
        }
    }
    out
}

fn indent(line: &str) -> &str {
    &line[..line.len() - line.trim_start().len()]
}

fn is_item(line: &str) -> bool {
    line.trim_start().starts_with("- ")
}
