//! Standard output.

use std::io::Write as _;

/// Prints the output of a task. The reader of a pipe may close it early.
pub fn print(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}
