//! The files that are derived from the spec without running the client.

use crate::change::Change;
use crate::{deprecation, drift, readme, snapshots};
use ghes_oauth_codegen::diagnostic::{Diagnostic, SPEC, unreadable};
use ghes_oauth_codegen::surface::{self, LIB, METHODS, Source, Surface};
use ghes_oauth_codegen::table::{self, Operation, fake};
use ghes_oauth_codegen::{self as codegen, Generated, yaml::Node};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The types and calls that ship with the package.
pub(crate) const CLIENT: &str = "openapi/generated/generated.rs";

/// The operations table that ships with the package.
const TABLE: &str = "openapi/generated/operations.rs";

/// The list of deviations from GitHub's descriptions, with reasons.
const CURATION: &str = "openapi/CURATION.md";

/// A handwritten file that names each operation.
struct Place {
    path: &'static str,
    /// How it names an operation.
    name: fn(&Operation) -> String,
    /// The error for an operation that the file does not name.
    lacks: &'static str,
    help: &'static str,
}

/// The calls that the wire tests make.
const CALLS: Place = Place {
    path: "tests/common/src/calls.rs",
    name: |operation| format!("{:?}", operation.id),
    lacks: "no wire test sends it",
    help: "add its call to",
};

/// The other places; the wire tests run without them.
const PLACES: [Place; 6] = [
    Place {
        path: "tests/deprecated.rs",
        name: |operation| format!(".{}(", operation.name()),
        lacks: "no test shows whether the compiler warns about it",
        help: "add its call to",
    },
    Place {
        path: "tests/versions/table.rs",
        // The table does not have operations of github.com only.
        name: |operation| match operation.since {
            Some(_) => format!("{:?}", operation.id),
            None => String::new(),
        },
        lacks: "the handwritten table does not have it",
        help: "add its row to",
    },
    Place {
        path: "tests/client/blocking.rs",
        name: |operation| match operation.since {
            Some(_) => format!("done({:?})", operation.name()),
            None => String::new(),
        },
        lacks: "no test waits for it without a runtime",
        help: "add its call to",
    },
    Place {
        path: "tests/shape/main.rs",
        name: |operation| format!(".{}(", operation.name()),
        lacks: "no test holds the type of its value",
        help: "add its call to",
    },
    Place {
        path: "fake/README.md",
        name: |operation| format!("| `{}` |", operation.id),
        lacks: "the fake's table of responses does not have it",
        help: "add its row to",
    },
    Place {
        path: "fake/src/api/routes.rs",
        name: |operation| format!("{:?}", operation.id),
        lacks: "the fake has no handler for it",
        help: "add one to `handler` in",
    },
];

/// Everything that the spec gives.
#[derive(Debug)]
pub struct Derived {
    /// The operations table.
    pub operations: Vec<Operation>,
    /// The sheets of the surface.
    pub surface: Surface,
    /// The files that are stale.
    pub changes: Vec<Change>,
    /// The manual steps that the wire tests need.
    pub missing: Vec<String>,
    /// The other manual steps.
    pub by_hand: Vec<String>,
}

/// The reason why nothing can be derived.
#[derive(Debug)]
pub enum Stop {
    /// The spec has errors, which are reported.
    Errors(String),
    /// A file could not be read, or the like.
    Failure(String),
}

/// The spec, linted, and the code that is generated from it.
pub fn generate(root: &Path) -> Result<(Node, Generated), Stop> {
    let printed = |errors: Vec<Diagnostic>| {
        errors
            .iter()
            .map(|error| format!("{error}\n\n"))
            .collect::<String>()
    };
    let spec = fs::read(root.join(SPEC)).map_err(|error| Stop::Failure(unreadable(&error)))?;
    let spec = codegen::source::decode(spec).map_err(|error| Stop::Errors(printed(vec![error])))?;
    let document = codegen::lint::read(&spec).map_err(|errors| Stop::Errors(printed(errors)))?;
    let generated =
        codegen::generated(&spec, &document).map_err(|errors| Stop::Failure(printed(errors)))?;
    Ok((document, generated))
}

