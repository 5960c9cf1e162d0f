//! Crowds at a server that is down, that closes its connections, or that responds twice.

use super::{app, is_own, one_of_three, sent_twice};
use crate::figures;
use crate::many::{Manners, Many, random, token};
use crate::permits::at_most;
use crate::trial::{Problems, expect};
use ghes_oauth::{AccessToken, ErrorKind, OAuthApp, Outcome, RetryPolicy};
use std::sync::Arc;
use std::time::Duration;

/// Every response is a 503: the retries of all calls together stay within the budget.
pub(super) async fn storm() -> Problems {
    let mut problems = Vec::new();
    const CALLS: usize = 2000;
    /// How many retries a new client may make; see `RetryPolicy`.
    const BUDGET: usize = 50;
    let server = Many::start(Manners {
        is_down: true,
        ..Manners::default()
    })
    .await;
    let app = app(
        &server,
        RetryPolicy::default().backoff(Duration::from_millis(1), Duration::from_millis(2)),
    );
    let failed = at_most(
        50,
        (0..CALLS).map(|number| {
            let app = app.clone();
            async move {
                app.check_token(&AccessToken::new(token(number)))
                    .await
                    .is_err_and(|error| error.kind() == ErrorKind::Server)
            }
        }),
    )
    .await;
    let storm = (server.requests(), CALLS);
    figures::add(|figures| figures.storm = storm);
    problems.extend(expect(failed.iter().all(|failed| *failed), || {
        "a 503 is reported as something else".to_owned()
    }));
    problems.extend(expect(
        (CALLS..=CALLS + BUDGET).contains(&server.requests()),
        || format!("{} requests of {CALLS} calls", server.requests()),
    ));
    problems
}

/// The server closes one connection in sixteen just when the client is about to reuse it.
///
/// It does not announce it: a header `Connection: close` would prevent the race.
pub(super) async fn close_race() -> Problems {
    let mut problems = Vec::new();
    const CALLS: usize = 5000;
    let server = Many::start(Manners {
        closes: Some((16, Duration::from_micros(300))),
        ..Manners::default()
    })
    .await;
    let app = app(
        &server,
        RetryPolicy::default().backoff(Duration::from_millis(10), Duration::from_millis(20)),
    );
    let delivered = Arc::default();
    let right = at_most(
        8,
        (0..CALLS).map(|number| {
            let (app, delivered) = (app.clone(), Arc::clone(&delivered));
            async move {
                let reset = number % 3 == 2;
                if reset {
                    reset_in_race(&app, number).await
                } else {
                    one_of_three(&app, number, &delivered).await
                }
            }
        }),
    )
    .await;
    figures::add(|figures| figures.raced = CALLS);
    let wrong = right.iter().filter(|right| !**right).count();
    problems.extend(expect(wrong == 0, || {
        format!("{wrong} of {CALLS} calls failed in the race with closing connections")
    }));
    problems.extend(sent_twice(&server));
    problems
}

/// A reset may meet a closed connection; then it fails with that error, and is not retried.
async fn reset_in_race(app: &OAuthApp, number: usize) -> bool {
    let outcome = app.reset_token(&AccessToken::new(token(number))).await;
    match outcome {
        Ok(made) => is_own(Some(made.token), number),
        Err(error) => error.outcome() == Outcome::Unknown && !error.is_retryable(),
    }
}

/// A second response after the first belongs to no request: the next call on the connection must not take it for its own.
pub(super) async fn two_responses() -> Problems {
    let mut problems = Vec::new();
    let server = Many::start(Manners {
        responds_twice: true,
        ..Manners::default()
    })
    .await;
    let app = app(&server, RetryPolicy::default());
    let mut wrong = 0;
    for number in 0..500 {
        let old = AccessToken::new(token(number));
        let found = if random(number as u64).is_multiple_of(2) {
            app.check_token(&old)
                .await
                .map(|found| found.and_then(|found| found.token))
        } else {
            app.reset_token(&old).await.map(|made| Some(made.token))
        };
        // The server breaks the protocol, so the call need not succeed.
        wrong += usize::from(found.is_ok_and(|found| !is_own(found, number)));
    }
    problems.extend(expect(wrong == 0, || {
        format!("{wrong} calls took a response that was not theirs")
    }));
    problems
}
