//! A table that a test measures, written into a page of `docs/`.

use std::path::Path;

/// Writes `text` into the page of this project, between the two marks with this name.
///
/// # Errors
///
/// The page cannot be read or written, or has no such marks.
pub fn write(project: &Path, page: &str, mark: &str, text: &str) -> Result<(), String> {
    let path = project.join(page);
    let old = std::fs::read_to_string(&path).map_err(|error| format!("{page}: {error}"))?;
    let (begin, end) = (
        format!("<!-- {mark}: generated -->\n"),
        format!("<!-- /{mark} -->"),
    );
    let parts = old
        .split_once(&begin)
        .and_then(|(before, rest)| rest.split_once(&end).map(|(_, after)| (before, after)));
    let Some((before, after)) = parts else {
        return Err(format!("{page} has no marks for {mark}"));
    };
    std::fs::write(&path, format!("{before}{begin}{text}{end}{after}"))
        .map_err(|error| format!("{page}: {error}"))
}

/// Formats a share, the total first.
pub fn share((all, some): (usize, usize)) -> String {
    format!("{} of {}", thousands(some), thousands(all))
}

pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