impl From<String> for Stop {
    fn from(message: String) -> Self {
        Self::Failure(message)
    }
}

/// Derives everything and compares it with the files.
pub fn derive(root: &Path, document: &Node, generated: &Generated) -> Result<Derived, String> {
    let operations = table::operations(document);
    let methods = METHODS
        .iter()
        .map(|(path, client)| {
            read(root, path).map(|source| deprecation::refreshed(&source, client, &operations))
        })
        .collect::<Result<Vec<_>, _>>()?;
    let source = Source {
        document,
        client: &generated.client,
        methods: std::array::from_fn(|at| methods[at].as_str()),
        lib: &read(root, LIB)?,
    };
    let surface = surface::of(&source)?;

    let mut missing = surface::errors(&source, &operations)?;
    missing.extend(CALLS.errors(root, &operations)?);
    let curation = drift::curation_errors(&read(root, SPEC)?, &read(root, CURATION)?);
    let mut by_hand: Vec<String> = curation.iter().map(ToString::to_string).collect();
    for place in PLACES {
        by_hand.extend(place.errors(root, &operations)?);
    }

    let mut wanted = vec![
        (CLIENT.to_owned(), generated.client.clone()),
        (TABLE.to_owned(), generated.operations.clone()),
        (fake::PATH.to_owned(), fake::render(&operations)),
    ];
    let paths = METHODS.map(|(path, _)| path.to_owned());
    wanted.extend(paths.into_iter().zip(methods));
    match readme::with_table(&read(root, readme::PATH)?, &operations) {
        Some(text) => wanted.push((readme::PATH.to_owned(), text)),
        None => by_hand.push(readme::lost()),
    }
    wanted.extend(
        surface
            .iter()
            .map(|(name, sheet)| (snapshots::path(&name.to_string()), snapshots::file(sheet))),
    );
    let mut changes: Vec<Change> = wanted
        .into_iter()
        .filter_map(|(path, text)| Change::to(root, &path, Some(text)))
        .collect();
    changes.extend(left_over(root, &surface, &operations));
    Ok(Derived {
        operations,
        surface,
        changes,
        missing,
        by_hand,
    })
}

/// Whether a file is generated code, which is not reviewed line by line.
pub fn is_generated(path: &str) -> bool {
    [CLIENT, TABLE, fake::PATH].contains(&path)
}

/// Snapshots of operations that no longer exist, and those that insta left for a decision.
fn left_over(root: &Path, surface: &Surface, operations: &[Operation]) -> Vec<Change> {
    let wanted: BTreeSet<String> = surface
        .keys()
        .map(ToString::to_string)
        .chain(operations.iter().map(wire_snapshot))
        .collect();
    let files = snapshots::files(root).into_iter();
    let unwanted = files.filter(|file| {
        file.strip_suffix(".snap")
            .is_none_or(|name| !wanted.contains(name))
    });
    unwanted
        .filter_map(|file| Change::to(root, &format!("{}/{file}", snapshots::FOLDER), None))
        .collect()
}

/// `wire.apps.check-token`
pub fn wire_snapshot(operation: &Operation) -> String {
    format!("wire.{}", operation.id.replace('/', "."))
}

impl Place {
    /// Returns an error for each operation that the file does not name.
    fn errors(&self, root: &Path, operations: &[Operation]) -> Result<Vec<String>, String> {
        let text = read(root, self.path)?;
        let missing = operations
            .iter()
            .filter(|operation| !text.contains(&(self.name)(operation)));
        Ok(missing
            .map(|operation| {
                format!(
                    "error: {}: {}\n  = help: {} {}",
                    operation.id, self.lacks, self.help, self.path
                )
            })
            .collect())
    }
}

fn read(root: &Path, path: &str) -> Result<String, String> {
    fs::read_to_string(root.join(path)).map_err(|error| {
        format!(
            "error: {path} cannot be read: {error}\n  = help: restore it: git checkout -- {path}"
        )
    })
}
