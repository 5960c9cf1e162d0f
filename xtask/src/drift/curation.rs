//! Reads `CURATION.md`, whose first section describes its format.

use super::pattern::{self, Where};
use std::fmt;

/// The file that these errors are reported against, seen from the root of the repository.
const FILE: &str = "openapi/CURATION.md";

/// An error in `CURATION.md`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Diagnostic {
    /// Counted from 1.
    pub line: usize,
    /// The entry with the error.
    pub entry: String,
    /// The problem, in one line without a full stop.
    pub what: String,
    /// What to do about it.
    pub help: String,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "error: {}: {}\n --> {FILE}:{}\n  = help: {}",
            self.entry, self.what, self.line, self.help
        )
    }
}

/// The content of `CURATION.md`.
#[derive(Default)]
pub(super) struct Curation {
    pub(super) entries: Vec<Entry>,
    /// Its errors.
    pub(super) errors: Vec<Diagnostic>,
}

/// One reason to differ, and the differences that it explains.
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) line: usize,
    pub(super) wheres: Vec<Where>,
    has_why: bool,
    has_end: bool,
}

/// Reads all entries; a line outside of an entry is an error.
pub(super) fn read(text: &str) -> Curation {
    let mut curation = Curation::default();
    let mut in_entry = false;
    for (line, number) in text.lines().zip(1..) {
        if let Some(title) = line.strip_prefix("## ") {
            let name = title.trim();
            in_entry = !name.contains(' ');
            if in_entry {
                curation.open(name, number);
            }
        } else if !in_entry
            && line.starts_with("- where: `")
            && number
                > curation
                    .entries
                    .first()
                    .map_or(usize::MAX, |entry| entry.line)
        {
            let help = "move it up into an entry, below a heading of one word";
            curation.error(
                "CURATION.md",
                number,
                "this pattern is in no entry, and explains nothing",
                help,
            );
        } else if in_entry && !line.trim().is_empty() && !line.starts_with("  ") {
            curation.item(line, number);
        }
    }
    curation.finish();
    curation
}

impl Curation {
    fn open(&mut self, name: &str, line: usize) {
        if let Some(first) = self.entries.iter().find(|entry| entry.name == name) {
            let what = format!("an entry of this name is in line {} already", first.line);
            self.error(name, line, what, "merge the two, or give each its own name");
        }
        self.entries.push(Entry {
            name: name.to_owned(),
            line,
            wheres: Vec::new(),
            has_why: false,
            has_end: false,
        });
    }

    fn item(&mut self, text: &str, line: usize) {
        let Some(entry) = self.entries.last_mut() else {
            return;
        };
        let name = entry.name.clone();
        let (key, value) = text
            .strip_prefix("- ")
            .and_then(|item| item.split_once(':'))
            .unwrap_or_default();
        match key {
            "where" => match pattern::read(value.trim(), line) {
                Ok(place) => entry.wheres.push(place),
                Err((what, help)) => self.error(&name, line, what, help),
            },
            "why" => entry.has_why |= !value.trim().is_empty(),
            "ends when" => entry.has_end |= !value.trim().is_empty(),
            _ => {
                let help = "begin it by `- where: `, `- why: ` or `- ends when: `, or indent it by two spaces if it continues the line above";
                self.error(&name, line, "this line is not part of an entry", help);
            }
        }
    }

    fn finish(&mut self) {
        let missing = self.entries.iter().flat_map(|entry| {
            let parts = [
                (entry.wheres.is_empty(), "where", "`SUBJECT ASPECT THEIRS`"),
                (!entry.has_why, "why", "…"),
                (!entry.has_end, "ends when", "…"),
            ];
            let missing = parts.into_iter().filter(|(is_missing, ..)| *is_missing);
            missing.map(|(_, part, example)| (entry.name.clone(), entry.line, part, example))
        });
        for (name, line, part, example) in missing.collect::<Vec<_>>() {
            self.error(
                &name,
                line,
                format!("it has no `{part}`"),
                format!("add `- {part}: {}`", example.replace('`', "")),
            );
        }
    }

    fn error(
        &mut self,
        entry: &str,
        line: usize,
        what: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.errors.push(Diagnostic {
            line,
            entry: entry.to_owned(),
            what: what.into(),
            help: help.into(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drift::point::Point;
    use crate::drift::server::Server;
    use std::collections::BTreeSet;

    const GOOD: &str = "# Title\n\n## How to\n\n- free: text\n\n## one\n\n- where: `A.b type *`\n- where: `A.* nullable no` on 3.0 to 3.2, github.com\n- why: because\n  of this.\n- ends when: never.\n\n## Last words\n\nfree\n";

    #[test]
    fn entries_are_read() {
        let curation = read(GOOD);
        assert_eq!(curation.errors, []);
        let [entry] = &curation.entries[..] else {
            panic!("{} entries", curation.entries.len())
        };
        assert_eq!((entry.name.as_str(), entry.line), ("one", 7));
        assert_eq!(
            entry
                .wheres
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>(),
            ["A.b type *", "A.* nullable no"]
        );
        let point = |aspect, theirs: &str| Point {
            subject: "A.c".into(),
            aspect,
            theirs: theirs.into(),
            ours: String::new(),
            route: None,
        };
        let explains =
            |point: &Point, server| entry.wheres[1].explains(point, server, &BTreeSet::new());
        assert!(
            explains(&point("nullable", "no"), Server::Ghes(3, 1))
                && explains(&point("nullable", "no"), Server::GitHubCom)
        );
        assert!(!explains(&point("nullable", "no"), Server::Ghes(3, 3)));
        assert!(!explains(&point("nullable", "yes"), Server::Ghes(3, 1)));
        assert!(!explains(&point("required", "no"), Server::Ghes(3, 1)));
    }

    #[test]
    fn each_error_is_reported() {
        for (old, new, line, what) in [
            (
                "- where: `A.b type *`",
                "- where: A.b type *",
                9,
                "the pattern is not in backquotes",
            ),
            (
                "`A.b type *`",
                "`A.b type`",
                9,
                "`A.b type` is not of three words",
            ),
            (
                "`A.b type *`",
                "`A.b type a b`",
                9,
                "`A.b type a b` is not of three words",
            ),
            ("`A.b type *`", "`A.b typ *`", 9, "`typ` is not an aspect"),
            (
                "on 3.0 to 3.2",
                "on 3.2 to 3.0",
                10,
                "`on 3.2 to 3.0, github.com` names no servers",
            ),
            (
                "` on 3.0",
                "`, 3.0",
                10,
                "`, 3.0 to 3.2, github.com` names no servers",
            ),
            (
                "- why: because",
                "- why because",
                11,
                "this line is not part of an entry",
            ),
            ("- why: because\n  of this.\n", "", 7, "it has no `why`"),
            ("- why: because\n", "- why:\n", 7, "it has no `why`"),
            ("- ends when: never.", "", 7, "it has no `ends when`"),
            (
                "## Last words",
                "## one",
                15,
                "an entry of this name is in line 7 already",
            ),
            ("## Last words", "## two", 15, "it has no `where`"),
            (
                "free\n",
                "- where: `A.c type *`\n",
                17,
                "this pattern is in no entry, and explains nothing",
            ),
            (
                "  of this",
                "of this",
                12,
                "this line is not part of an entry",
            ),
        ] {
            assert!(GOOD.contains(old), "{old}");
            let errors = read(&GOOD.replace(old, new)).errors;
            assert!(
                errors
                    .iter()
                    .any(|error| (error.line, error.what.as_str()) == (line, what)),
                "{new}: {errors:?}"
            );
        }
    }
}
