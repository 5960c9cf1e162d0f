//! The tables and the sample of the fake's README: the results of a reset and a rotation under each rule.

use crate::{app_credentials, ghes, live_token, run};
use ghes_oauth::{AccessToken, AppCredentials, Error, RetryPolicy, Rotation, Server};
use ghes_oauth_fake::{CannedResponse, FakeGhes, Operation, Rule};
use std::time::Duration;

const README: &str = include_str!("../../fake/README.md");

/// A line as the README shows it, and the rule that it makes.
type Line = (&'static str, fn(Rule<'_>));

macro_rules! line {
    ($rule:ident, $act:expr) => {{
        fn act($rule: Rule<'_>) {
            $act
        }
        (stringify!($act), act as fn(Rule<'_>))
    }};
}

/// Resets a live token while the rule is in force, and returns the error and whether the old token is live afterwards.
pub(crate) async fn reset(
    ghes: &FakeGhes,
    timeout: Duration,
    rule: impl FnOnce(Rule<'_>),
) -> (Error, bool) {
    let token = live_token(ghes);
    let server = Server::builder(ghes.url())
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    rule(ghes.on(Operation::ResetToken).next(1));
    let error = server
        .oauth_app(app_credentials())
        .reset_token(&token)
        .timeout(timeout)
        .await
        .unwrap_err();
    (error, ghes.is_live(token.expose_secret()))
}

/// The timeout of a call that gets a response.
pub(crate) const LONG: Duration = Duration::from_secs(60);
/// The timeout of a call that gets none; the server must perform it in that time.
pub(crate) const SHORT: Duration = Duration::from_secs(5);

/// The rules, with the kind of error, the outcome, and whether the old token is live afterwards.
#[rustfmt::skip]
const RESETS: [(Line, &str, &str, bool); 16] = [
    (line!(rule, rule.close_before_handling()), "Connection", "Unknown", true),
    (line!(rule, rule.close_after_handling()), "Connection", "Unknown", false),
    (line!(rule, rule.truncate_body(20)), "Connection", "Unknown", false),
    (line!(rule, rule.stall_body(20)), "Timeout", "Unknown", false),
    (line!(rule, rule.delay(Duration::from_secs(20))), "Timeout", "Unknown", true),
    (line!(rule, rule.respond(CannedResponse::new(502))), "Server", "Unknown", true),
    (line!(rule, rule.respond_after_handling(CannedResponse::new(502))), "Server", "Unknown", false),
    (line!(rule, rule.respond_after_handling(CannedResponse::new(200).body("<h1>"))), "Decode", "Unknown", false),
    (line!(rule, rule.maintenance()), "Server", "Unknown", true),
    (line!(rule, rule.secondary_rate_limit(Duration::from_millis(1))), "SecondaryRateLimited", "NotPerformed", true),
    (line!(rule, rule.primary_rate_limit(Duration::from_millis(1))), "RateLimited", "NotPerformed", true),
    (line!(rule, rule.respond(CannedResponse::new(403))), "Forbidden", "NotPerformed", true),
    (line!(rule, rule.respond(CannedResponse::new(404))), "NoSuchEndpoint", "NotPerformed", true),
    (line!(rule, rule.respond(CannedResponse::new(410))), "Gone", "NotPerformed", true),
    (line!(rule, rule.respond(CannedResponse::new(422))), "Validation", "NotPerformed", true),
    (line!(rule, rule.respond(CannedResponse::new(302).header("location", "https://example.com"))), "RedirectRefused", "NotPerformed", true),
];

#[test]
fn a_reset_fails_in_every_way_that_the_readme_shows() {
    let mut table = String::new();
    run(async {
        let ghes = ghes().start().unwrap();
        for ((text, rule), kind, outcome, is_live) in RESETS {
            let timeout = if kind == "Timeout" { SHORT } else { LONG };
            let (error, was_live) = reset(&ghes, timeout, rule).await;
            let found = (
                format!("{:?}", error.kind()),
                format!("{:?}", error.outcome()),
            );
            assert_eq!(
                found,
                (kind.to_owned(), outcome.to_owned()),
                "{text}: {error}"
            );
            assert_eq!(was_live, is_live, "{text}");
            assert!(error.recovered_token().is_none(), "{text}");
            // `stringify!` breaks long lines.
            let text = text.replace('\n', " ");
            let text = text.trim_start_matches("rule.");
            let live = if is_live { "live" } else { "not live" };
            table += &format!("| `{text}` | `{kind}`, `{outcome}` | {live} |\n");
        }
    });
    assert_eq!(shown("reset"), table);
}

#[rustfmt::skip]
const ROTATIONS: [(Line, &str); 5] = [
    (line!(rule, rule.delay(Duration::from_millis(1))), "Rotated"),
    (line!(rule, rule.secondary_rate_limit(Duration::from_millis(50))), "Rotated"),
    (line!(rule, rule.close_before_handling()), "Unchanged"),
    (line!(rule, rule.respond(CannedResponse::new(502))), "Unchanged"),
    (line!(rule, rule.close_after_handling()), "OldTokenGone"),
];

#[test]
fn a_rotation_ends_in_every_way_that_the_readme_shows() {
    let mut table = String::new();
    run(async {
        let ghes = ghes().start().unwrap();
        let retry = RetryPolicy::default().wait_for_rate_limits(Duration::from_secs(5));
        let server = Server::builder(ghes.url()).retry(retry).build().unwrap();
        let app = server.oauth_app(app_credentials());
        for ((text, rule), arm) in ROTATIONS {
            let old = live_token(&ghes);
            rule(ghes.on(Operation::ResetToken).next(1));
            let rotation = app.rotate_token(&old).server_limit(Duration::ZERO).await;
            let found = match rotation.unwrap() {
                Rotation::Rotated(issued) => {
                    assert!(ghes.is_live(issued.token.expose_secret()), "{text}");
                    "Rotated"
                }
                Rotation::Unchanged(_) => "Unchanged",
                Rotation::OldTokenGone => "OldTokenGone",
                other => panic!("{other:?}"),
            };
            assert_eq!(found, arm, "{text}");
            assert_eq!(
                ghes.is_live(old.expose_secret()),
                arm == "Unchanged",
                "{text}"
            );
            let text = text.trim_start_matches("rule.");
            table += &format!("| `{text}` | `{arm}` |\n");
        }
    });
    assert_eq!(shown("rotation"), table);
}

/// The rows of a table in the README.
fn shown(name: &str) -> &'static str {
    let begin = format!("<!-- {name}: held by tests/client/fake_readme.rs -->\n");
    let (_, rest) = README.split_once(&begin).unwrap();
    let (table, _) = rest.split_once(&format!("<!-- /{name} -->")).unwrap();
    let (_, rows) = table.split_once("---|\n").unwrap();
    rows
}

#[tokio::test]
async fn a_lost_reset_is_noticed() {
    let ghes = FakeGhes::builder()
        .app("id", "secret")
        .user("octocat", "password")
        .start()
        .unwrap();
    let old = AccessToken::new(ghes.issue_token("id", "octocat", &["repo"]).unwrap());
    let credentials = AppCredentials::new("id", "secret").unwrap();
    let app = Server::new(ghes.url()).unwrap().oauth_app(credentials);

    let rule = ghes.on(Operation::ResetToken).next(1);
    rule.close_after_handling();

    let rotation = app.rotate_token(&old).server_limit(Duration::ZERO);
    assert_eq!(rotation.await.unwrap(), Rotation::OldTokenGone);
}

#[test]
fn the_readme_shows_that_test() {
    let (_, rest) = README.split_once("#[tokio::test]\n").unwrap();
    let (test, _) = rest.split_once("```").unwrap();
    assert!(include_str!("fake_readme.rs").contains(test), "{test}");
}
