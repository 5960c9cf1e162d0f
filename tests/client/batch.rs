//! Batches: which tokens are sent, which are not, and the reports.

use crate::{app, app_credentials, ghes, live_token, run};
use futures_core::Stream;
use ghes_oauth::{AccessToken, Batch, Check, ErrorKind, OAuthApp, Revocation, Server, TokenKind};
use ghes_oauth_fake::{CannedResponse, FakeGhes, Operation};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

/// All results, by index.
macro_rules! all {
    ($batch:expr) => {{
        let mut batch: Batch<_, _> = $batch;
        let mut results = BTreeMap::new();
        while let Some((index, result)) = batch.next().await {
            assert!(
                results.insert(index, result).is_none(),
                "{index} came twice"
            );
        }
        results
    }};
}

mod pauses;

/// A client that retries, as by default.
fn retrying(ghes: &FakeGhes) -> OAuthApp {
    let server = Server::new(ghes.url()).unwrap();
    server.oauth_app(app_credentials())
}

fn tokens(texts: &[&str]) -> Vec<AccessToken> {
    texts.iter().copied().map(AccessToken::new).collect()
}

#[test]
fn a_dropped_next_loses_no_result() {
    run(async {
        let ghes = ghes().start().unwrap();
        let live: Vec<AccessToken> = (0..5).map(|_| live_token(&ghes)).collect();
        ghes.on_every().delay(Duration::from_millis(30));
        let mut batch = app(&ghes).delete_tokens(live).concurrency(2);
        let mut revoked = 0;
        loop {
            match tokio::time::timeout(Duration::from_millis(5), batch.next()).await {
                Ok(Some((_, result))) => {
                    revoked += usize::from(matches!(result, Ok(Revocation::Revoked)))
                }
                Ok(None) => break,
                Err(_) => {}
            }
        }
        assert_eq!((revoked, ghes.requests()), (5, 5));
    });
}

#[test]
fn each_token_gets_its_own_verdict_and_is_sent_only_where_it_can_be_an_apps() {
    run(async {
        let ghes = ghes().start().unwrap();
        let live: Vec<AccessToken> = (0..20).map(|_| live_token(&ghes)).collect();
        let mut leaked = live.clone();
        leaked.extend(tokens(&[
            "gho_never",
            "..",
            "ghp_a",
            "github_pat_b",
            "ghs_c",
            "ghr_d",
            "unknown-kind",
        ]));
        leaked.push(live[0].clone());
        let before = ghes.requests();
        let checks = all!(app(&ghes).check_tokens(leaked.clone()).concurrency(4));
        assert_eq!((checks.len(), ghes.requests() - before), (28, 22));
        let results = all!(app(&ghes).delete_tokens(leaked).concurrency(4));
        assert_eq!(
            (results.len(), ghes.times(Operation::DeleteToken)),
            (28, 20)
        );
        let of = |index: usize| results[&index].as_ref().unwrap();
        for index in 0..20 {
            assert_eq!(*of(index), Revocation::Revoked);
            assert!(matches!(checks[&index], Ok(Check::Live(_))));
        }
        assert_eq!(*of(20), Revocation::NotLive);
        assert!(matches!(checks[&20], Ok(Check::NotLive)));
        assert_eq!(
            results[&21].as_ref().unwrap_err().kind(),
            ErrorKind::InvalidInput
        );
        let kinds = [
            TokenKind::Classic,
            TokenKind::FineGrained,
            TokenKind::ServerToServer,
            TokenKind::Refresh,
        ];
        for (index, kind) in (22..).zip(kinds) {
            assert_eq!(*of(index), Revocation::Skipped(kind));
            assert_eq!(*checks[&index].as_ref().unwrap(), Check::Skipped(kind));
        }
        assert_eq!(*of(26), Revocation::NotLive);
        assert_eq!(*of(27), Revocation::Duplicate);
        assert!(
            live.iter()
                .all(|token| !ghes.is_live(token.expose_secret()))
        );
    });
}

#[test]
fn without_deduplication_each_token_is_sent_as_often_as_it_comes() {
    run(async {
        let ghes = ghes().start().unwrap();
        let leaked = tokens(&["gho_twice", "gho_twice"]);
        let results = all!(app(&ghes).check_tokens(leaked).without_deduplication());
        assert_eq!((results.len(), ghes.requests()), (2, 2));
    });
}

#[test]
fn tokens_are_taken_from_their_iterator_as_they_are_needed() {
    run(async {
        let ghes = ghes().start().unwrap();
        let taken = Cell::new(0);
        let endless = (0..).map(|number: u64| {
            taken.set(taken.get() + 1);
            AccessToken::new(format!("gho_{number}"))
        });
        let app = app(&ghes);
        let mut batch = app.check_tokens(endless).concurrency(4);
        for _ in 0..20 {
            batch.next().await.unwrap().1.unwrap();
        }
        assert!(taken.get() <= 24, "{}", taken.get());
    });
}

