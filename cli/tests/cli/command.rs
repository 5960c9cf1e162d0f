//! Runs the program, with its own home and nothing else from the environment.
//!
//! The tests kill, interrupt and stop reading from running processes, which assert_cmd cannot do.

use ghes_oauth_fake::FakeGhes;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

pub(crate) const CLIENT_ID: &str = "Iv1.8a61f9b3a7aba766";
pub(crate) const SECRET: &str = "client-secret-plan7ed";
pub(crate) const PASSWORD: &str = "password-plan7ed";

/// A fake and a folder to work in.
pub(crate) struct Desk {
    pub(crate) ghes: FakeGhes,
    folder: TempDir,
}

/// The output of a run, and its exit code.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self::with(|builder| builder)
    }

    pub(crate) fn with(
        set_up: impl FnOnce(ghes_oauth_fake::Builder) -> ghes_oauth_fake::Builder,
    ) -> Self {
        let builder = FakeGhes::builder()
            .version(3, 16)
            .app(CLIENT_ID, SECRET)
            .user("octocat", PASSWORD)
            .token_limit(None);
        let desk = Self {
            ghes: set_up(builder).start().expect("a fake"),
            folder: tempfile::tempdir().expect("a folder"),
        };
        desk.write("secret", &format!("{SECRET}\n"));
        desk.write("password", PASSWORD);
        desk
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file that only its owner may read.
    pub(crate) fn write(&self, name: &str, content: &str) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, content).expect("written");
        set_mode(&path, 0o600);
        path
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("readable")
    }

    /// Issues live tokens of the app.
    pub(crate) fn tokens(&self, count: usize) -> Vec<String> {
        (0..count)
            .map(|_| {
                let token = self
                    .ghes
                    .issue_token(CLIENT_ID, "octocat", &["repo", "user"]);
                token.expect("app and user are known")
            })
            .collect()
    }

    /// The program without any connection settings.
    pub(crate) fn bare(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ghes-oauth"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("HOME", self.folder.path())
            .stdin(Stdio::null());
        command
    }

    /// The program with the fake as its server.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.bare(arguments);
        command
            .env("GHES_OAUTH_SERVER", self.ghes.url())
            .env("GHES_OAUTH_CLIENT_ID", CLIENT_ID)
            .env("GHES_OAUTH_CLIENT_SECRET_FILE", self.path("secret"))
            .env("GHES_OAUTH_LOGIN", "octocat")
            .env("GHES_OAUTH_PASSWORD_FILE", self.path("password"));
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        finish(self.command(arguments).output())
    }

    pub(crate) fn run_with_input(&self, arguments: &[&str], input: &str) -> Run {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("started");
        let mut stdin = child.stdin.take().expect("piped");
        stdin
            .write_all(input.as_bytes())
            .expect("read by the program");
        drop(stdin);
        finish(child.wait_with_output())
    }
}

pub(crate) fn finish(output: std::io::Result<Output>) -> Run {
    let output = output.expect("run");
    let run = Run {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    };
    run.without_secrets()
}

impl Run {
    /// Checks that no secret was printed.
    pub(crate) fn without_secrets(self) -> Self {
        for secret in [SECRET, PASSWORD] {
            assert!(
                !self.out.contains(secret) && !self.err.contains(secret),
                "{self:?}"
            );
        }
        self
    }
}

#[cfg(unix)]
pub(crate) fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("permitted");
}

#[cfg(not(unix))]
pub(crate) fn set_mode(_: &Path, _: u32) {}
