//! Thousands of calls on one client: each gets its own token, none gets another's, and retries do not multiply.

use crate::figures;
use crate::many::{Manners, Many, part_of, successor, token};
use crate::permits::at_most;
use crate::secrets;
use crate::trial::{self, Problems, expect};
use ghes_oauth::{AccessToken, AppCredentials, OAuthApp, RetryPolicy, Server};
use libtest_mimic::Trial;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex};
use std::time::Duration;

mod races;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial::alone("crowd::10_000_calls_dropped_at_random", dropped_at_random),
        trial::alone("crowd::thousands_in_flight", in_flight),
        trial::alone("crowd::every_response_503", races::storm),
        trial::alone("crowd::keep_alive_close_race", races::close_race),
        trial::alone("crowd::second_response_after_each", races::two_responses),
    ]
}

/// Many calls of three kinds, most of them dropped in flight.
async fn dropped_at_random() -> Problems {
    let mut problems = Vec::new();
    const CALLS: usize = 10_000;
    const LONGEST: Duration = Duration::from_millis(6);
    let server = Many::start(Manners {
        pause: LONGEST,
        ..Manners::default()
    })
    .await;
    let app = app(&server, RetryPolicy::default());
    let tasks_before = tokio::runtime::Handle::current()
        .metrics()
        .num_alive_tasks();
    let delivered: Arc<Mutex<HashMap<usize, String>>> = Arc::default();
    let calls = (0..CALLS).map(|number| {
        let (app, delivered) = (app.clone(), delivered.clone());
        async move {
            let limit = part_of(LONGEST, number as u64 * 31 + 5);
            tokio::time::timeout(limit, one_of_three(&app, number, &delivered))
                .await
                .unwrap_or(true)
        }
    });
    let right = at_most(64, calls).await;
    figures::add(|figures| figures.dropped = CALLS);
    let wrong = right.iter().filter(|right| !**right).count();
    problems.extend(expect(wrong == 0, || {
        format!("{wrong} of the calls that were not dropped got something else than their own")
    }));
    // Every reset that reached the server got a response, and its token must arrive although its caller has gone.
    let all_there = || {
        // Counted anew each time: a reset may still be on its way to the server after its caller was dropped.
        let resets = server.numbers("PATCH");
        let delivered = delivered.lock().unwrap();
        resets
            .iter()
            .all(|number| delivered.get(number) == Some(&successor(*number)))
            && delivered.len() == resets.len()
    };
    problems.extend(expect(eventually(all_there).await, || {
        "a reset's token was not delivered to its own receiver".to_owned()
    }));
    let resets = server.numbers("PATCH");
    problems.extend(expect(resets.len() > CALLS / 10, || {
        format!(
            "only {} resets arrived: the test tests nothing",
            resets.len()
        )
    }));
    problems.extend(sent_twice(&server));
    drop((app, server));
    let tasks = || {
        tokio::runtime::Handle::current()
            .metrics()
            .num_alive_tasks()
            <= tasks_before
    };
    problems.extend(expect(eventually(tasks).await, || {
        "tasks are left over".to_owned()
    }));
    problems
}

/// Checks, resets or deletes the token with this number; whether the response is its own.
async fn one_of_three(
    app: &OAuthApp,
    number: usize,
    delivered: &Arc<Mutex<HashMap<usize, String>>>,
) -> bool {
    let old = AccessToken::new(token(number));
    match number % 3 {
        0 => app
            .check_token(&old)
            .await
            .is_ok_and(|found| is_own(found.and_then(|found| found.token), number)),
        1 => app.delete_token(&old).await.is_ok(),
        _ => {
            let delivered = delivered.clone();
            let call = app.reset_token(&old).deliver_to(move |token| {
                delivered
                    .lock()
                    .unwrap()
                    .insert(number, token.expose_secret().to_owned());
            });
            call.await
                .is_ok_and(|made| is_own(Some(made.token), number))
        }
    }
}

pub(crate) fn is_own(token: Option<AccessToken>, number: usize) -> bool {
    token.is_some_and(|token| token.expose_secret() == successor(number))
}

/// As many simultaneous resets as the system allows, none of which gets a response before all have arrived.
async fn in_flight() -> Problems {
    let mut problems = Vec::new();
    let calls = open_files().map_or(300, |files| (files.saturating_sub(300) / 3).clamp(20, 4000));
    let server = Many::start(Manners {
        waits_for: calls,
        ..Manners::default()
    })
    .await;
    let app = app(&server, RetryPolicy::none());
    let outcomes = at_most(
        calls,
        (0..calls).map(|number| {
            let app = app.clone();
            async move {
                app.reset_token(&AccessToken::new(token(number)))
                    .await
                    .map(|made| is_own(Some(made.token), number))
            }
        }),
    )
    .await;
    figures::add(|figures| figures.in_flight = calls);
    let arrived = server.requests();
    let others = outcomes
        .iter()
        .filter(|outcome| !matches!(outcome, Ok(true)));
    let others: BTreeSet<String> = others.map(|outcome| format!("{outcome:?}")).collect();
    problems.extend(others.iter().take(5).map(|other| {
        format!("{calls} calls in flight, {arrived} arrived, not all got their token: {other}")
    }));
    problems.extend(sent_twice(&server));
    problems
}

/// How many files the process may open; each call takes a socket on both sides.
fn open_files() -> Option<usize> {
    let limits = std::fs::read_to_string("/proc/self/limits").ok()?;
    limits
        .lines()
        .find(|line| line.starts_with("Max open files"))?
        .split_whitespace()
        .nth(3)?
        .parse()
        .ok()
}

fn app(server: &Many, retry: RetryPolicy) -> OAuthApp {
    // A busy machine needs time for thousands of connections, and calls that wait for each other all fail if one does.
    const LONGEST: Duration = Duration::from_secs(300);
    let builder = Server::builder(format!("http://{}", server.address))
        .retry(retry)
        .timeout(LONGEST)
        .connect_timeout(LONGEST);
    builder
        .build()
        .unwrap()
        .oauth_app(AppCredentials::new(secrets::CLIENT_ID, secrets::CLIENT_SECRET).unwrap())
}

/// Whether a condition becomes true within a generous time.
async fn eventually(condition: impl Fn() -> bool) -> bool {
    for _ in 0..24_000 {
        if condition() {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    false
}

/// A reset that arrived twice.
fn sent_twice(server: &Many) -> Option<String> {
    let most = server.most_of_one("PATCH");
    expect(most <= 1, || format!("a reset arrived {most} times"))
}
