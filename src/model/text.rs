//! Comparisons of text.

/// Whether a text begins with another, ignoring case.
pub(crate) fn begins(text: &str, beginning: &str) -> bool {
    let start = text.get(..beginning.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(beginning))
}
