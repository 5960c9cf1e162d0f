//! When a batch pauses, stops and ends.

use crate::{CLIENT_ID, app, ghes, run};
use ghes_oauth::{AccessToken, AppCredentials, Batch, Check, Error, ErrorKind, Server};
use ghes_oauth_fake::{CannedResponse, Operation};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

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
        // A limit that outlasts the longest wait ends the batch.
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
fn one_refused_call_pauses_all_of_them() {
    run(async {
        let ghes = ghes().start().unwrap();
        let received = Arc::new(Mutex::new(Vec::new()));
        let times = received.clone();
        ghes.on(Operation::CheckToken).respond_with(move |_| {
            let mut times = times.lock().unwrap();
            times.push(Instant::now());
            (times.len() == 20).then(|| {
                CannedResponse::new(429)
                    .header("retry-after", "1")
                    .body(r#"{"message":"You have exceeded a secondary rate limit."}"#)
            })
        });
        let leaked = (0..300).map(|number| AccessToken::new(format!("gho_{number}")));
        let mut batch = app(&ghes).check_tokens(leaked).concurrency(8);
        let mut paused = None;
        let mut pause = None;
        let mut results = 0;
        loop {
            // As a progress bar does: during the pause there may be no result.
            let next = tokio::time::timeout(Duration::from_millis(100), batch.next()).await;
            let now = Instant::now();
            let left = batch.paused_for();
            paused = paused.max(left);
            pause = pause.or(left.map(|left| now..now + left));
            match next {
                Ok(Some((_, result))) => {
                    assert!(matches!(result, Ok(Check::NotLive)), "{result:?}");
                    results += 1;
                }
                Ok(None) => break,
                Err(_) => {}
            }
        }
        assert_eq!((results, batch.paused_for()), (300, None));
        assert!(
            paused.is_some_and(|paused| paused <= Duration::from_secs(1)),
            "{paused:?}"
        );
        let times = received.lock().unwrap();
        let pause = pause.unwrap();
        let meanwhile = times.iter().filter(|time| pause.contains(*time)).count();
        assert_eq!(times.len(), 301);
        // Those that were on their way when the pause began.
        assert!(meanwhile < 8, "{meanwhile} requests during the pause");
    });
}

#[test]
fn a_response_without_requests_left_pauses_before_one_is_refused() {
    run(async {
        let ghes = ghes().start().unwrap();
        ghes.set_rate_limit(10, Duration::from_millis(900));
        let leaked = (0..25).map(|number| AccessToken::new(format!("gho_{number}")));
        let results = all!(app(&ghes).check_tokens(leaked).concurrency(1));
        assert!(results.values().all(Result::is_ok));
        assert_eq!((results.len(), ghes.requests()), (25, 25));
    });
}

#[test]
fn a_stopped_batch_reports_what_is_in_flight_and_ends() {
    run(async {
        let ghes = ghes().start().unwrap();
        let endless = || (0..).map(|number: u64| AccessToken::new(format!("gho_{number}")));
        let app = app(&ghes);
        let mut batch = app.check_tokens(endless()).concurrency(4);
        for _ in 0..10 {
            batch.next().await.unwrap().1.unwrap();
        }
        assert!(!batch.is_stopped());
        batch.stop();
        let mut left = 0;
        while let Some((_, result)) = batch.next().await {
            result.unwrap();
            left += 1;
        }
        assert!(batch.is_stopped() && left <= 4, "{left}");
        assert_eq!(ghes.requests(), 10 + left);
        // Even while it waits for a rate limit.
        ghes.on(Operation::CheckToken)
            .next(1)
            .secondary_rate_limit(Duration::from_secs(1_000));
        let mut batch = app.check_tokens(endless()).concurrency(4);
        while batch.paused_for().is_none() {
            let next = tokio::time::timeout(Duration::from_millis(20), batch.next()).await;
            assert!(next.is_err() || next.unwrap().unwrap().1.is_ok());
        }
        batch.stop();
        let mut refused = 0;
        while let Some((_, result)) = batch.next().await {
            refused += usize::from(result.is_err_and(|error| error.is_rate_limited()));
        }
        assert_eq!(refused, 1);
    });
}

/// A token that waits for the end of a pause is not sent any more.
#[test]
fn a_batch_that_is_dropped_sends_nothing_after_its_pause() {
    run(async {
        let ghes = ghes().start().unwrap();
        let leaked = (0..).map(|number: u64| AccessToken::new(format!("gho_{number}")));
        ghes.on(Operation::CheckToken)
            .next(1)
            .secondary_rate_limit(Duration::from_millis(200));
        let mut batch = app(&ghes).check_tokens(leaked).concurrency(1);
        while batch.paused_for().is_none() {
            let _ = tokio::time::timeout(Duration::from_millis(5), batch.next()).await;
        }
        drop(batch);
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert_eq!(ghes.requests(), 1);
    });
}

/// A wait that the clock cannot add becomes one of a year.
#[test]
fn a_batch_can_wait_without_a_limit() {
    run(async {
        let ghes = ghes().start().unwrap();
        let forever = || {
            CannedResponse::new(429)
                .header("retry-after", "18446744073709551615")
                .body(r#"{"message":"You have exceeded a secondary rate limit."}"#)
        };
        ghes.on(Operation::CheckToken).respond(forever());
        let mut batch = app(&ghes)
            .check_tokens([AccessToken::new("gho_x")])
            .longest_wait(Duration::MAX);
        while batch.paused_for().is_none() {
            let _ = tokio::time::timeout(Duration::from_millis(5), batch.next()).await;
        }
        batch.stop();
        let (_, result) = batch.next().await.unwrap();
        assert!(result.unwrap_err().is_rate_limited());
    });
}
