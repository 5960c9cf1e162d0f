//! Triage: verdicts, reports, exit codes, and being continued after any end.

use crate::command::{CLIENT_ID, Desk, SECRET, finish};
use serde_json::Value;
use std::collections::HashMap;
use std::process::Stdio;
use std::time::Duration;

const NOT_LIVE: &str = "not a live token of this app";

/// The rows of an NDJSON report.
fn rows(report: &str) -> Vec<Value> {
    report
        .lines()
        .map(|line| serde_json::from_str(line).expect("a row"))
        .collect()
}

/// How often each verdict is in a report.
fn verdicts(report: &str) -> HashMap<String, usize> {
    let mut verdicts = HashMap::new();
    for row in rows(report) {
        let verdict = row["verdict"].as_str().expect("a verdict").to_owned();
        *verdicts.entry(verdict).or_default() += 1;
    }
    verdicts
}

fn counts(expected: &[(&str, usize)]) -> HashMap<String, usize> {
    expected
        .iter()
        .map(|(verdict, count)| ((*verdict).to_owned(), *count))
        .collect()
}

/// Tokens that nobody has.
fn unknown(count: usize) -> Vec<String> {
    (0..count).map(|index| format!("gho_{index:036}")).collect()
}

#[test]
fn each_token_gets_the_verdict_that_was_observed() {
    let desk = Desk::new();
    let tokens = desk.tokens(3);
    assert!(desk.ghes.revoke_token(&tokens[2]));
    let pat = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";
    desk.write(
        "leaked.txt",
        &format!(
            "# found on Monday\nGITHUB_TOKEN=\"{}\",\n{}\n{}\n{}\n{pat}\nhunter2\njust some words\n",
            tokens[0], tokens[1], tokens[2], tokens[0]
        ),
    );
    let run = desk.run(&["triage", "leaked.txt"]);
    assert_eq!(run.code, Some(3), "{run:?}");
    let expected = [
        ("live", 2),
        (NOT_LIVE, 1),
        ("skipped: ghp", 1),
        ("skipped: not a token", 1),
    ];
    assert_eq!(verdicts(&run.out), counts(&expected));
    let live = &rows(&run.out)
        .into_iter()
        .find(|row| row["line"] == 2)
        .expect("a row");
    assert_eq!(live["login"], "octocat");
    assert_eq!(live["scopes"], "repo user");
    assert_eq!(live["source"], "leaked.txt");
    assert!(live["request_id"].is_string(), "{live}");
    for token in tokens.iter().chain([&pat.to_owned()]) {
        assert!(!run.out.contains(token.as_str()) && !run.err.contains(token.as_str()));
    }
    assert!(
        run.err
            .contains("5 distinct tokens, 3 of which can be the app's"),
        "{}",
        run.err
    );
    // Two of the preflight, one for the rate limit, one for each token that can be the app's.
    assert_eq!(desk.ghes.requests(), 6);
}

#[test]
fn revoke_revokes_and_a_dry_run_does_not() {
    let desk = Desk::new();
    let tokens = desk.tokens(3);
    desk.write("leaked.txt", &format!("{}\n{}\n", tokens[0], tokens[1]));
    let run = desk.run(&["triage", "leaked.txt", "--revoke", "--dry-run"]);
    assert_eq!(
        (run.code, verdicts(&run.out)),
        (Some(3), counts(&[("live", 2)]))
    );
    assert!(desk.ghes.is_live(&tokens[0]));
    let run = desk.run(&["triage", "leaked.txt", "--revoke", "--report", "report.csv"]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""));
    let report = desk.read("report.csv");
    assert_eq!(report.matches(",revoked now,").count(), 2, "{report}");
    let live: Vec<_> = tokens
        .iter()
        .map(|token| desk.ghes.is_live(token))
        .collect();
    assert_eq!(live, [false, false, true]);
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

#[test]
fn an_error_that_concerns_all_stops_the_run_before_any_token_is_judged() {
    let desk = Desk::new();
    desk.write("leaked.txt", &desk.tokens(1).join("\n"));
    desk.write("wrong", "another-secret");
    let run = desk.run(&["triage", "leaked.txt", "--client-secret-file", "wrong"]);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
    assert!(
        run.err.contains("check the client id and secret"),
        "{}",
        run.err
    );
    assert!(run.err.contains("request id"), "{}", run.err);
    assert_eq!(run.err.lines().count(), 1, "{}", run.err);
}

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
            // What the journal says of a token is so: nothing is written ahead of its observation.
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
    // At each kill four revocations can have been carried out whose response was not seen.
    assert!(
        revoked <= TOKENS / 2 && revoked + 7 * 4 >= TOKENS / 2,
        "{verdicts:?}"
    );
    assert_eq!(revoked + verdicts[NOT_LIVE], TOKENS);
}

#[cfg(unix)]
#[test]
fn an_interrupt_finishes_what_is_in_flight_and_says_how_to_continue() {
    let desk = Desk::new();
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
    let interrupted = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(interrupted.expect("kill").success());
    let run = finish(child.wait_with_output());
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(run.err.contains("--resume --journal j"), "{}", run.err);
    let judged = rows(&run.out).len();
    assert!(judged > 0 && judged < 20_000);
    let in_journal = desk.read("j").lines().count() - 1;
    assert_eq!(judged, in_journal);
}

