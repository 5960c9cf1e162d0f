//! Every broken specification is told exactly what is wrong with it, and the real one has no fault.
//!
//! The cases are in `lint/*.txt`, in the notation of `diff/mod.rs`; what is expected is what the linter says of the
//! result, in which the faulty line stands in place of its number.

mod diff;

use diff::{Case, cases, specification};
use ghes_oauth_codegen::fault::Fault;
use ghes_oauth_codegen::lint;

#[test]
fn the_specification_has_no_fault() {
    let faults = lint::read(&specification()).err().unwrap_or_default();
    assert_eq!(faults, []);
}

#[test]
fn each_broken_specification_is_told_what_is_wrong() {
    let cases = cases("lint", &["error: "]);
    assert!(cases.len() >= 250, "only {} cases", cases.len());
    let spec = specification();
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|case| run(case, &spec).err())
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {} cases:\n\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n\n")
    );
}

#[test]
fn a_cut_or_a_missing_line_never_panics() {
    let spec = specification();
    let lines: Vec<&str> = spec.split_inclusive('\n').collect();
    for i in (0..lines.len()).step_by(20) {
        let without = [&lines[..i], &lines[i + 1..]].concat().concat();
        let cut = lines[..i].concat() + &lines[i][..lines[i].len() / 2];
        for text in [without, cut] {
            // Some of these are specifications, most are not; either will do.
            let _ = lint::read(&text);
        }
    }
}

fn run(case: &Case, spec: &str) -> Result<(), String> {
    let text = case.edited(spec)?;
    let faults = lint::read(&text).err().unwrap_or_default();
    let told: String = faults.iter().map(|fault| tell(fault, &text)).collect();
    if told == case.expected {
        Ok(())
    } else {
        Err(format!("# {}\n{told}", case.title))
    }
}

/// A fault as a person sees it, with the line itself for its number.
fn tell(fault: &Fault, text: &str) -> String {
    let line = text
        .split('\n')
        .nth(fault.line - 1)
        .unwrap_or("no such line");
    let place = format!("openapi/ghes-oauth.yaml:{}\n", fault.line);
    let told = format!("{fault}\n");
    assert!(told.contains(&place), "{told}");
    told.replace(&place, &format!("{}\n", line.trim()))
}
