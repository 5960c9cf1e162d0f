//! One file shared by several processes.

use crate::command::Desk;
#[cfg(unix)]
use crate::command::finish;
use crate::rows::{NOT_LIVE, counts, rows, unknown, verdicts};
#[cfg(unix)]
use std::io::Write as _;

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
        assert!(share > 10 && share < 80, "{share}");
        merged += &desk.read(&journal);
    }
    desk.write("all", &merged);
    let run = desk.run(&["triage", "--journal", "all", "--resume"]);
    assert_eq!(
        verdicts(&run.out),
        counts(&[("revoked now", 20), (NOT_LIVE, 100)])
    );
}

#[cfg(unix)]
#[test]
fn gnu_parallel_runs_the_shards() {
    let version = std::process::Command::new("parallel")
        .arg("--version")
        .output();
    // moreutils has another program called parallel.
    if !version.is_ok_and(|version| version.stdout.starts_with(b"GNU parallel")) {
        let reason = "skipped: gnu_parallel_runs_the_shards needs GNU parallel";
        // The test harness keeps what `eprintln!` prints.
        writeln!(std::io::stderr(), "{reason}").expect("printed");
        return;
    }
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
