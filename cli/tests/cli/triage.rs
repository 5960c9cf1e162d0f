//! Triage: verdicts, reports and exit codes.

use crate::command::{CLIENT_ID, Desk, SECRET};
use crate::rows::{NOT_LIVE, counts, rows, unknown, verdicts};
#[cfg(unix)]
use crate::terminal;
use ghes_oauth_fake::{CannedResponse, Operation};
use std::process::Stdio;
use std::time::Duration;

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
            .contains("6 tokens found, 5 distinct, 3 of a kind that the app can own"),
        "{}",
        run.err
    );
    // Two of the preflight, one for the rate limit, one for each token that can belong to the app.
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
fn an_error_that_concerns_all_stops_the_run_before_any_token_is_judged() {
    let desk = Desk::new();
    desk.write("leaked.txt", &desk.tokens(1).join("\n"));
    desk.write("wrong", "another-secret");
    let run = desk.run(&["triage", "leaked.txt", "--client-secret-file", "wrong"]);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
    assert!(
        run.err
            .contains("check the credentials, and that they are of this server"),
        "{}",
        run.err
    );
    assert!(run.err.contains("request id"), "{}", run.err);
    assert_eq!(run.err.lines().count(), 1, "{}", run.err);
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
    while !err.contains("requests, about") {
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

#[cfg(unix)]
#[test]
fn on_a_terminal_there_is_a_bar_a_table_and_a_prompt_without_echo() {
    let desk = Desk::new();
    let tokens = desk.tokens(2);
    desk.write("leaked.txt", &tokens.join("\n"));
    let mut command = desk.bare(&["triage", "leaked.txt"]);
    command
        .env("GHES_OAUTH_SERVER", desk.ghes.url())
        .env("GHES_OAUTH_CLIENT_ID", CLIENT_ID);
    let run = terminal::run(&command, &[("client secret:", SECRET)]);
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
fn a_rate_limit_pauses_all_requests_and_costs_no_verdict() {
    let desk = Desk::with(|fake| {
        fake.rate_limit(23)
            .rate_limit_window(Duration::from_secs(2))
    });
    desk.write("leaked.txt", &unknown(50).join("\n"));
    let run = desk.run(&["triage", "leaked.txt"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(verdicts(&run.out), counts(&[(NOT_LIVE, 50)]));
    assert!(run.err.contains("the run pauses for"), "{}", run.err);
    // The run stops at the last request that is allowed, so few are refused.
    assert!(
        desk.ghes.requests() <= 53 + 3 * 8,
        "{}",
        desk.ghes.requests()
    );
}

#[cfg(unix)]
#[test]
fn on_a_terminal_a_rate_limit_is_counted_down() {
    let desk = Desk::with(|fake| {
        fake.rate_limit(15)
            .rate_limit_window(Duration::from_secs(3))
    });
    desk.write("leaked.txt", &unknown(20).join("\n"));
    let run = terminal::run_with_width(&desk.command(&["triage", "leaked.txt"]), 40, &[]);
    assert_eq!(run.code, Some(0), "{}", run.out);
    assert!(run.out.contains("/20: rate limit, res"), "{}", run.out);
    let bars = run.out.split(['\r', '\n', '\u{1b}']);
    let bars: Vec<_> = bars
        .map(|text| text.trim_start_matches("[2K").trim_end())
        .filter(|text| text.contains("/20"))
        .collect();
    assert!(!bars.is_empty(), "{}", run.out);
    // A bar that is wider than the terminal would leave a line at each step.
    for bar in bars {
        assert!(bar.chars().count() <= 40, "{bar:?}");
    }
    let has_color = run.out.split('\u{1b}').any(|text| {
        text.trim_start_matches(|c: char| c == '[' || c == ';' || c.is_ascii_digit())
            .starts_with('m')
    });
    assert!(!has_color, "{:?}", run.out);
}

#[test]
fn a_server_that_goes_down_stops_the_run_and_what_failed_is_tried_again() {
    let desk = Desk::new();
    desk.write("leaked.txt", &unknown(500).join("\n"));
    desk.ghes
        .on_every()
        .skip(40)
        .respond(CannedResponse::new(500));
    let arguments = ["triage", "leaked.txt", "--journal", "j", "--resume"];
    let run = desk.run(&arguments);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(run.err.contains("--resume --journal j"), "{}", run.err);
    let failed = rows(&run.out)
        .iter()
        .filter(|row| {
            row["verdict"]
                .as_str()
                .is_some_and(|verdict| verdict.starts_with("failed:"))
        })
        .count();
    assert!((20..100).contains(&failed), "{failed}");
    desk.ghes.clear_faults();
    let run = desk.run(&arguments);
    assert_eq!(
        (run.code, verdicts(&run.out)),
        (Some(0), counts(&[(NOT_LIVE, 500)]))
    );
}

#[test]
fn a_live_token_that_is_not_revoked_keeps_its_owner_and_scopes() {
    let desk = Desk::new();
    desk.write("leaked.txt", &desk.tokens(1)[0]);
    desk.ghes
        .on(Operation::DeleteToken)
        .respond(CannedResponse::new(500));
    let run = desk.run(&["triage", "leaked.txt", "--revoke", "--yes"]);
    let row = &rows(&run.out)[0];
    let verdict = row["verdict"].as_str().expect("a verdict");
    assert!(verdict.starts_with("failed:"), "{row}");
    assert_eq!(
        (&row["login"], &row["scopes"]),
        (&"octocat".into(), &"repo user".into())
    );
}

#[cfg(unix)]
#[test]
fn a_token_is_typed_without_echo() {
    let desk = Desk::new();
    let token = desk.tokens(1).remove(0);
    let run = terminal::run(&desk.command(&["revoke"]), &[("Token:", &token)]);
    assert_eq!(run.code, Some(0), "{}", run.out);
    assert!(
        run.out.contains("Token:") && run.out.contains("revoked now"),
        "{}",
        run.out
    );
    assert!(!run.out.contains(&token), "{}", run.out);
}