#[test]
fn a_retried_delete_that_finds_nothing_is_not_reported_as_revoked() {
    run(async {
        let ghes = ghes().start().unwrap();
        let token = live_token(&ghes);
        ghes.on(Operation::DeleteToken)
            .next(1)
            .close_after_handling();
        let (_, result) = retrying(&ghes).delete_tokens([token]).next().await.unwrap();
        assert_eq!(result.unwrap(), Revocation::NotLiveAfterRetry);
    });
}

/// The batch makes a new call after a rate limit. It still knows that a response was lost before.
#[test]
fn a_delete_after_a_rate_limit_counts_as_retried() {
    run(async {
        let ghes = ghes().start().unwrap();
        let token = live_token(&ghes);
        ghes.on(Operation::DeleteToken)
            .next(1)
            .close_after_handling();
        ghes.on(Operation::DeleteToken)
            .next(1)
            .secondary_rate_limit(Duration::from_millis(50));
        let (_, result) = retrying(&ghes).delete_tokens([token]).next().await.unwrap();
        assert_eq!(
            (result.unwrap(), ghes.requests()),
            (Revocation::NotLiveAfterRetry, 3)
        );
    });
}

#[test]
fn a_result_comes_with_the_id_of_its_request() {
    run(async {
        let ghes = ghes().start().unwrap();
        let live = live_token(&ghes);
        let leaked = [
            live.clone(),
            AccessToken::new("gho_never"),
            AccessToken::new("ghp_a"),
        ];
        let mut checks = app(&ghes).check_tokens(leaked.clone()).concurrency(1);
        let mut ids = Vec::new();
        while let Some((index, result)) = checks.next_with_metadata().await {
            let metadata = result.unwrap().1;
            assert_eq!(metadata.is_some(), index < 2);
            ids.extend(metadata.and_then(|metadata| metadata.request_id().map(str::to_owned)));
        }
        let mut revocations = app(&ghes).delete_tokens(leaked).concurrency(1);
        while let Some((_, result)) = revocations.next_with_metadata().await {
            let metadata = result.unwrap().1;
            ids.extend(metadata.and_then(|metadata| metadata.request_id().map(str::to_owned)));
        }
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 4, "{ids:?}");
    });
}

#[test]
fn live_tokens_are_revoked_as_soon_as_they_are_checked_where_that_is_asked_for() {
    run(async {
        let ghes = ghes().start().unwrap();
        let live = live_token(&ghes);
        let leaked = vec![live.clone(), AccessToken::new("gho_never"), live.clone()];
        let results = all!(app(&ghes).check_tokens(leaked).revoke_live());
        match &results[&0] {
            Ok(Check::Revoked(found)) => {
                assert_eq!(found.scopes.as_deref(), Some(&["repo".to_owned()][..]))
            }
            other => panic!("{other:?}"),
        }
        assert!(matches!(results[&1], Ok(Check::NotLive)));
        assert!(matches!(results[&2], Ok(Check::Duplicate)));
        assert!(!ghes.is_live(live.expose_secret()));
        assert_eq!(ghes.times(Operation::DeleteToken), 1);
    });
}

/// What a channel receives.
struct Received(tokio::sync::mpsc::Receiver<AccessToken>);

impl Stream for Received {
    type Item = AccessToken;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<AccessToken>> {
        self.0.poll_recv(context)
    }
}

#[test]
fn tokens_may_come_from_a_stream_that_waits_for_them() {
    run(async {
        let ghes = ghes().start().unwrap();
        let (sender, receiver) = tokio::sync::mpsc::channel(1);
        let mut batch = app(&ghes).delete_tokens_from(Received(receiver));
        for index in 0..3 {
            sender.send(live_token(&ghes)).await.unwrap();
            assert!(
                matches!(batch.next().await, Some((known, Ok(Revocation::Revoked))) if known == index)
            );
        }
        drop(sender);
        assert!(batch.next().await.is_none());
    });
}

#[test]
fn a_live_token_that_is_not_revoked_is_reported_with_what_it_may_do() {
    run(async {
        let ghes = ghes().start().unwrap();
        let live = live_token(&ghes);
        ghes.on(Operation::DeleteToken)
            .respond(CannedResponse::new(500));
        let results = all!(app(&ghes).check_tokens([live.clone()]).revoke_live());
        let error = results[&0].as_ref().unwrap_err();
        let found = error.live_authorization().unwrap();
        assert_eq!(found.scopes.as_deref(), Some(&["repo".to_owned()][..]));
        assert!(found.user.is_some() && ghes.is_live(live.expose_secret()));
        // If the check fails, nothing is known about the token.
        ghes.on(Operation::CheckToken)
            .respond(CannedResponse::new(500));
        let results = all!(app(&ghes).check_tokens([live]).revoke_live());
        assert!(
            results[&0]
                .as_ref()
                .is_err_and(|error| error.live_authorization().is_none())
        );
    });
}
