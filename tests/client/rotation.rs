//! Rotations: the result if the response is lost, and when it is known.

use crate::{app_credentials, ghes, live_token, run};
use ghes_oauth::{AccessToken, Error, ErrorKind, OAuthApp, Outcome, RetryPolicy, Rotation, Server};
use ghes_oauth_fake::{CannedResponse, FakeGhes, Operation};
use std::time::Duration;

/// How long the fake may take to perform a reset whose response is lost.
const SERVER_LIMIT: Duration = Duration::from_millis(100);

fn app(ghes: &FakeGhes) -> OAuthApp {
    let retry = RetryPolicy::default().wait_for_rate_limits(Duration::from_secs(5));
    let server = Server::builder(ghes.url())
        .retry(retry)
        .timeout(Duration::from_secs(30));
    server.build().unwrap().oauth_app(app_credentials())
}

async fn rotate(app: &OAuthApp, old: &AccessToken) -> Result<Rotation, Error> {
    app.rotate_token(old).server_limit(SERVER_LIMIT).await
}

#[test]
fn a_rotation_returns_the_new_token() {
    run(async {
        let ghes = ghes().start().unwrap();
        let old = live_token(&ghes);
        match rotate(&app(&ghes), &old).await.unwrap() {
            Rotation::Rotated(issued) => assert!(ghes.is_live(issued.token.expose_secret())),
            other => panic!("{other:?}"),
        }
        let error = rotate(&app(&ghes), &old).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome()),
            (ErrorKind::NotFound, Outcome::NotPerformed)
        );
    });
}

#[test]
fn a_lost_response_leaves_the_old_token_gone_or_unchanged() {
    run(async {
        let ghes = ghes().start().unwrap();
        let app = app(&ghes);
        let old = live_token(&ghes);
        ghes.on(Operation::ResetToken)
            .next(1)
            .close_after_handling();
        assert_eq!(rotate(&app, &old).await.unwrap(), Rotation::OldTokenGone);
        let old = live_token(&ghes);
        ghes.on(Operation::ResetToken)
            .next(1)
            .respond(CannedResponse::new(502));
        assert!(matches!(
            rotate(&app, &old).await.unwrap(),
            Rotation::Unchanged(_)
        ));
        assert!(ghes.is_live(old.expose_secret()));
        // The token in the part of the response that arrived is not lost.
        let old = live_token(&ghes);
        ghes.on(Operation::ResetToken).next(1).truncate_body(600);
        match rotate(&app, &old).await {
            Ok(Rotation::Rotated(issued)) => assert!(ghes.is_live(issued.token.expose_secret())),
            other => assert_eq!(other.unwrap(), Rotation::OldTokenGone),
        }
    });
}

#[test]
fn a_server_that_is_still_at_work_is_waited_for_before_unchanged_is_reported() {
    run(async {
        let ghes = ghes().start().unwrap();
        let old = live_token(&ghes);
        // The connection is lost, and the server performs the reset a moment later.
        ghes.on(Operation::ResetToken)
            .next(1)
            .respond(CannedResponse::new(502));
        let app = app(&ghes);
        let rotation = tokio::spawn(
            app.rotate_token(&old)
                // Enough time to revoke the token between the two checks.
                .server_limit(Duration::from_secs(5))
                .into_future(),
        );
        while ghes.times(Operation::CheckToken) == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        ghes.revoke_token(old.expose_secret());
        assert_eq!(rotation.await.unwrap().unwrap(), Rotation::OldTokenGone);
        // The second check, which fails, counts only as a request.
        assert_eq!((ghes.requests(), ghes.times(Operation::CheckToken)), (3, 1));
    });
}

#[test]
fn a_rate_limited_reset_is_waited_for_and_a_failed_check_leaves_the_outcome_unknown() {
    run(async {
        let ghes = ghes().start().unwrap();
        let old = live_token(&ghes);
        ghes.on(Operation::ResetToken)
            .next(1)
            .secondary_rate_limit(Duration::from_millis(100));
        assert!(matches!(
            rotate(&app(&ghes), &old).await.unwrap(),
            Rotation::Rotated(_)
        ));
        let old = live_token(&ghes);
        ghes.on(Operation::ResetToken)
            .next(1)
            .close_after_handling();
        ghes.on(Operation::CheckToken)
            .respond(CannedResponse::new(500));
        let error = rotate(&app(&ghes), &old).await.unwrap_err();
        assert_eq!(error.outcome(), Outcome::Unknown);
    });
}
