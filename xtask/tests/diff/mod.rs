//! Edits of the specification in the notation of `diff`, and the cases that use them.
//!
//! A case is a title, edits, and the expected result. An edit applies after the first line that contains the text after `@`, and without
//! `@` it must fit in only one place. A line before the edit may end in `…` for any text.
//!
//! `UPDATE_CASES=1 cargo test --package xtask` updates the expected results; review the diff.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::{env, fs};

const HERE: &str = env!("CARGO_MANIFEST_DIR");

/// Characters that editors remove or do not show are written like this.
const ESCAPES: [(&str, &str); 4] = [("\\t", "\t"), ("\\r", "\r"), ("\\s", " "), ("\\b", "\u{8}")];

/// The specification of one day, so that edits of the real one change no case.
pub(crate) fn specification() -> String {
    fs::read_to_string(format!("{HERE}/tests/data/ghes-oauth.yaml"))
        .expect("the specification can be read")
}

/// One edited specification.
pub(crate) struct Case {
    pub(crate) title: String,
    edits: Vec<Edit>,
    /// The lines after the edits.
    expected: String,
    /// The file with the case, and the case's text in it.
    file: PathBuf,
    text: String,
}

#[derive(Default)]
struct Edit {
    after: String,
    /// `-`, `+` or a space, and the line without it.
    lines: Vec<(char, String)>,
}

/// The cases in the files of a folder beside the tests; a line with one of `markers` starts the expected result.
pub(crate) fn cases(folder: &str, markers: &[&str]) -> Vec<Case> {
    let folder =
        fs::read_dir(format!("{HERE}/tests/{folder}")).expect("the folder of cases can be read");
    let mut files: Vec<_> = folder
        .map(|file| file.expect("a file of cases").path())
        .collect();
    files.sort();
    let parsed = files.iter().flat_map(|file| {
        let text = fs::read_to_string(file).expect("cases can be read");
        let cases = text.split("\n# ").skip(1);
        cases
            .map(|case| Case::parse(file, case, markers))
            .collect::<Vec<_>>()
    });
    parsed.collect()
}

/// Fails if there are cases with another result than the expected one, and prints these.
pub(crate) fn assert_none(wrong: &[String], cases: usize) {
    let text = wrong.join("\n\n");
    assert!(
        wrong.is_empty(),
        "{} of {cases} cases:\n\n{text}",
        wrong.len()
    );
}

impl Case {
    /// The specification after the edits.
    pub(crate) fn edited(&self, spec: &str) -> Result<String, String> {
        self.edits.iter().try_fold(spec.to_owned(), |text, edit| {
            edit.apply(&text)
                .map_err(|error| format!("# {}\n{error}", self.title))
        })
    }

    /// Compares the result of the edits with the expected one.
    pub(crate) fn expect(&self, actual: &str) -> Result<(), String> {
        if actual == self.expected {
            return Ok(());
        }
        if env::var_os("UPDATE_CASES").is_some() {
            self.update(actual);
        }
        Err(format!("# {}\n{actual}", self.title))
    }

    fn update(&self, actual: &str) {
        static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
        let _guard = ONE_AT_A_TIME.lock();
        let file = fs::read_to_string(&self.file).expect("cases can be read");
        let case = self
            .text
            .replacen(self.expected.trim_end(), actual.trim_end(), 1);
        fs::write(&self.file, file.replacen(&self.text, &case, 1)).expect("cases can be written");
    }

    fn parse(file: &Path, text: &str, markers: &[&str]) -> Self {
        let (title, rest) = text.split_once('\n').expect("a case has more than a title");
        let is_marked = |line: &str| markers.iter().any(|marker| line.starts_with(marker));
        let edits = rest
            .split_inclusive('\n')
            .take_while(|line| !is_marked(line))
            .map(str::len)
            .sum();
        let (diff, expected) = rest.split_at(edits);
        assert!(!expected.is_empty(), "`{title}` expects nothing");
        let mut edits: Vec<Edit> = Vec::new();
        for line in diff.lines() {
            if let Some(anchor) = line.strip_prefix("@ ") {
                edits.push(Edit {
                    after: anchor.to_owned(),
                    lines: Vec::new(),
                });
                continue;
            }
            if edits.is_empty() {
                edits.push(Edit::default());
            }
            let (mark, content) = line.split_at(1);
            let content = ESCAPES
                .iter()
                .fold(content.to_owned(), |content, (escape, meant)| {
                    content.replace(escape, meant)
                });
            let mark = mark.chars().next().expect("a line has a mark");
            edits
                .last_mut()
                .expect("one was added")
                .lines
                .push((mark, content));
        }
        Self {
            title: title.to_owned(),
            edits,
            expected: format!("{}\n", expected.trim_end()),
            file: file.to_owned(),
            text: text.to_owned(),
        }
    }
}

impl Edit {
    fn apply(&self, text: &str) -> Result<String, String> {
        let lines: Vec<&str> = text.split('\n').collect();
        let anchor = lines
            .iter()
            .position(|line| line.contains(&self.after))
            .ok_or_else(|| format!("no `{}`", self.after))?;
        let start = if self.after.is_empty() { 0 } else { anchor + 1 };
        let old: Vec<&str> = self
            .lines
            .iter()
            .filter(|(mark, _)| *mark != '+')
            .map(|(_, line)| line.as_str())
            .collect();
        let found: Vec<usize> = (start..=lines.len() - old.len())
            .filter(|at| lines[*at..].iter().zip(&old).all(fits))
            .collect();
        match found[..] {
            [] => Err(format!("no such lines:\n{}", old.join("\n"))),
            [_, _, ..] if self.after.is_empty() => {
                Err(format!("not the only lines:\n{}", old.join("\n")))
            }
            [at, ..] => Ok([
                &lines[..at],
                &self.new_lines(&lines[at..]),
                &lines[at + old.len()..],
            ]
            .concat()
            .join("\n")),
        }
    }

    /// The lines after the edit, where those before it are the first of `lines`.
    fn new_lines<'a>(&'a self, lines: &[&'a str]) -> Vec<&'a str> {
        let mut before = lines.iter();
        let edited = self.lines.iter().filter_map(|(mark, line)| match mark {
            '+' => Some(line.as_str()),
            '-' => before.next().and(None),
            _ => before.next().copied(),
        });
        edited.collect()
    }
}

/// Whether a line is the wanted one, in which `…` matches any text.
fn fits((line, wanted): (&&str, &&str)) -> bool {
    wanted
        .strip_suffix('…')
        .map_or(line == wanted, |begin| line.starts_with(begin))
}
