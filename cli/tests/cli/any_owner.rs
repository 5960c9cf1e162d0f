//! The rest of a leak: tokens of any owner are reported to GitHub.

use crate::command::{Desk, Run, finish};
use crate::rows::{counts, unknown, verdicts};
#[cfg(unix)]
use crate::terminal;
use ghes_oauth_fake::{CannedResponse, Operation};
use std::process::Command;

/// The fake is github.com, which its address does not show.
fn command(desk: &Desk, arguments: &[&str]) -> Command {
    let mut command = desk.command(arguments);
    command.env("GHES_OAUTH_AS_GITHUB", "1");
    command
}

fn run(desk: &Desk, arguments: &[&str]) -> Run {
    finish(command(desk, arguments).output())
}

fn leak(desk: &Desk, others: usize) {
    let mut tokens = unknown(others);
    tokens.extend(desk.tokens(2));
    tokens.push("ghp_16C7e42F292c6912E7710c838347Ae178B4a".to_owned());
    tokens.push("ghs_16C7e42F292c6912E7710c838347Ae178B4a".to_owned());
    tokens.push("hunter2".to_owned());
    desk.write("leaked.txt", &tokens.join("\n"));
}

#[test]
fn tokens_that_are_not_the_apps_are_submitted_in_batches() {
    let desk = Desk::with(ghes_oauth_fake::Builder::github_com);
    leak(&desk, 1200);
    let run = run(
        &desk,
        &["triage", "leaked.txt", "--revoke", "--any-owner", "--yes"],
    );
    assert_eq!(run.code, Some(0), "{}", run.err);
    let expected = [
        ("submitted", 1201),
        ("revoked now", 2),
        ("skipped: ghs", 1),
        ("skipped: not a token", 1),
    ];
    assert_eq!(verdicts(&run.out), counts(&expected));
    assert_eq!(desk.ghes.times(Operation::RevokeCredentials), 2);
}

#[test]
fn a_report_that_github_refuses_costs_no_revocation() {
    let desk = Desk::with(ghes_oauth_fake::Builder::github_com);
    leak(&desk, 1200);
    desk.ghes
        .on(Operation::RevokeCredentials)
        .respond(CannedResponse::new(403));
    let run = run(
        &desk,
        &["triage", "leaked.txt", "--revoke", "--any-owner", "--yes"],
    );
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert_eq!(verdicts(&run.out)["revoked now"], 2);
    let verdicts = verdicts(&run.out);
    let failed = verdicts
        .iter()
        .find(|(verdict, _)| verdict.starts_with("failed"));
    // One report of a thousand tokens, and no other.
    assert_eq!(failed.map(|(_, count)| *count), Some(1000), "{verdicts:?}");
    assert_eq!(run.err.matches("error: ").count(), 1, "{}", run.err);
}

/// GitHub accepts sixty reports an hour.
#[test]
fn a_rate_limit_of_reports_holds_up_no_revocation() {
    let desk = Desk::with(ghes_oauth_fake::Builder::github_com);
    leak(&desk, 1200);
    let limited = CannedResponse::new(429).header("retry-after", "2");
    desk.ghes
        .on(Operation::RevokeCredentials)
        .next(1)
        .respond(limited);
    let run = run(
        &desk,
        &["triage", "leaked.txt", "--revoke", "--any-owner", "--yes"],
    );
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.err.contains("no further report for"), "{}", run.err);
    assert!(!run.err.contains("the run pauses"), "{}", run.err);
    let verdicts = verdicts(&run.out);
    assert_eq!((verdicts["submitted"], verdicts["revoked now"]), (1201, 2));
}

#[test]
fn without_consent_nothing_is_sent() {
    let desk = Desk::with(ghes_oauth_fake::Builder::github_com);
    leak(&desk, 3);
    let refused = run(&desk, &["triage", "leaked.txt", "--revoke", "--any-owner"]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.err.contains("--yes"), "{}", refused.err);
    assert_eq!(desk.ghes.times(Operation::RevokeCredentials), 0);
    let refused = run(&desk, &["triage", "leaked.txt", "--any-owner"]);
    assert!(refused.err.contains("--revoke"), "{}", refused.err);
}

#[cfg(unix)]
#[test]
fn the_question_warns_that_acceptance_is_not_revocation() {
    let desk = Desk::with(ghes_oauth_fake::Builder::github_com);
    leak(&desk, 3);
    let command = command(&desk, &["triage", "leaked.txt", "--revoke", "--any-owner"]);
    let run = terminal::run(&command, &[("[y/N]", "y")]);
    assert_eq!(run.code, Some(0), "{}", run.out);
    assert!(run.out.contains("a promise and not a proof"), "{}", run.out);
    assert_eq!(run.out.matches(" submitted ").count(), 4, "{}", run.out);
}

#[test]
fn a_journal_without_reports_is_continued_with_them() {
    let desk = Desk::with(ghes_oauth_fake::Builder::github_com);
    leak(&desk, 3);
    let arguments = [
        "triage",
        "leaked.txt",
        "--revoke",
        "--journal",
        "j",
        "--resume",
    ];
    assert_eq!(run(&desk, &arguments).code, Some(0));
    let mut with_reports = arguments.to_vec();
    with_reports.extend(["--any-owner", "--yes"]);
    let run = run(&desk, &with_reports);
    assert_eq!(verdicts(&run.out)["submitted"], 4, "{}", run.err);
    assert_eq!(verdicts(&run.out)["revoked now"], 2);
}
