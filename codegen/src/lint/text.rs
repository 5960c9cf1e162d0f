//! The style of the text, line by line.

use super::Fault;

/// Wide enough for every sentence; longer lines do not show whole in a review.
const WIDTH: usize = 140;

pub(super) fn check(text: &str) -> Vec<Fault> {
    let mut faults: Vec<Fault> = text
        .split('\n')
        .zip(1..)
        .flat_map(|(text, line)| check_line(text, line))
        .collect();
    faults.extend(windows(text));
    let last = text.lines().count().max(1);
    if !text.ends_with('\n') {
        faults.push(Fault::new(
            last,
            "the last line does not end",
            "end it with a line break",
        ));
    } else if text.ends_with("\n\n") {
        faults.push(Fault::new(
            last,
            "the file ends in empty lines",
            "remove them",
        ));
    }
    faults
}

fn check_line(text: &str, line: usize) -> Option<Fault> {
    let fault = |what: &str, mend: &str| Some(Fault::new(line, what, mend));
    let width = text.chars().count();
    let text = text.trim_end_matches('\r');
    if text.contains('\t') {
        fault("the line has a tab in it", "write spaces")
    } else if text.ends_with(' ') {
        fault("the line ends in blanks", "remove them")
    } else if width > WIDTH && !is_one_word(text) {
        fault(
            &format!("the line is {width} characters long"),
            &format!("break it before character {WIDTH}; `>-` folds text over several lines"),
        )
    } else {
        None
    }
}

/// As a rule all lines end so, or none does.
fn windows(text: &str) -> Option<Fault> {
    let mut lines = text
        .split('\n')
        .zip(1..)
        .filter(|(text, _)| text.contains('\r'));
    let (_, first) = lines.next()?;
    let what = match lines.count() {
        0 => "the line ends as lines do on Windows".to_owned(),
        more => format!("the line and {more} more end as lines do on Windows"),
    };
    Some(Fault::new(
        first,
        what,
        "convert the file to plain line feeds",
    ))
}

/// A key and an address cannot be broken.
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
                .map(|fault| (fault.line, fault.what))
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
