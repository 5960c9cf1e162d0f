//! Standard output.

use std::io::Write as _;

/// Prints the output of a task. The reader of a pipe may stop in the middle.
pub fn print(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}
