//! Programs that use the client carelessly: each call ends in time, nothing panics, and no token is lost.
//!
//! `tests/programs` has those that need no special server.

use crate::crowds::is_own;
use crate::leaks;
use crate::many::{Manners, Many, token};
use crate::secrets;
use crate::trial::{self, Problems, expect, runtime};
use ghes_oauth::{AccessToken, AppCredentials, OAuthApp, Server};
use libtest_mimic::Trial;
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        program("program::busy_runtime_owns_the_connections", busy_runtime),
        program("program::thirty_threads_wait", thirty_threads_wait),
        program("program::panic_in_a_receiver", panic_in_a_receiver),
    ]
}

/// The timeout of a call: long enough on any machine if nothing hangs.
const TIMEOUT: Duration = Duration::from_secs(60);
/// After this time a program counts as hanging.
const HANGS: Duration = Duration::from_secs(300);

/// A trial whose program must end.
fn program(name: &'static str, program: fn(&Many, &OAuthApp) -> Problems) -> Trial {
    trial::of(name, move || async move {
        let _permit = crate::permits::one().await;
        let server = Many::start(Manners::default()).await;
        let client = Server::builder(format!("http://{}", server.address)).timeout(TIMEOUT);
        let app = client.build().unwrap().oauth_app(credentials());
        let (ended, end) = mpsc::channel();
        std::thread::spawn(move || {
            // A panic drops the sender.
            let problems = leaks::on_trial_thread(|| program(&server, &app));
            ended.send(problems)
        });
        let wait = move || match end.recv_timeout(HANGS) {
            Ok(problems) => problems,
            Err(mpsc::RecvTimeoutError::Timeout) => vec!["it hangs".to_owned()],
            Err(mpsc::RecvTimeoutError::Disconnected) => vec!["it panics".to_owned()],
        };
        tokio::task::spawn_blocking(wait).await.unwrap()
    })
}

fn credentials() -> AppCredentials {
    AppCredentials::new(secrets::CLIENT_ID, secrets::CLIENT_SECRET).unwrap()
}

/// Resets the token with this number and waits; returns whether the new token is its successor.
fn reset_by_waiting(app: &OAuthApp, number: usize) -> bool {
    let made = app.reset_token(&AccessToken::new(token(number))).wait();
    made.is_ok_and(|made| is_own(Some(made.token), number))
}

/// Every thread of the runtime that opened the pool's connections is busy.
fn busy_runtime(server: &Many, app: &OAuthApp) -> Problems {
    let busy = runtime();
    let live = busy.block_on(app.check_token(&AccessToken::new(token(0))).send());
    let reset = busy.block_on(app.reset_token(&AccessToken::new(token(1))).send());
    let (free, is_free) = mpsc::channel::<()>();
    let is_free = Arc::new(Mutex::new(is_free));
    for _ in 0..2 {
        let is_free = is_free.clone();
        busy.spawn(async move { is_free.lock().unwrap().recv() });
    }
    let lost = (2..12).filter(|number| {
        let call = app.reset_token(&AccessToken::new(token(*number)));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        !runtime.block_on(async {
            call.await
                .is_ok_and(|made| is_own(Some(made.token), *number))
        })
    });
    let lost = lost.count();
    drop(free);
    let sent = server.requests();
    let problems = [
        expect(live.is_ok() && reset.is_ok(), || {
            "the first calls fail".to_owned()
        }),
        expect(lost == 0, || format!("{lost} of 10 tokens are lost")),
        expect(sent == 12, || format!("{sent} requests")),
    ];
    problems.into_iter().flatten().collect()
}

/// Threads without a runtime wait for the crate's one thread.
fn thirty_threads_wait(_: &Many, app: &OAuthApp) -> Problems {
    let lost = std::thread::scope(|scope| {
        let threads = (0..30).map(|number| scope.spawn(move || reset_by_waiting(app, number)));
        let threads = Vec::from_iter(threads);
        let own = threads.into_iter().map(|thread| thread.join().unwrap());
        own.filter(|own| !own).count()
    });
    Vec::from_iter(expect(lost == 0, || {
        format!("{lost} of 30 tokens are lost")
    }))
}

/// The call still returns the token, and the next one works.
fn panic_in_a_receiver(_: &Many, app: &OAuthApp) -> Problems {
    let reset = app.reset_token(&AccessToken::new(token(0)));
    let made = reset.deliver_to(|_| leaks::panic_on_purpose()).wait();
    let problems = [
        expect(made.is_ok_and(|made| is_own(Some(made.token), 0)), || {
            "its token is lost".to_owned()
        }),
        expect(reset_by_waiting(app, 1), || {
            "the next token is lost".to_owned()
        }),
    ];
    problems.into_iter().flatten().collect()
}
