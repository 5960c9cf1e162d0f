//! The fake as a command, and the recording for the README.

use crate::command::{CLIENT_ID, Desk, SECRET, finish};
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};

/// Starts `ghes-oauth fake`, and returns the URL that it prints.
fn serve(desk: &Desk, arguments: &[&str]) -> (Child, String) {
    let mut child = desk
        .bare(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("started");
    let mut url = String::new();
    let mut out = BufReader::new(child.stdout.take().expect("piped"));
    out.read_line(&mut url).expect("a line");
    (child, url.trim().to_owned())
}

#[test]
fn a_fake_serves_what_its_settings_say() {
    let desk = Desk::new();
    desk.write(
        "fake.toml",
        &format!("version = \"3.3\"\n[[apps]]\nclient_id = \"{CLIENT_ID}\"\nclient_secret = \"{SECRET}\"\n"),
    );
    for (arguments, version) in [
        (&["fake", "--settings", "fake.toml"][..], "3.3"),
        (
            &["fake", "--settings", "fake.toml", "--version", "3.16"],
            "3.16",
        ),
    ] {
        let (mut fake, url) = serve(&desk, arguments);
        let run = desk.run(&["preflight", "--server", &url]);
        fake.kill().expect("killed");
        fake.wait().expect("ended");
        assert_eq!(run.code, Some(0), "{}", run.err);
        assert!(run.out.contains(&format!("GHES {version}")), "{}", run.out);
    }
}

#[test]
fn malformed_settings_are_one_line() {
    let desk = Desk::new();
    desk.write("fake.toml", "nosuch = 1\n");
    let run = finish(desk.bare(&["fake", "--settings", "fake.toml"]).output());
    assert_eq!(
        (run.code, run.err.lines().count()),
        (Some(2), 1),
        "{}",
        run.err
    );
    assert!(run.err.contains("line 1"), "{}", run.err);
}

/// The recording, with its lines in order and numbers masked: hashes, times and the order of rows differ from run to run.
fn shape(recording: &str) -> Vec<String> {
    let mut lines: Vec<_> = recording
        .lines()
        .map(|line| line.replace(|c: char| c.is_ascii_digit(), "0"))
        .collect();
    lines.sort_unstable();
    lines
}

#[cfg(unix)]
#[test]
fn the_recording_is_what_the_script_records() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/triage.sh");
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_ghes-oauth"));
    let folder = program.parent().expect("a folder");
    let run = std::process::Command::new("bash")
        .arg(script)
        .arg(folder)
        .output();
    let run = finish(run);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let recording = include_str!("../../../docs/triage.txt");
    assert_eq!(shape(&run.out), shape(recording), "run docs/triage.sh");
}

#[test]
fn the_readme_opens_with_the_recording() {
    let readme = include_str!("../../README.md");
    let recording = include_str!("../../../docs/triage.txt");
    assert!(
        readme.contains(&format!("```console\n{recording}```")),
        "run docs/triage.sh"
    );
}
