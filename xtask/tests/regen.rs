//! The exit codes of `regen`, and that `regen --check` changes no file.
//!
//! Each case runs on a copy of the files that `regen` reads. The copy has no wire tests, which would build the crate: a missing wire test
//! is a manual step that is reported before they would run.

use ghes_oauth_codegen::surface::METHODS;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;
use xtask::regen::{self, FAILED, STALE};
use xtask::since;

const REPOSITORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The files and folders that `regen` reads and writes, besides those with the methods of operations.
const READ: [&str; 13] = [
    "README.md",
    "openapi",
    "openapi/generated",
    "fake/README.md",
    "fake/src/api/routes.rs",
    "fake/src/spec/generated.rs",
    "src/lib.rs",
    "tests/client/blocking.rs",
    "tests/common/src/calls.rs",
    "tests/deprecated.rs",
    "tests/shape/main.rs",
    "tests/snapshots",
    "tests/versions/table.rs",
];

/// All of them.
fn paths() -> impl Iterator<Item = &'static str> {
    READ.into_iter().chain(METHODS.map(|(path, _)| path))
}

const SPEC: &str = "openapi/ghes-oauth.yaml";

#[test]
fn stale_files_and_failures_have_different_exit_codes() {
    let copy = Copy::new();
    for (path, edit, code) in [
        (
            "README.md",
            Edit::Replace("| `check_token` |", "| `chuck_token` |"),
            STALE,
        ),
        (
            "tests/snapshots/op.apps.nothing.snap",
            Edit::Write("left over"),
            STALE,
        ),
        (
            "tests/snapshots/op.apps.check-token.snap.new",
            Edit::Write("pending"),
            STALE,
        ),
        (
            "tests/snapshots/type.Authorization.snap",
            Edit::Remove,
            STALE,
        ),
        ("openapi/generated/operations.rs", Edit::Remove, STALE),
        (
            "openapi/CURATION.md",
            Edit::Replace("`Authorization.* nullable yes`", "`Nothing.* nullable yes`"),
            STALE,
        ),
        (
            "src/api/path_tokens.rs",
            Edit::Replace("#[deprecated", "#[doc(hidden)] #[deprecated"),
            STALE,
        ),
        (
            "fake/src/api/routes.rs",
            Edit::Replace("\"credentials/revoke\" =>", "\"credentials/revive\" =>"),
            STALE,
        ),
        (
            "tests/versions/table.rs",
            Edit::Replace("\"apps/scope-token\"", "\"apps/shape-token\""),
            STALE,
        ),
        (
            SPEC,
            Edit::Replace("x-idempotency: safe", "x-idempotency: once"),
            STALE,
        ),
        (SPEC, Edit::Replace("paths:\n", "paths:\n\t"), STALE),
        (SPEC, Edit::Write(""), STALE),
        (SPEC, Edit::Remove, FAILED),
        ("README.md", Edit::Remove, FAILED),
        ("openapi/CURATION.md", Edit::Remove, FAILED),
        ("src/api/oauth_app.rs", Edit::Write("fn {"), FAILED),
    ] {
        let original = copy.edit(path, &edit);
        let before = copy.files();
        assert_eq!(regen::run(copy.0.path(), true), code, "{path}: {edit:?}");
        assert!(
            copy.files() == before,
            "{path}: {edit:?}: the check wrote something"
        );
        if let Some(original) = original {
            copy.write(path, &original);
        } else {
            fs::remove_file(copy.0.path().join(path)).expect("it was written");
        }
    }
}

#[test]
fn a_refresh_writes_what_it_can_and_names_the_rest() {
    let copy = Copy::new();
    let before = copy.files();
    copy.edit(
        "README.md",
        &Edit::Replace("| `check_token` |", "| `chuck_token` |"),
    );
    copy.edit("tests/snapshots/type.Authorization.snap", &Edit::Remove);
    copy.edit(
        "tests/snapshots/op.apps.nothing.snap",
        &Edit::Write("left over"),
    );
    assert_eq!(
        regen::run(copy.0.path(), false),
        STALE,
        "the wire test is still missing"
    );
    assert!(copy.files() == before, "all else is as it was");
    copy.edit(
        SPEC,
        &Edit::Replace("x-idempotency: safe", "x-idempotency: once"),
    );
    let before = copy.files();
    assert_eq!(regen::run(copy.0.path(), false), STALE);
    assert!(
        copy.files() == before,
        "nothing is written from a spec with errors"
    );
}

