//! Many tokens at a time: what is sent, what is not, and when a batch stops.

use crate::{CLIENT_ID, app, app_credentials, ghes, live_token, run};
use ghes_oauth::{
    AccessToken, AppCredentials, Batch, Check, Error, ErrorKind, Revocation, Server, TokenKind,
};
use ghes_oauth_fake::{CannedResponse, Operation};
use std::cell::Cell;
use std::collections::BTreeMap;
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

fn tokens(texts: &[&str]) -> Vec<AccessToken> {
    texts.iter().copied().map(AccessToken::new).collect()
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
fn a_batch_stops_at_an_error_that_concerns_every_token() {
    run(async {
        let ghes = ghes().start().unwrap();
        let leaked = || (0..300).map(|number| AccessToken::new(format!("gho_{number}")));
        let wrong = AppCredentials::new(CLIENT_ID, "wrong").unwrap();
        let results = all!(
            Server::new(ghes.url())
                .unwrap()
                .oauth_app(wrong)
                .delete_tokens(leaked())
                .concurrency(8)
        );
        assert!((1..=16).contains(&results.len()), "{}", results.len());
        let kind = |error: &Error| error.kind();
        assert!(
            results
                .values()
                .all(|result| result.as_ref().map_err(kind) == Err(ErrorKind::Unauthorized))
        );
        // An error of one token does not stop the others.
        ghes.on(Operation::CheckToken)
            .next(1)
            .respond(CannedResponse::new(500));
        let results = all!(app(&ghes).check_tokens(leaked()).concurrency(8));
        let failed = results.values().filter(|result| result.is_err()).count();
        assert_eq!((results.len(), failed), (300, 1));
    });
}

#[test]
fn a_rate_limit_pauses_the_batch_and_no_token_is_lost_to_it() {
    run(async {
        let ghes = ghes().start().unwrap();
        let leaked = || (0..100).map(|number| AccessToken::new(format!("gho_{number}")));
        ghes.on(Operation::CheckToken)
            .next(5)
            .secondary_rate_limit(Duration::from_millis(300));
        let results = all!(app(&ghes).check_tokens(leaked()).concurrency(8));
        assert!(results.len() == 100 && results.values().all(Result::is_ok));
        assert!(
            ghes.requests() <= 116,
            "all calls go on after the pause alone"
        );
        // One that outlasts the longest wait ends the batch.
        ghes.on(Operation::CheckToken)
            .secondary_rate_limit(Duration::from_secs(60));
        let impatient = app(&ghes)
            .check_tokens(leaked())
            .longest_wait(Duration::from_secs(1));
        let results = all!(impatient);
        assert!(
            results.len() <= 16
                && results
                    .values()
                    .all(|result| result.as_ref().is_err_and(Error::is_rate_limited))
        );
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
        let app = Server::new(ghes.url())
            .unwrap()
            .oauth_app(app_credentials());
        let (_, result) = app.delete_tokens([token]).next().await.unwrap();
        assert_eq!(result.unwrap(), Revocation::NotLiveAfterRetry);
    });
}
