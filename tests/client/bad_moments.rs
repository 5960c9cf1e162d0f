//! Each arm of the client's errors, by one line of the fake.

use crate::{CLIENT_ID, LOGIN, app_credentials, ghes, live_token, run};
use ghes_oauth::{Error, ErrorKind, Outcome, RetryPolicy, Server};
use ghes_oauth_fake::{CannedResponse, FakeGhes, Operation, Rule};
use std::time::Duration;

/// Resets a live token while the rule is in force, and returns the error and whether the old token is live after it.
async fn reset(ghes: &FakeGhes, rule: impl FnOnce(Rule<'_>)) -> (Error, bool) {
    let token = live_token(ghes);
    let server = Server::builder(ghes.url())
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    rule(ghes.on(Operation::ResetToken).next(1));
    let error = server
        .oauth_app(app_credentials())
        .reset_token(&token)
        .timeout(Duration::from_millis(1_500))
        .await
        .unwrap_err();
    (error, ghes.is_live(token.expose_secret()))
}

#[test]
fn a_reset_fails_in_every_way_and_its_outcome_is_known_or_not() {
    type Case = (fn(Rule<'_>), ErrorKind, Outcome, bool);
    let cases: [Case; 9] = [
        (
            |rule| rule.close_before_handling(),
            ErrorKind::Connection,
            Outcome::Unknown,
            true,
        ),
        (
            |rule| rule.close_after_handling(),
            ErrorKind::Connection,
            Outcome::Unknown,
            false,
        ),
        (
            |rule| rule.respond(CannedResponse::new(502)),
            ErrorKind::Server,
            Outcome::Unknown,
            true,
        ),
        (
            |rule| rule.respond_after_handling(CannedResponse::new(502)),
            ErrorKind::Server,
            Outcome::Unknown,
            false,
        ),
        (
            |rule| rule.delay(Duration::from_secs(20)),
            ErrorKind::Timeout,
            Outcome::Unknown,
            true,
        ),
        (
            |rule| rule.truncate_body(20),
            ErrorKind::Connection,
            Outcome::Unknown,
            false,
        ),
        (
            |rule| rule.maintenance(),
            ErrorKind::Server,
            Outcome::Unknown,
            true,
        ),
        (
            |rule| rule.secondary_rate_limit(Duration::from_millis(1)),
            ErrorKind::SecondaryRateLimited,
            Outcome::NotPerformed,
            true,
        ),
        (
            |rule| rule.primary_rate_limit(Duration::from_millis(1)),
            ErrorKind::RateLimited,
            Outcome::NotPerformed,
            true,
        ),
    ];
    run(async {
        let ghes = ghes().start().unwrap();
        for (index, (rule, kind, outcome, is_live)) in cases.into_iter().enumerate() {
            let (error, was_live) = reset(&ghes, rule).await;
            assert_eq!(
                (error.kind(), error.outcome()),
                (kind, outcome),
                "case {index}: {error}"
            );
            assert_eq!(was_live, is_live, "case {index}");
            assert!(error.recovered_token().is_none(), "case {index}");
        }
    });
}

#[test]
fn a_body_that_breaks_off_after_the_token_gives_the_token() {
    run(async {
        let ghes = ghes().start().unwrap();
        // The user comes last, and is the longest part of the body.
        let (error, _) = reset(&ghes, |rule| rule.truncate_body(900)).await;
        let token = error.recovered_token().unwrap();
        assert!(ghes.is_live(token.expose_secret()), "{error}");
        assert_eq!(error.outcome(), Outcome::Performed);
        let (error, _) = reset(&ghes, |rule| rule.stall_body(900)).await;
        assert!(ghes.is_live(error.recovered_token().unwrap().expose_secret()));
    });
}

#[test]
fn an_upgrade_in_mid_run_is_noticed() {
    run(async {
        let ghes = ghes().version(3, 3).start().unwrap();
        let token = live_token(&ghes);
        let app = Server::new(ghes.url())
            .unwrap()
            .oauth_app(app_credentials());
        assert!(app.check_token(&token).await.unwrap().is_some());
        ghes.upgrade(3, 16);
        assert!(app.check_token(&token).await.unwrap().is_some());
        let version = app
            .server()
            .ghes_version()
            .map(|version| version.to_string());
        assert_eq!(version.as_deref(), Some("3.16"));
        assert_eq!(ghes.live_tokens(CLIENT_ID, LOGIN), 1);
        ghes.assert_received(&[Operation::CheckToken; 2]);
    });
}