#[test]
fn shards_share_the_tokens_and_their_journals_are_merged_by_cat() {
    let desk = Desk::new();
    let mut tokens = unknown(100);
    tokens.extend(desk.tokens(20));
    desk.write("leaked.txt", &tokens.join("\n"));
    let mut merged = String::new();
    for shard in ["1/3", "2/3", "3/3"] {
        let journal = format!("j{}", &shard[..1]);
        let run = desk.run(&[
            "triage",
            "leaked.txt",
            "--revoke",
            "--journal",
            &journal,
            "--shard",
            shard,
        ]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        let share = rows(&run.out).len();
        assert!(share > 20 && share < 60, "{share}");
        merged += &desk.read(&journal);
    }
    desk.write("all", &merged);
    let run = desk.run(&["triage", "--journal", "all", "--resume"]);
    assert_eq!(
        verdicts(&run.out),
        counts(&[("revoked now", 20), (NOT_LIVE, 100)])
    );
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

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_one_clear_line() {
    let desk = Desk::new();
    desk.write("leaked.txt", &unknown(3).join("\n"));
    let run = desk.run(&["triage", "leaked.txt", "--journal", "/dev/full"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("make room"), "{}", run.err);
}

#[test]
fn a_rate_limit_is_named_beforehand() {
    let desk = Desk::with(|fake| fake.rate_limit(100));
    desk.write("leaked.txt", &unknown(10).join("\n"));
    let run = desk.run(&["triage", "leaked.txt"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(
        !run.err.contains("under the server's rate limit"),
        "{}",
        run.err
    );
    desk.write("more.txt", &unknown(500).join("\n"));
    let mut child = desk
        .command(&["triage", "more.txt"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("started");
    let mut err = String::new();
    let mut reader = std::io::BufReader::new(child.stderr.take().expect("piped"));
    while !err.contains("requests, at most") {
        assert!(
            std::io::BufRead::read_line(&mut reader, &mut err).expect("readable") > 0,
            "{err}"
        );
    }
    child.kill().expect("killed");
    child.wait().expect("ended");
    assert!(err.contains("under the server's rate limit"), "{err}");
}

#[test]
fn check_and_revoke_read_standard_input() {
    let desk = Desk::new();
    let tokens = desk.tokens(2);
    let run = desk.run_with_input(
        &["check", "-"],
        &format!("Authorization: Bearer {}\n", tokens[0]),
    );
    assert_eq!(
        (run.code, verdicts(&run.out)),
        (Some(3), counts(&[("live", 1)]))
    );
    let run = desk.run_with_input(&["revoke"], &tokens[0]);
    assert_eq!(
        (run.code, verdicts(&run.out)),
        (Some(0), counts(&[("revoked now", 1)]))
    );
    let live: Vec<_> = tokens
        .iter()
        .map(|token| desk.ghes.is_live(token))
        .collect();
    assert_eq!(live, [false, true]);
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_terminal_there_is_a_bar_a_table_and_a_prompt_without_echo() {
    let desk = Desk::new();
    let tokens = desk.tokens(2);
    desk.write("leaked.txt", &tokens.join("\n"));
    let mut command = desk.bare(&["triage", "leaked.txt"]);
    command
        .env("GHES_OAUTH_SERVER", desk.ghes.url())
        .env("GHES_OAUTH_CLIENT_ID", CLIENT_ID);
    let run = desk.run_on_terminal(&mut command, SECRET);
    assert_eq!(run.code, Some(3), "{run:?}");
    assert!(run.out.contains("client secret:"), "{}", run.out);
    assert!(run.out.contains("KIND"), "{}", run.out);
    let end = &tokens[0][tokens[0].len() - 8..];
    assert!(
        run.out.contains(end) && !run.out.contains(&tokens[0]),
        "{}",
        run.out
    );
}

#[test]
fn a_report_never_replaces_an_input_or_the_journal() {
    let desk = Desk::new();
    let text = unknown(2).join("\n");
    desk.write("leaked.txt", &text);
    for report in ["leaked.txt", "./leaked.txt", "j"] {
        let run = desk.run(&["triage", "leaked.txt", "--journal", "j", "--report", report]);
        assert_eq!(run.code, Some(2), "{}", run.err);
        assert!(run.err.contains("would replace"), "{}", run.err);
    }
    assert_eq!(desk.read("leaked.txt"), text);
}

/// Run it by `cargo test -p ghes-oauth-cli -- --ignored`.
#[cfg(unix)]
#[test]
#[ignore = "needs GNU parallel"]
fn gnu_parallel_runs_the_shards() {
    let desk = Desk::new();
    let mut tokens = unknown(400);
    tokens.extend(desk.tokens(100));
    desk.write("leaked.txt", &tokens.join("\n"));
    let program = env!("CARGO_BIN_EXE_ghes-oauth");
    let shell = format!(
        "parallel {program} triage leaked.txt --revoke --shard {{}}/4 --journal part.{{}} --report part.{{}}.csv ::: 1 2 3 4 \
         && cat part.1 part.2 part.3 part.4 > all && {program} triage --resume --journal all"
    );
    let mut command = std::process::Command::new("/bin/sh");
    command.args(["-c", &shell]).current_dir(desk.path("."));
    for (name, value) in desk.command(&[]).get_envs() {
        command.env(name, value.expect("set"));
    }
    let run = finish(command.output());
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(
        verdicts(&run.out),
        counts(&[("revoked now", 100), (NOT_LIVE, 400)])
    );
}
