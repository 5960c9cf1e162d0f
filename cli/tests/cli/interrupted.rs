//! Triage that is continued after any end, and shared between processes.

use crate::command::{Desk, finish};
use crate::rows::{NOT_LIVE, counts, rows, unknown, verdicts};
use serde_json::Value;
#[cfg(unix)]
use std::io::{BufRead as _, BufReader};
#[cfg(unix)]
use std::process::Child;
use std::process::Stdio;
use std::time::Duration;

#[test]
fn killed_at_any_moment_a_run_is_continued() {
    const TOKENS: usize = 300;
    let desk = Desk::new();
    let live = desk.tokens(TOKENS / 2);
    let mut tokens = live.clone();
    tokens.extend(unknown(TOKENS / 2));
    desk.write("leaked.txt", &tokens.join("\n"));
    let arguments = [
        "triage",
        "leaked.txt",
        "--revoke",
        "--journal",
        "j",
        "--resume",
        "--concurrency",
        "4",
    ];
    for milliseconds in [15, 30, 45, 60, 80, 100, 120] {
        let mut child = desk
            .command(&arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
        std::thread::sleep(Duration::from_millis(milliseconds));
        child.kill().expect("killed");
        child.wait().expect("ended");
        let journal = std::fs::read_to_string(desk.path("j")).unwrap_or_default();
        for entry in journal
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        {
            // The journal's verdicts are true: none is written before its observation.
            assert_ne!(entry["verdict"], "live");
            assert!(!journal.contains("gho_"));
        }
    }
    let run = desk.run(&arguments);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let rows = rows(&run.out);
    assert_eq!(rows.len(), TOKENS);
    assert!(live.iter().all(|token| !desk.ghes.is_live(token)));
    let verdicts = verdicts(&run.out);
    let revoked = verdicts["revoked now"];
    // At each kill, four revocations may have been performed without a response.
    assert!(
        revoked <= TOKENS / 2 && revoked + 7 * 4 >= TOKENS / 2,
        "{verdicts:?}"
    );
    assert_eq!(revoked + verdicts[NOT_LIVE], TOKENS);
}

/// Starts a run over many tokens that will be stopped, and returns after some verdicts.
#[cfg(unix)]
fn started(desk: &Desk) -> Child {
    desk.write("leaked.txt", &unknown(20_000).join("\n"));
    let child = desk
        .command(&["triage", "leaked.txt", "--journal", "j"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("started");
    while std::fs::metadata(desk.path("j")).map_or(0, |metadata| metadata.len()) < 10_000 {
        std::thread::sleep(Duration::from_millis(10));
    }
    child
}

#[cfg(unix)]
fn signal(child: &Child, name: &str) {
    let status = std::process::Command::new("kill")
        .args([name, &child.id().to_string()])
        .status();
    assert!(status.expect("kill").success());
}

#[cfg(unix)]
#[test]
fn an_interrupt_finishes_what_is_in_flight_and_says_how_to_continue() {
    for name in ["-INT", "-TERM"] {
        let desk = Desk::new();
        let child = started(&desk);
        signal(&child, name);
        let run = finish(child.wait_with_output());
        assert_eq!(run.code, Some(1), "{}", run.err);
        assert!(run.err.contains("--resume --journal j"), "{}", run.err);
        let judged = rows(&run.out).len();
        assert!(judged > 0 && judged < 20_000);
        let in_journal = desk.read("j").lines().count() - 1;
        assert_eq!(judged, in_journal);
    }
}

#[cfg(unix)]
#[test]
fn an_interrupt_does_not_wait_for_a_rate_limit_and_reports_nothing_of_what_it_refused() {
    let desk = Desk::with(|fake| {
        fake.rate_limit(23)
            .rate_limit_window(Duration::from_secs(600))
    });
    desk.write("leaked.txt", &unknown(50).join("\n"));
    let mut child = desk
        .command(&["triage", "leaked.txt", "--journal", "j"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("started");
    let mut err = BufReader::new(child.stderr.take().expect("piped"));
    let mut line = String::new();
    while !line.contains("the run pauses for") {
        line.clear();
        assert!(err.read_line(&mut line).expect("readable") > 0);
    }
    signal(&child, "-INT");
    let run = finish(child.wait_with_output());
    assert_eq!(run.code, Some(1));
    assert_eq!(verdicts(&run.out), counts(&[(NOT_LIVE, 20)]));
}

#[cfg(unix)]
#[test]
fn a_second_interrupt_does_not_wait_for_a_server_that_hangs() {
    let desk = Desk::new();
    desk.ghes
        .on_every()
        .skip(50)
        .delay(Duration::from_secs(600));
    let child = started(&desk);
    while desk.ghes.requests() < 58 {
        std::thread::sleep(Duration::from_millis(10));
    }
    signal(&child, "-INT");
    std::thread::sleep(Duration::from_millis(300));
    signal(&child, "-INT");
    let run = finish(child.wait_with_output());
    assert_eq!(run.code, Some(130), "{}", run.err);
    assert!(run.err.contains("a second Ctrl-C"), "{}", run.err);
    assert_eq!(desk.read("j").lines().count(), 1 + 47);
}

/// A reader that stops, as in `ghes-oauth triage … | head`, loses only the report.
#[test]
fn a_closed_standard_output_loses_nothing() {
    let desk = Desk::new();
    desk.write("leaked.txt", &unknown(2000).join("\n"));
    let mut child = desk
        .command(&["triage", "leaked.txt", "--journal", "j"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("started");
    drop(child.stdout.take());
    let run = finish(child.wait_with_output());
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(run.err.contains("cannot write the report"), "{}", run.err);
    assert_eq!(desk.read("j").lines().count(), 2001);
}

#[test]
fn a_second_process_on_a_journal_is_refused() {
    let desk = Desk::new();
    desk.write("leaked.txt", &unknown(20_000).join("\n"));
    let arguments = ["triage", "leaked.txt", "--journal", "j", "--resume"];
    let mut first = desk
        .command(&arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("started");
    while !desk.path("j").exists() {
        std::thread::sleep(Duration::from_millis(5));
    }
    std::thread::sleep(Duration::from_millis(20));
    let second = desk.run(&arguments);
    first.kill().expect("killed");
    first.wait().expect("ended");
    assert_eq!(second.code, Some(2), "{}", second.err);
    assert!(second.err.contains("another process"), "{}", second.err);
}

/// A limit of the size of files stops a write where a full disk does, in the middle of a line.
#[cfg(unix)]
#[test]
fn a_full_disk_is_one_clear_line_and_the_run_is_continued() {
    let desk = Desk::new();
    desk.write("leaked.txt", &unknown(500).join("\n"));
    let arguments = ["triage", "leaked.txt", "--journal", "j", "--resume"];
    let program = env!("CARGO_BIN_EXE_ghes-oauth");
    let shell = format!(
        "trap '' XFSZ; ulimit -f 16; exec {program} {}",
        arguments.join(" ")
    );
    let mut command = std::process::Command::new("/bin/sh");
    command.args(["-c", &shell]).current_dir(desk.path("."));
    let envs = desk.command(&[]);
    command.envs(
        envs.get_envs()
            .filter_map(|(name, value)| Some((name, value?))),
    );
    let run = finish(command.output());
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(run.err.contains("make room"), "{}", run.err);
    let before = desk.read("j");
    assert!(!before.ends_with('\n'), "no line was torn");
    let run = desk.run(&arguments);
    assert_eq!(
        verdicts(&run.out),
        counts(&[(NOT_LIVE, 500)]),
        "{}",
        run.err
    );
    assert!(desk.read("j").starts_with(&before));
}

#[test]
fn a_live_token_in_the_journal_is_revoked_later() {
    let desk = Desk::new();
    let tokens = desk.tokens(5);
    desk.write("leaked.txt", &tokens.join("\n"));
    let arguments = ["triage", "leaked.txt", "--journal", "j"];
    assert_eq!(desk.run(&arguments).code, Some(3));
    let refused = desk.run(&arguments);
    assert_eq!(refused.code, Some(2));
    assert!(refused.err.contains("--resume"), "{}", refused.err);
    let before = desk.ghes.requests();
    let run = desk.run(&[
        "triage",
        "leaked.txt",
        "--journal",
        "j",
        "--resume",
        "--revoke",
    ]);
    assert_eq!(
        (run.code, verdicts(&run.out)),
        (Some(0), counts(&[("revoked now", 5)]))
    );
    let run = desk.run(&[
        "triage",
        "leaked.txt",
        "--journal",
        "j",
        "--resume",
        "--revoke",
    ]);
    assert_eq!(
        (run.code, verdicts(&run.out)),
        (Some(0), counts(&[("revoked now", 5)]))
    );
    // Three before each run, two a token, and none in the last run.
    assert_eq!(desk.ghes.requests() - before, 3 + 10 + 3);
    let requests = desk.ghes.requests();
    let report = desk.run(&[
        "triage",
        "--journal",
        "j",
        "--resume",
        "--report",
        "all.ndjson",
    ]);
    assert_eq!((report.code, desk.ghes.requests()), (Some(0), requests));
    assert_eq!(
        verdicts(&desk.read("all.ndjson")),
        counts(&[("revoked now", 5)])
    );
}
