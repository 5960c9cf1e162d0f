//! Files in their usual forms, and names that must not be printed or replaced.

use crate::command::{Desk, Run};
use crate::rows::{counts, rows, unknown, verdicts};
use std::fs;

fn one_live(run: &Run) {
    assert_eq!(
        (run.code, verdicts(&run.out)),
        (Some(3), counts(&[("live", 1)])),
        "{run:?}"
    );
}

/// `<(…)` in a shell gives such a name.
#[cfg(target_os = "linux")]
#[test]
fn a_pipe_is_read_once() {
    let desk = Desk::new();
    let token = desk.tokens(1).remove(0);
    one_live(&desk.run_with_input(&["triage", "/dev/stdin"], &token));
    let run = desk.run_with_input(&["triage", "/dev/stdin", "/dev/stdin", "-v"], &token);
    one_live(&run);
    assert!(run.err.contains("can be read only once"), "{}", run.err);
}

/// The formats are detected by content, whatever the names of the files.
#[test]
fn files_of_different_formats_are_judged_together() {
    let desk = Desk::new();
    let tokens = desk.tokens(5);
    desk.write("a", &format!("export GITHUB_TOKEN=\"{}\"\n", tokens[0]));
    desk.write("b", &format!("owner;token\nmonalisa;{}\n", tokens[1]));
    let gitleaks = format!(
        r#"[{{"RuleID":"github-oauth","StartLine":20,"Secret":"{}","File":".env"}}]"#,
        tokens[2]
    );
    desk.write("c", &gitleaks);
    let trufflehog = format!(
        r#"{{"SourceMetadata":{{"Data":{{"Filesystem":{{"file":"k.txt","line":4}}}}}},"DetectorName":"Github","Raw":"{}"}}"#,
        tokens[3]
    );
    desk.write("d", &trufflehog);
    let alerts = format!(
        r#"[{{"number":1,"secret_type":"github_oauth_access_token","secret":"{}","html_url":"https://ghe.example.com/1"}}]"#,
        tokens[4]
    );
    desk.write("e", &alerts);
    let run = desk.run(&["triage", "a", "b", "c", "d", "e", "--concurrency", "1"]);
    assert!(run.err.contains("1 inside other text;"), "{}", run.err);
    let places: Vec<_> = rows(&run.out)
        .iter()
        .map(|row| {
            assert!(row["observed_at"].is_string() && row["created_at"].is_string());
            (
                row["source"].as_str().map(str::to_owned),
                row["line"].as_u64(),
            )
        })
        .collect();
    let expected = [
        ("a", Some(1)),
        ("b", Some(2)),
        (".env", Some(20)),
        ("k.txt", Some(4)),
        ("https://ghe.example.com/1", None),
    ]
    .map(|(source, line)| (Some(source.to_owned()), line));
    assert_eq!(places, expected);
}

#[test]
fn powershell_writes_utf_16() {
    let desk = Desk::new();
    let text = format!("{}\r\n", desk.tokens(1)[0]);
    let units = || text.encode_utf16().flat_map(u16::to_le_bytes);
    for content in [
        [0xff, 0xfe].into_iter().chain(units()).collect::<Vec<u8>>(),
        units().collect(),
    ] {
        desk.write("leaked.txt", "");
        fs::write(desk.path("leaked.txt"), content).expect("written");
        one_live(&desk.run(&["triage", "leaked.txt"]));
    }
}

#[test]
fn unreadable_input_is_refused_before_anything_is_sent() {
    let desk = Desk::new();
    desk.write("leaked.gz", "\u{1f}");
    fs::write(desk.path("leaked.gz"), b"\x1f\x8b\x08\0").expect("written");
    for (file, part) in [
        ("leaked.gz", "compressed by gzip; decompress it first"),
        (".", "is a directory"),
        ("missing.txt", "cannot read missing.txt"),
    ] {
        let run = desk.run(&["triage", file]);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{}", run.err);
        assert!(run.err.contains(part), "{}", run.err);
    }
    assert_eq!(desk.ghes.requests(), 0);
}

#[test]
fn an_input_without_tokens_is_warned_of() {
    let desk = Desk::new();
    desk.write("leaked.txt", "");
    for arguments in [["triage", "leaked.txt"], ["check", "leaked.txt"]] {
        let run = desk.run(&arguments);
        assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{}", run.err);
        assert!(run.err.contains("no token was found"), "{}", run.err);
    }
    // One of these shards has the token, and the other has none.
    desk.write("leaked.txt", &desk.tokens(1)[0]);
    for shard in ["1/2", "2/2"] {
        let run = desk.run(&["triage", "leaked.txt", "--shard", shard]);
        assert!(!run.err.contains("no token was found"), "{}", run.err);
    }
}

#[test]
fn a_token_in_the_name_of_a_file_is_not_printed() {
    let desk = Desk::new();
    let token = desk.tokens(1).remove(0);
    let name = format!("{token}.txt");
    desk.write(&name, &token);
    #[cfg(unix)]
    crate::command::set_mode(&desk.path(&name), 0o644);
    let run = desk.run(&["triage", &name]);
    one_live(&run);
    assert!(
        !run.out.contains(&token) && !run.err.contains(&token),
        "{run:?}"
    );
    fs::remove_file(desk.path(&name)).expect("removed");
    let run = desk.run(&["triage", &name]);
    assert!(!run.err.contains(&token), "{run:?}");
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
    let arguments = ["triage", "leaked.txt", "--report", "missing/report.csv"];
    assert_eq!(desk.run(&arguments).code, Some(2));
    assert_eq!(desk.ghes.requests(), 0);
    assert_eq!(desk.read("leaked.txt"), text);
    desk.run(&["triage", "leaked.txt", "--journal", "j"]);
    let journal = desk.read("j");
    let run = desk.run(&["triage", "--resume", "--journal", "j", "--report", "j"]);
    assert_eq!(run.code, Some(2), "{}", run.err);
    assert_eq!(desk.read("j"), journal);
}

#[test]
fn the_report_of_a_journal_revokes_nothing_and_says_so() {
    let desk = Desk::new();
    desk.write("leaked.txt", &desk.tokens(1)[0]);
    desk.run(&["triage", "leaked.txt", "--journal", "j"]);
    let run = desk.run(&["triage", "--resume", "--journal", "j", "--revoke"]);
    assert_eq!(run.code, Some(2), "{}", run.err);
    assert!(run.err.contains("name files with tokens"), "{}", run.err);
    // A line that was torn before `cat` merged it with others is not reported, and its token can be checked again.
    let journal = desk.read("j");
    desk.write(
        "all",
        &format!("{}{journal}", &journal[..journal.len() - 9]),
    );
    let run = desk.run(&["triage", "--resume", "--journal", "all"]);
    assert_eq!(rows(&run.out).len(), 1);
    assert!(run.err.contains("1 torn lines"), "{}", run.err);
}

#[test]
fn a_single_token_is_checked_only_where_the_server_is_githubs() {
    let desk = Desk::new();
    let server = desk.ghes.url().replace("/api/v3", "/mirror/api/v3");
    let token = desk.tokens(1).remove(0);
    let run = desk.run_with_input(&["check", "-", "--server", &server], &token);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{}", run.err);
}
