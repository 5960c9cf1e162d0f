//! The difference of two texts, as a terminal shows it.

use similar::TextDiff;

/// Lines shown around each change.
const CONTEXT: usize = 2;

/// The changed lines of a file with some lines around them; empty if nothing changed.
pub(crate) fn of(path: &str, before: &str, after: &str) -> String {
    if before != after && before.lines().eq(after.lines()) {
        return format!("{path}: other ends of lines\n");
    }
    TextDiff::from_lines(before, after)
        .unified_diff()
        .context_radius(CONTEXT)
        .header(path, path)
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn changes_are_shown_with_what_is_around_them() {
        let before = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n";
        let after = "a\nb\nc\nD\ne\nf\ng\nh\ni\nj\nk\n";
        assert_eq!(
            of("x", before, after),
            "--- x\n+++ x\n@@ -2,5 +2,5 @@\n b\n c\n-d\n+D\n e\n f\n@@ -9,2 +9,3 @@\n i\n j\n+k\n"
        );
        assert_eq!(of("x", before, before), "");
        assert_eq!(of("x", "a\r\n", "a\n"), "x: other ends of lines\n");
    }
}
