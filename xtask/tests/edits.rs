//! Every meaningful edit of the spec shows at its place in the surface, and is judged; other edits do not show.
//!
//! The cases are in `edits/*.txt`, in the notation of `diff/mod.rs`. The expected result is the list of changed sheets and the summary for
//! the pull request. `refused by the linter` marks an edit that lint refuses; the case shows its effect without lint.

mod built;
mod compile;
mod diff;
mod places;
mod restyle;

use built::{Built, LIB, METHODS};
use diff::{Case, cases, specification};
use ghes_oauth_codegen::surface::{self, Source, sheet::Name};
use ghes_oauth_codegen::{lint, loader};
use std::sync::LazyLock;
use std::{env, fs, thread};
use xtask::summary;

/// The result of lint for each schema at each place.
const PLACES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/places/judged.txt");

const CONTRIBUTING: &str = include_str!("../../CONTRIBUTING.md");

/// The specification, and the result of each case.
struct Edits {
    before: Built,
    cases: Vec<(Case, Result<Edited, String>)>,
}

struct Edited {
    is_accepted: bool,
    built: Built,
}

/// Generated once for all tests.
static EDITS: LazyLock<Edits> = LazyLock::new(|| {
    let spec = specification();
    let cases = in_parallel(
        cases("edits", &["refused by the linter", "changes: "]),
        |case| {
            let edited = case.edited(&spec)?;
            Ok(Edited {
                is_accepted: lint::read(&edited).is_ok(),
                built: Built::unlinted(&edited)
                    .map_err(|error| format!("# {}\n{error}", case.title))?,
            })
        },
    );
    Edits {
        before: Built::linted(&spec),
        cases,
    }
});

#[test]
fn each_meaningful_edit_shows_where_it_belongs_and_is_judged() {
    let Edits { before, cases } = &*EDITS;
    assert!(cases.len() >= 180, "only {} cases", cases.len());
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(case, edited)| match edited {
            Ok(edited) => judge(case, before, edited).err(),
            Err(error) => Some(error.clone()),
        })
        .collect();
    diff::assert_none(&wrong, cases.len());
}

#[test]
fn lint_reports_each_schema_at_each_place() {
    let (judged, _) = places::judged();
    if env::var_os("UPDATE_CASES").is_some() {
        fs::write(PLACES, &judged).expect("the list can be written");
    }
    assert!(
        fs::read_to_string(PLACES).is_ok_and(|expected| expected == judged),
        "{judged}"
    );
}

