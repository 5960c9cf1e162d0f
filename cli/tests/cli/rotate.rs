//! Rotation: no token is lost unnoticed.

use crate::command::Desk;
use ghes_oauth_fake::{CannedResponse, Operation};
use serde_json::Value;
use std::process::Stdio;
use std::time::Duration;

fn objects(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

#[test]
fn each_new_token_is_in_the_file() {
    let desk = Desk::new();
    let old = desk.tokens(3);
    assert!(desk.ghes.revoke_token(&old[2]));
    desk.write(
        "old",
        &format!(
            "{}\n{}\n{}\nghp_16C7e42F292c6912E7710c838347Ae178B4a\n",
            old[0], old[1], old[2]
        ),
    );
    let run = desk.run(&["rotate", "old", "--out", "new"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    let results: Vec<_> = objects(&run.out)
        .iter()
        .map(|row| row["result"].as_str().expect("text").to_owned())
        .collect();
    assert_eq!(
        results,
        [
            "replaced",
            "replaced",
            "not a live token of this app",
            "skipped: ghp"
        ]
    );
    let new = objects(&desk.read("new"));
    assert_eq!(new.len(), 2);
    for row in &new {
        let token = row["token"].as_str().expect("a token");
        assert!(desk.ghes.is_live(token));
        assert!(
            !run.out.contains(token)
                && !run.err.contains(token)
                && !desk.read("new.log").contains(token)
        );
    }
    assert!(!desk.ghes.is_live(&old[0]) && !desk.ghes.is_live(&old[1]));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(desk.path("new"))
            .expect("a file")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let again = desk.run(&["rotate", "old", "--out", "new"]);
    assert_eq!(
        again.out.matches("replaced before").count(),
        2,
        "{}",
        again.out
    );
    assert_eq!(objects(&desk.read("new")).len(), 2);
}

#[test]
fn a_file_that_cannot_be_written_costs_no_token() {
    let desk = Desk::new();
    let old = desk.tokens(1);
    desk.write("old", &old[0]);
    let run = desk.run(&["rotate", "old", "--out", "missing/new"]);
    assert_eq!(run.code, Some(2), "{}", run.err);
    assert!(desk.ghes.is_live(&old[0]));
}

#[test]
fn killed_at_any_moment_each_token_is_good_or_replaced_or_named_as_lost() {
    const TOKENS: usize = 100;
    let desk = Desk::new();
    let old = desk.tokens(TOKENS);
    desk.write("old", &old.join("\n"));
    for milliseconds in [20, 35, 50, 65, 80, 95] {
        let mut child = desk
            .command(&["rotate", "old", "--out", "new"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
        std::thread::sleep(Duration::from_millis(milliseconds));
        child.kill().expect("killed");
        child.wait().expect("ended");
        check(&desk, &old, None);
    }
    let run = desk.run(&["rotate", "old", "--out", "new"]);
    assert!(matches!(run.code, Some(0 | 1)), "{}", run.err);
    let rows = objects(&run.out);
    let lost = rows.iter().filter(|row| {
        row["result"]
            .as_str()
            .is_some_and(|result| result.starts_with("lost"))
    });
    let lost: Vec<_> = lost
        .map(|row| row["last_eight"].as_str().expect("text").to_owned())
        .collect();
    check(&desk, &old, Some(&lost));
}

/// Checks that the file is complete and its tokens are live, and at the end that every old token has a new one or is named as lost.
fn check(desk: &Desk, old: &[String], lost: Option<&[String]>) {
    let new = objects(&std::fs::read_to_string(desk.path("new")).unwrap_or_default());
    let replaced: Vec<_> = new
        .iter()
        .map(|row| row["old_last_eight"].as_str().expect("text"))
        .collect();
    assert!(
        new.iter()
            .all(|row| desk.ghes.is_live(row["token"].as_str().expect("a token")))
    );
    if let Some(lost) = lost {
        let log = desk.read("new.log");
        for token in old {
            let end = &token[token.len() - 8..];
            let is_lost = lost.iter().any(|lost| lost == end);
            let steps: Vec<_> = log.lines().filter(|line| line.contains(end)).collect();
            assert!(replaced.contains(&end) != is_lost, "{end}: {steps:?}");
            assert!(!desk.ghes.is_live(token));
        }
        // At most one a kill.
        assert!(lost.len() <= 6, "{lost:?}");
    }
}

#[test]
fn a_lost_response_is_found_out() {
    let desk = Desk::new();
    let old = desk.tokens(3);
    desk.write("old", &old.join("\n"));
    let reset = || desk.ghes.on(Operation::ResetToken);
    reset().next(1).close_after_handling();
    reset().next(1).respond(CannedResponse::new(422));
    let run = desk.run(&["rotate", "old", "--out", "new"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    let results: Vec<_> = objects(&run.out)
        .iter()
        .map(|row| row["result"].as_str().expect("text").to_owned())
        .collect();
    assert!(results[0].starts_with("lost"), "{results:?}");
    assert!(results[1].starts_with("unchanged"), "{results:?}");
    assert_eq!(results[2], "replaced");
    let live: Vec<_> = old.iter().map(|token| desk.ghes.is_live(token)).collect();
    assert_eq!(live, [false, true, false]);
    let run = desk.run(&["rotate", "old", "--out", "new"]);
    assert!(
        run.out.contains("\"lost")
            && run.out.contains("\"replaced\"")
            && run.out.contains("\"replaced before\""),
        "{}",
        run.out
    );
}

#[test]
fn a_rate_limit_is_waited_for() {
    let desk = Desk::with(|fake| fake.rate_limit(5).rate_limit_window(Duration::from_secs(1)));
    let old = desk.tokens(5);
    desk.write("old", &old.join("\n"));
    let run = desk.run(&["rotate", "old", "--out", "new"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.err.contains("the run pauses for"), "{}", run.err);
    assert_eq!(objects(&desk.read("new")).len(), 5);
}
