//! Every broken specification gets exactly its errors, and the real one has none.
//!
//! The cases are in `lint/*.txt`, in the notation of `diff/mod.rs`; the expected result is the linter's report, in which the text of the
//! wrong line replaces its number.

mod diff;

use diff::{Case, cases, specification};
use ghes_oauth_codegen::diagnostic::Diagnostic;
use ghes_oauth_codegen::lint;

const REAL: &str = include_str!("../../openapi/ghes-oauth.yaml");

#[test]
fn the_specification_has_no_errors() {
    for spec in [specification(), REAL.to_owned()] {
        assert_eq!(lint::read(&spec).err().unwrap_or_default(), []);
    }
}

#[test]
fn each_broken_specification_is_refused_with_the_reason() {
    let cases = cases("lint", &["error: "]);
    assert!(cases.len() >= 250, "only {} cases", cases.len());
    let spec = specification();
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|case| run(case, &spec).err())
        .collect();
    diff::assert_none(&wrong, cases.len());
}

#[test]
fn a_truncated_or_a_missing_line_never_panics() {
    let spec = specification();
    let lines: Vec<&str> = spec.split_inclusive('\n').collect();
    for i in (0..lines.len()).step_by(20) {
        let without = [&lines[..i], &lines[i + 1..]].concat().concat();
        let truncated = lines[..i].concat() + &lines[i][..lines[i].len() / 2];
        for text in [without, truncated] {
            // Some of these are specifications, most are not; the test accepts both.
            let _ = lint::read(&text);
        }
    }
}

fn run(case: &Case, spec: &str) -> Result<(), String> {
    let text = case.edited(spec)?;
    let errors = lint::read(&text).err().unwrap_or_default();
    let reported: String = errors.iter().map(|error| printed(error, &text)).collect();
    case.expect(&reported)
}

/// An error as a person sees it, with the text of the line instead of its number.
fn printed(error: &Diagnostic, text: &str) -> String {
    let line = text
        .split('\n')
        .nth(error.line - 1)
        .unwrap_or("no such line");
    let place = format!("openapi/ghes-oauth.yaml:{}\n", error.line);
    let reported = format!("{error}\n");
    assert!(reported.contains(&place), "{reported}");
    reported.replace(&place, &format!("{}\n", line.trim()))
}