#[test]
fn the_summary_is_against_the_commit_however_often_regen_ran() {
    let copy = Copy::new();
    copy.git(&["init", "--quiet"]);
    copy.git(&["add", "."]);
    let author = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
    let commit = ["commit", "--quiet", "--message", "first"];
    copy.git(&[&author[..], &commit[..]].concat());
    let summary = || since::run(copy.0.path(), "HEAD").expect("there is a commit");
    assert_eq!(summary(), "Nothing changes for users.\n");
    copy.edit(
        SPEC,
        &Edit::Replace("A user or an organization.", "An account."),
    );
    let first = summary();
    assert_eq!(
        first,
        "## What changes for users\n\n### Not breaking\n\n- **changed** `SimpleUser`, description\n"
    );
    assert_eq!(
        regen::run(copy.0.path(), false),
        STALE,
        "a wire test is missing"
    );
    assert_eq!(summary(), first, "its snapshot is refreshed");
    copy.edit("tests/snapshots/type.SimpleUser.snap", &Edit::Remove);
    assert_eq!(summary(), first, "no snapshot is read");
}

#[derive(Debug)]
enum Edit {
    Replace(&'static str, &'static str),
    Write(&'static str),
    Remove,
}

/// A copy of the files, in a temporary folder.
struct Copy(TempDir);

impl Copy {
    fn new() -> Self {
        let copy = Self(TempDir::new().expect("the folder can be made"));
        for path in paths() {
            let from = Path::new(REPOSITORY).join(path);
            let files = if from.is_dir() {
                files_in(&from)
            } else {
                vec![from]
            };
            for file in files {
                let path = file
                    .strip_prefix(REPOSITORY)
                    .expect("it is in the repository")
                    .to_str()
                    .expect("a plain name");
                copy.write(path, &fs::read_to_string(&file).expect("it is text"));
            }
        }
        copy.edit(
            "tests/common/src/calls.rs",
            &Edit::Replace("\"apps/check-token\"", "\"apps/chuck-token\""),
        );
        copy
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().expect("it is in a folder"))
            .expect("the folder can be made");
        fs::write(path, text).expect("it can be written");
    }

    /// The previous content.
    fn edit(&self, path: &str, edit: &Edit) -> Option<String> {
        let before = fs::read_to_string(self.0.path().join(path)).ok();
        match edit {
            Edit::Write(text) => self.write(path, text),
            Edit::Remove => fs::remove_file(self.0.path().join(path)).expect("it is there"),
            Edit::Replace(old, new) => {
                let text = before.as_ref().expect("it is there").replace(old, new);
                assert!(Some(&text) != before.as_ref(), "{path} has no {old}");
                self.write(path, &text);
            }
        }
        before
    }

    fn git(&self, arguments: &[&str]) {
        let mut git = Command::new("git");
        let status = git.current_dir(self.0.path()).args(arguments).status();
        assert!(status.expect("git is there").success(), "{arguments:?}");
    }

    fn files(&self) -> BTreeMap<PathBuf, String> {
        let folders = paths()
            .map(|path| self.0.path().join(path))
            .map(|path| path.parent().map_or(path.clone(), Path::to_path_buf));
        let all = folders.chain([
            self.0.path().join("openapi/generated"),
            self.0.path().join("tests/snapshots"),
        ]);
        all.flat_map(|folder| files_in(&folder))
            .map(|file| (file.clone(), fs::read_to_string(file).expect("it is text")))
            .collect()
    }
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .expect("it is a folder")
        .map(|entry| entry.expect("an entry").path());
    entries.filter(|path| path.is_file()).collect()
}