#[test]
#[ignore = "it compiles the client's dependencies again: .ci/run runs it after its other checks"]
fn accepted_specs_compile() {
    let (_, spec) = places::judged();
    let mut clients = vec![
        (
            "the specification".to_owned(),
            EDITS.before.generated.clone(),
        ),
        (
            "each schema at each place".to_owned(),
            Built::linted(&spec).generated,
        ),
    ];
    for (case, edited) in &EDITS.cases {
        let edited = edited.as_ref().expect("the edit fits");
        if edited.is_accepted
            && !clients
                .iter()
                .any(|(_, client)| *client == edited.built.generated)
        {
            clients.push((case.title.clone(), edited.built.generated.clone()));
        }
    }
    assert!(clients.len() > 90, "only {} clients", clients.len());
    compile::check(&clients).unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn edits_without_meaning_change_nothing() {
    let spec = specification();
    let before = Built::linted(&spec);
    for (title, edit) in restyle::EDITS {
        let edited = edit(&spec);
        assert!(edited != spec, "{title}: it changes no text");
        let after = Built::unlinted(&edited).unwrap_or_else(|error| panic!("{title}: {error}"));
        let items = summary::items(&before.surface, &after.surface);
        assert_eq!(
            summary::markdown(&items, &[]),
            "Nothing changes for users.\n",
            "{title}"
        );
        let differs = before
            .surface
            .iter()
            .find(|(name, sheet)| after.surface.get(*name) != Some(sheet));
        assert_eq!(differs.map(|(name, _)| name), None, "{title}");
        assert!(
            before.generated.client == after.generated.client,
            "{title}: other code is generated"
        );
        assert!(
            before.generated.operations == after.generated.operations,
            "{title}: another table is generated"
        );
    }
}

#[test]
fn the_order_of_paths_is_that_of_the_table_and_of_nothing_else() {
    let spec = specification();
    let (before, after) = (
        Built::linted(&spec),
        Built::unlinted(&restyle::upside_down(&spec)).expect("the order means nothing"),
    );
    assert!(before.surface == after.surface && before.generated.client == after.generated.client);
    assert!(before.generated.operations != after.generated.operations);
}

#[test]
fn no_text_of_the_spec_is_left_out() {
    let spec = specification();
    let client = Built::linted(&spec).generated.client;
    let mut document = loader::parse(&spec).expect("the specification is YAML");
    let last = restyle::renumbered(&mut document);
    let surface = surface::of(&Source {
        document: &document,
        client: &client,
        methods: METHODS,
        lib: LIB,
    })
    .expect("text changes no code");
    let shown: String = surface.values().map(ToString::to_string).collect();
    let missing: Vec<usize> = (1..=last)
        .filter(|number| !shown.contains(&format!("prose {number}.")))
        .collect();
    assert!(
        last > 200 && missing.is_empty(),
        "of {last} texts these are left out: {missing:?}"
    );
}

#[test]
fn the_day_that_contributing_shows_is_a_real_one() {
    let block = |kind: &str, number: usize| {
        let rest = CONTRIBUTING
            .split(&format!("   ```{kind}\n"))
            .nth(number)
            .expect("it shows one");
        let lines = rest.lines().take_while(|line| line.trim() != "```");
        lines
            .map(|line| line.strip_prefix("   ").unwrap_or(line))
            .collect::<Vec<_>>()
    };
    let side = |lines: &[&str], marks: &str| {
        let kept = lines
            .iter()
            .filter(|line| line.starts_with(|mark| marks.contains(mark)));
        kept.map(|line| format!("{}\n", &line[1..]))
            .collect::<String>()
    };
    let (edit, sheet) = (block("diff", 1), block("diff", 2));
    let spec = specification();
    let edited = edit
        .split(|line| *line == "@@")
        .fold(spec.clone(), |text, hunk| {
            let (old, new) = (side(hunk, " "), side(hunk, " +"));
            assert!(text.contains(&old), "{old}");
            text.replacen(&old, &new, 1)
        });
    assert_eq!(lint::read(&edited).err(), None);
    let (before, after) = (Built::linted(&spec), Built::linted(&edited));
    let name = sheet[1]
        .rsplit('/')
        .next()
        .expect("a path")
        .trim_end_matches(".snap");
    let is_it = |sheet: &Name| sheet.to_string() == name;
    assert!(!before.surface.keys().any(is_it), "{name} was there");
    let found = after.surface.iter().find(|(sheet, _)| is_it(sheet));
    let text = found.map_or(String::new(), |(_, sheet)| sheet.to_string());
    assert!(text.contains(&side(&sheet[3..], "+")), "{text}");
    let wrong = edited.replace("x-credentials: none", "x-credentials: app");
    let errors = lint::read(&wrong).err().unwrap_or_default();
    let shown: String = errors.iter().map(|error| format!("{error}\n")).collect();
    assert_eq!(block("text", 1).join("\n") + "\n", shown);
    let summary = summary::markdown(&summary::items(&before.surface, &after.surface), &[]);
    assert_eq!(block("markdown", 1).join("\n") + "\n", summary);
}

/// Compares the effect of an edit with the expected one.
fn judge(case: &Case, before: &Built, edited: &Edited) -> Result<(), String> {
    let refused = if edited.is_accepted {
        ""
    } else {
        "refused by the linter\n"
    };
    let after = &edited.built;
    let names = before.surface.keys().chain(
        after
            .surface
            .keys()
            .filter(|name| !before.surface.contains_key(*name)),
    );
    let changed: Vec<String> = names
        .filter(|name| before.surface.get(*name) != after.surface.get(*name))
        .map(Name::to_string)
        .collect();
    let changed = match changed.join(", ") {
        changed if !changed.is_empty() => changed,
        _ if before.generated.client != after.generated.client => {
            "only in the generated client".to_owned()
        }
        _ if before.generated.operations != after.generated.operations => {
            "only in the generated table".to_owned()
        }
        _ => "none".to_owned(),
    };
    let summary = summary::markdown(&summary::items(&before.surface, &after.surface), &[]);
    let summary: String = summary
        .lines()
        .skip(1)
        .filter(|line| !line.is_empty())
        .map(|line| format!("{line}\n"))
        .collect();
    case.expect(&format!("{refused}changes: {changed}\n{summary}"))
}

/// Each case with the result of `build`, in their order.
fn in_parallel(
    cases: Vec<Case>,
    build: impl Fn(&Case) -> Result<Edited, String> + Sync,
) -> Vec<(Case, Result<Edited, String>)> {
    let threads = thread::available_parallelism().map_or(1, |number| number.get());
    let build = &build;
    let built: Vec<Result<Edited, String>> = thread::scope(|scope| {
        let parts: Vec<_> = cases
            .chunks(cases.len().div_ceil(threads))
            .map(|part| scope.spawn(move || part.iter().map(build).collect::<Vec<_>>()))
            .collect();
        let parts = parts.into_iter();
        parts
            .flat_map(|part| part.join().expect("a case panicked"))
            .collect()
    });
    cases.into_iter().zip(built).collect()
}
