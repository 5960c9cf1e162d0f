//! The clients, how they are installed, and their versions.

use crate::Failure;
use crate::servers::Version;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// These take part where they are installed: `apt-get install ruby-octokit hub` on Debian.
const RUBY: &str = "octokit.rb";
const HUB: &str = "hub";

/// A client, and the program that takes it through its flows.
pub(crate) struct Client {
    pub(crate) name: &'static str,
    /// `{python}` is the one that has the clients.
    pub(crate) program: &'static [&'static str],
}

impl Client {
    /// Whether the client can be pointed at a fake of this server: hub knows no other address of github.com than the real one.
    pub(crate) fn reaches(&self, version: Version) -> bool {
        self.name != HUB || version.is_some()
    }

    pub(crate) fn is_installed(&self) -> bool {
        match self.name {
            RUBY => ruby_octokit().is_ok(),
            HUB => hub().is_ok(),
            _ => true,
        }
    }
}

pub(crate) const CLIENTS: [Client; 7] = [
    Client {
        name: "PyGithub",
        program: &["{python}", "pygithub.py"],
    },
    Client {
        name: "github3.py",
        program: &["{python}", "github3_py.py"],
    },
    Client {
        name: "@octokit/oauth-methods",
        program: &["node", "oauth-methods.mjs"],
    },
    Client {
        name: "@octokit/auth-oauth-app",
        program: &["node", "auth-oauth-app.mjs"],
    },
    Client {
        name: RUBY,
        program: &["ruby", "ruby_octokit.rb"],
    },
    Client {
        name: HUB,
        program: &["sh", "hub.sh"],
    },
    Client {
        name: "curl",
        program: &["sh", "curl.sh"],
    },
];

/// Installs the clients that come from PyPI and npm, and returns the folder where they are.
pub(crate) fn install() -> Result<PathBuf, Failure> {
    let folder = env::temp_dir().join("ghes-oauth-foreign-clients");
    fs::create_dir_all(&folder)?;
    let python = folder.join("venv/bin/python");
    if !python.exists() {
        succeed(
            Command::new("python3")
                .args(["-m", "venv"])
                .arg(folder.join("venv")),
        )?;
    }
    succeed(Command::new(&python).args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "PyGithub",
        "github3.py",
    ]))?;
    fs::write(folder.join("package.json"), "{ \"private\": true }")?;
    let packages = [
        "@octokit/oauth-methods",
        "@octokit/auth-oauth-app",
        "@octokit/request",
    ];
    succeed(
        Command::new("npm")
            .args(["install", "--silent"])
            .args(packages)
            .current_dir(&folder),
    )?;
    Ok(folder)
}

/// The version of each client that was installed.
pub(crate) fn versions(folder: &Path) -> Result<BTreeMap<&'static str, String>, Failure> {
    let mut versions = BTreeMap::new();
    for name in ["PyGithub", "github3.py"] {
        let code = format!("from importlib.metadata import version; print(version('{name}'))");
        let out = output(Command::new(folder.join("venv/bin/python")).args(["-c", &code]))?;
        versions.insert(name, out.trim().to_owned());
    }
    for name in ["@octokit/oauth-methods", "@octokit/auth-oauth-app"] {
        let path = folder.join("node_modules").join(name).join("package.json");
        let text = fs::read_to_string(path)?;
        let version = text
            .split_once("\"version\": \"")
            .and_then(|(_, rest)| rest.split_once('"'));
        versions.insert(name, version.ok_or("a package has a version")?.0.to_owned());
    }
    if let Ok(version) = ruby_octokit() {
        versions.insert(RUBY, version.trim().to_owned());
    }
    if let Ok(version) = hub() {
        versions.insert(HUB, version);
    }
    let curl = output(Command::new("curl").arg("--version"))?;
    versions.insert(
        "curl",
        curl.split(' ').nth(1).unwrap_or_default().to_owned(),
    );
    Ok(versions)
}

fn ruby_octokit() -> Result<String, Failure> {
    let program = "require 'octokit'; puts Octokit::VERSION";
    output(Command::new("ruby").args(["-e", program]))
}

fn hub() -> Result<String, Failure> {
    let text = output(Command::new("hub").arg("version"))?;
    let version = text
        .lines()
        .find_map(|line| line.strip_prefix("hub version "));
    Ok(version.ok_or("hub has a version")?.to_owned())
}

fn succeed(command: &mut Command) -> Result<(), Failure> {
    let status = command.status()?;
    status
        .success()
        .then_some(())
        .ok_or_else(|| format!("{command:?} fails").into())
}

fn output(command: &mut Command) -> Result<String, Failure> {
    let output = command.output()?;
    if !output.status.success() {
        return Err(format!("{command:?} fails").into());
    }
    Ok(String::from_utf8(output.stdout)?)
}
