//! Authorizations and grants.

use crate::command::{CLIENT_ID, Desk, PASSWORD};
#[cfg(unix)]
use crate::terminal;
use ghes_oauth_fake::OtpDelivery;
use serde_json::Value;

fn ids(out: &str) -> Vec<String> {
    out.lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON")["id"].to_string())
        .collect()
}

#[test]
fn authorizations_are_listed_shown_and_deleted() {
    let desk = Desk::new();
    desk.tokens(3);
    let run = desk.run(&["authorizations", "list"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(run.err.matches("deprecated").count(), 1, "{}", run.err);
    let all = ids(&run.out);
    assert_eq!(all.len(), 3);
    let shown = desk.run(&["authorizations", "show", &all[0]]);
    assert_eq!(ids(&shown.out), all[..1]);
    assert_eq!(
        desk.run(&["authorizations", "list", "--older-than", "365d"])
            .out,
        ""
    );
    let of_app = |name: &str| ids(&desk.run(&["authorizations", "list", "--app", name]).out);
    assert_eq!(of_app(&format!("OAuth App {CLIENT_ID}")), all);
    assert!(of_app("another").is_empty());
    let refused = desk.run(&["authorizations", "delete", &all[0], &all[1]]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.err.contains("--yes"), "{}", refused.err);
    let deleted = desk.run(&["authorizations", "delete", &all[0], &all[1], "--yes"]);
    assert_eq!(deleted.code, Some(0), "{}", deleted.err);
    assert_eq!(ids(&desk.run(&["authorizations", "list"]).out), all[2..]);
    let gone = desk.run(&["authorizations", "delete", &all[0], &all[2], "--yes"]);
    assert_eq!(gone.code, Some(1), "{}", gone.err);
}

#[test]
fn grants_are_listed_and_deleted() {
    let desk = Desk::new();
    let tokens = desk.tokens(2);
    let all = ids(&desk.run(&["grants", "list", "--json"]).out);
    assert_eq!(all.len(), 1);
    assert_eq!(
        desk.run(&["grants", "delete", &all[0], "--yes"]).code,
        Some(0)
    );
    assert!(tokens.iter().all(|token| !desk.ghes.is_live(token)));
}

#[cfg(unix)]
#[test]
fn on_a_terminal_deletion_asks_and_so_does_a_server_for_an_otp() {
    let desk = Desk::with(|fake| fake.user_with_otp("hubot", PASSWORD, "123456", OtpDelivery::App));
    let mut command = desk.command(&["grants", "list"]);
    let run = terminal::run(
        command.env("GHES_OAUTH_LOGIN", "hubot"),
        &[("One-time password", "123456")],
    );
    assert_eq!(run.code, Some(0), "{}", run.out);
    assert!(
        run.out.contains("One-time password") && run.out.contains("SCOPES"),
        "{}",
        run.out
    );
    assert!(!run.out.contains("123456"), "{}", run.out);
    let tokens = desk.tokens(1);
    let id = ids(&desk.run(&["authorizations", "list"]).out).remove(0);
    let command = desk.command(&["authorizations", "delete", &id]);
    let run = terminal::run(&command, &[("[y/N]", "n")]);
    assert_eq!(run.code, Some(2), "{}", run.out);
    assert!(desk.ghes.is_live(&tokens[0]));
    let command = desk.command(&["authorizations", "delete", &id]);
    let run = terminal::run(&command, &[("[y/N]", "y")]);
    assert_eq!(run.code, Some(0), "{}", run.out);
    assert!(!desk.ghes.is_live(&tokens[0]));
}
