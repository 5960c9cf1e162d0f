//! Threads that wait for calls.

use super::child_at;
use crate::many::{Manners, Many, token};
use crate::permits;
use crate::setup::Setup;
use crate::trial::{Problems, expect};
use ghes_oauth::{AccessToken, AppCredentials};
use std::net::SocketAddr;
use std::thread;
use std::time::Duration;

/// How many threads wait at one time.
const WAITING: usize = 60;

/// One thread carries the calls of any number of waiting threads.
pub(super) async fn one_for_all_that_wait() -> Problems {
    let _permit = permits::one().await;
    let server = Many::start(Manners {
        waits_for: WAITING + 1,
        ..Manners::default()
    })
    .await;
    let printed = child_at("waits", server.address, &[]).await;
    let threads = printed
        .lines()
        .find_map(|line| line.strip_prefix("threads="));
    let threads = threads.and_then(|number| number.parse().ok());
    // Without /proc the number is not known.
    let is_right = |threads: usize| threads == 0 || (WAITING..WAITING + 20).contains(&threads);
    Vec::from_iter(expect(threads.is_some_and(is_right), || printed))
}

/// Returns the most threads of this process while all calls wait: the server responds to none before the last one.
pub(super) fn of_waiting(setup: &Setup, address: SocketAddr) -> usize {
    let server = setup.server(address).unwrap();
    let app = server.oauth_app(AppCredentials::new(setup.client_id, setup.client_secret).unwrap());
    let check = |number| {
        let found = app.check_token(&AccessToken::new(token(number))).wait();
        assert!(found.unwrap().is_some());
        server.drained().wait().unwrap();
    };
    thread::scope(|scope| {
        for number in 0..WAITING {
            scope.spawn(move || check(number));
        }
        let mut most = threads();
        // If the number is not known, nothing is waited for.
        while (1..=WAITING).contains(&most) {
            thread::sleep(Duration::from_millis(5));
            most = most.max(threads());
        }
        for _ in 0..50 {
            thread::sleep(Duration::from_millis(5));
            most = most.max(threads());
        }
        check(WAITING);
        most
    })
}

/// Returns the number of threads of this process, if the system reports it.
fn threads() -> usize {
    std::fs::read_dir("/proc/self/task").map_or(0, Iterator::count)
}
