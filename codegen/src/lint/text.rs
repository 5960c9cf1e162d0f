//! The style of the text, line by line.

use crate::diagnostic::Diagnostic;

/// The longest line, in characters: a review does not show longer ones whole.
const WIDTH: usize = 140;

pub(super) fn check(text: &str) -> Vec<Diagnostic> {
    let mut errors: Vec<Diagnostic> = text
        .split('\n')
        .zip(1..)
        .flat_map(|(text, line)| check_line(text, line))
        .collect();
    errors.extend(find_windows_line_ends(text));
    let last = text.lines().count().max(1);
    if !text.ends_with('\n') {
        errors.push(Diagnostic::new(
            last,
            "the last line does not end",
            "end it with a line break",
        ));
    } else if text.ends_with("\n\n") {
        errors.push(Diagnostic::new(
            last,
            "the file ends in empty lines",
            "remove them",
        ));
    }
    errors
}

fn check_line(text: &str, line: usize) -> Option<Diagnostic> {
    let error = |what: &str, help: &str| Some(Diagnostic::new(line, what, help));
    let width = text.chars().count();
    let text = text.trim_end_matches('\r');
    if text.contains('\t') {
        error("the line has a tab in it", "write spaces")
    } else if text.ends_with(' ') {
        error("the line ends in blanks", "remove them")
    } else if width > WIDTH && !is_one_word(text) {
        error(
            &format!("the line is {width} characters long"),
            &format!("break it before character {WIDTH}; `>-` folds text over several lines"),
        )
    } else {
        None
    }
}

/// Reports the line ends of Windows once, because usually all lines have them.
fn find_windows_line_ends(text: &str) -> Option<Diagnostic> {
    let mut lines = text
        .split('\n')
        .zip(1..)
        .filter(|(text, _)| text.contains('\r'));
    let (_, first) = lines.next()?;
    let what = match lines.count() {
        0 => "the line ends as lines do on Windows".to_owned(),
        more => format!("the line and {more} more end as lines do on Windows"),
    };
    Some(Diagnostic::new(
        first,
        what,
        "convert the file to plain line feeds",
    ))
}

/// Keys and URLs cannot be wrapped.
fn is_one_word(text: &str) -> bool {
    text.split_whitespace().count() <= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_the_file_is_looked_at() {
        let whats = |text| {
            check(text)
                .into_iter()
                .map(|error| (error.line, error.what))
                .collect::<Vec<_>>()
        };
        assert_eq!(whats("a: 1\nb: 2\n"), []);
        assert_eq!(
            whats("a: 1\nb: 2"),
            [(2, "the last line does not end".to_owned())]
        );
        assert_eq!(
            whats("a: 1\n\n"),
            [(2, "the file ends in empty lines".to_owned())]
        );
        assert_eq!(whats(""), [(1, "the last line does not end".to_owned())]);
    }
}
