//! Prose: it becomes documentation of Rust, with consequences of its own.

use super::super::yaml::Node;
use super::Lint;

/// Looks at every text for people below `node`.
pub(super) fn check(lint: &mut Lint<'_>, node: &Node) {
    for (key, value) in node.entries() {
        if let ("summary" | "description" | "x-deprecation-note", Some(text)) = (key.name.as_str(), value.as_str()) {
            prose(lint, key.line, &key.name, text);
        }
        check(lint, value);
    }
    node.items().iter().for_each(|item| check(lint, item));
}

fn prose(lint: &mut Lint<'_>, line: usize, key: &str, text: &str) {
    if text.contains("```") || text.lines().any(|line| line.starts_with("    ")) {
        lint.fault(line, format!("`{key}` has a block of code"), "say it in words: rustdoc would run the block as a test");
    } else if text.matches('`').count() % 2 == 1 {
        lint.fault(line, format!("`{key}` has a backtick without its pair"), "add the other one");
    }
}
