//! The commands and settings that the guides and the README show.

use crate::command::{CLIENT_ID, Desk, PASSWORD, Run, SECRET, finish};
use ghes_oauth_fake::NewToken;
use std::path::Path;
use std::process::Command;

/// Returns the first block of this language.
fn block<'a>(page: &'a str, language: &str) -> &'a str {
    let start = format!("```{language}\n");
    let rest = page.split(&start).nth(1).expect("a block");
    rest.split("```").next().expect("its end")
}

/// Runs a block, with the fake in place of the server, and without the installation.
fn run(desk: &Desk, block: &str) -> Run {
    let program = Path::new(env!("CARGO_BIN_EXE_ghes-oauth"));
    let folder = program.parent().expect("a folder").display();
    let script: Vec<&str> = block
        .lines()
        .filter(|line| !line.starts_with("cargo "))
        .collect();
    let script = script
        .join("\n")
        .replace("https://ghe.example.com", desk.ghes.url());
    let mut command = Command::new("sh");
    command
        .args(["-c", &script])
        .current_dir(desk.path("."))
        .env_clear()
        .env("HOME", desk.path("."))
        .env("PATH", format!("{folder}:/usr/bin:/bin"))
        .env("SECRET", SECRET)
        .env("PASSWORD", PASSWORD);
    finish(command.output())
}

#[test]
fn the_commands_of_the_guide_to_leaks_revoke_every_token() {
    let desk = Desk::new();
    desk.write("leak.json", &desk.tokens(3).join("\n"));
    let guide = include_str!("../../../docs/leak-response.md");
    let run = run(&desk, block(guide, "sh"));
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(!run.err.contains("error") && !run.err.contains("warning"));
    assert!(desk.ghes.live().is_empty());
    assert_eq!(desk.read("leak.csv").matches("revoked now").count(), 3);
}

#[test]
fn the_commands_of_the_guide_to_migration_list_and_delete() {
    let old = NewToken::personal("octocat", "nightly build");
    let desk = Desk::with(|fake| fake.token(old));
    let listed = desk.run(&["authorizations", "list"]).out;
    let id = listed.split("\"id\":").nth(1).expect("an id");
    let id = id.split([',', '}']).next().expect("its end");
    let guide = include_str!("../../../docs/migration.md");
    let block = block(guide, "sh").replace("delete 1 2", &format!("delete --yes {id}"));
    let run = run(&desk, &block);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(desk.ghes.live().is_empty());
}

#[test]
fn the_settings_of_the_guide_to_testing_are_those_of_a_fake() {
    let settings = block(include_str!("../../../docs/testing.md"), "toml");
    let fake = ghes_oauth_fake::Builder::from_toml(settings).expect("settings");
    assert!(fake.start().is_ok());
}

#[test]
fn the_settings_of_the_readme_are_accepted() {
    let desk = Desk::new();
    let (_, host) = desk.ghes.url().split_once("://").expect("a URL");
    let host = host.split('/').next().expect("a host");
    let settings = block(include_str!("../../README.md"), "toml")
        .replace("https://ghe.example.com", desk.ghes.url())
        .replace("ghe.example.com", host)
        .replace("/run/secrets/ghes-oauth", "secret")
        .replace("/run/secrets/octocat", "password")
        .replace("ca_file", "# ca_file");
    desk.write("config.toml", &settings);
    let arguments = ["preflight", "--config", "config.toml", "--verbose"];
    let run = finish(desk.bare(&arguments).output());
    assert_eq!(run.code, Some(0), "{}", run.err);
    let client_id = format!("{CLIENT_ID:?}, from config.toml");
    assert!(run.err.contains(&client_id), "{}", run.err);
}
