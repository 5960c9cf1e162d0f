//! A token in a truncated body, and an upgrade in the middle of a run.

use crate::fake_readme::{LONG, SHORT, reset};
use crate::{CLIENT_ID, LOGIN, app_credentials, ghes, live_token, run};
use ghes_oauth::{Outcome, Server};
use ghes_oauth_fake::Operation;

#[test]
fn the_token_in_a_truncated_body_is_recovered() {
    run(async {
        let ghes = ghes().start().unwrap();
        // The user comes last, and is the longest part of the body.
        let (error, _) = reset(&ghes, LONG, |rule| rule.truncate_body(900)).await;
        let token = error.recovered_token().unwrap();
        assert!(ghes.is_live(token.expose_secret()), "{error}");
        assert_eq!(error.outcome(), Outcome::Performed);
        let (error, _) = reset(&ghes, SHORT, |rule| rule.stall_body(900)).await;
        assert!(ghes.is_live(error.recovered_token().unwrap().expose_secret()));
    });
}

#[test]
fn an_upgrade_in_the_middle_of_a_run_is_noticed() {
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
