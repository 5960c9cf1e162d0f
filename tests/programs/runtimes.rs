//! Runtimes that come and go around one server.

use crate::server::Scripted;
use crate::{app, bounded, client, current_thread, multi_thread, token};
use common::app_credentials;
use ghes_oauth::AccessToken;
use std::sync::mpsc;
use std::time::Duration;

#[test]
fn resets_from_runtimes_that_last_for_one_call_lose_no_token() {
    bounded(|| {
        let server = Scripted::delayed(Duration::ZERO);
        let app = app(&server);
        let threads: Vec<_> = (0..8)
            .map(|_| {
                let app = app.clone();
                std::thread::spawn(move || {
                    let reset = |_| current_thread().block_on(app.reset_token(&token()).send());
                    (0..60).map(reset).filter(Result::is_ok).count()
                })
            })
            .collect();
        let tokens: usize = threads.into_iter().map(|t| t.join().unwrap()).sum();
        assert_eq!((tokens, server.resets()), (480, 480));
    });
}

#[test]
fn checks_from_runtimes_that_last_for_one_call_succeed() {
    bounded(|| {
        let server = Scripted::delayed(Duration::ZERO);
        let app = app(&server);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..30 {
                        let found = current_thread().block_on(app.check_token(&token()).send());
                        assert!(found.unwrap().value().is_some());
                    }
                });
            }
        });
    });
}

#[test]
fn a_runtime_that_ends_in_mid_flight_loses_no_token() {
    bounded(|| {
        let (server, held) = Scripted::held();
        let app = app(&server);
        for runtime in [current_thread(), multi_thread(2)] {
            let (deliver, delivered) = mpsc::channel();
            runtime.block_on(async {
                let call = app
                    .reset_token(&token())
                    .deliver_to(move |token: AccessToken| deliver.send(token).unwrap());
                let call = tokio::spawn(call.send());
                tokio::task::yield_now().await;
                held.wait_for_one();
                drop(call);
            });
            runtime.shutdown_background();
            held.release_one();
            let token = delivered.recv().expect("it is delivered");
            assert_eq!(token.expose_secret(), "gho_new");
        }
        assert_eq!(server.resets(), 2);
    });
}

#[test]
fn a_server_is_drained_when_the_receivers_have_returned() {
    bounded(|| {
        let (server, held) = Scripted::held();
        let client = client(&server);
        let (deliver, delivered) = mpsc::channel();
        let runtime = current_thread();
        runtime.block_on(async {
            let call = client
                .oauth_app(app_credentials())
                .reset_token(&token())
                .deliver_to(move |_| {
                    std::thread::sleep(Duration::from_millis(100));
                    deliver.send(()).unwrap();
                });
            let in_time = tokio::time::timeout(Duration::from_millis(20), call).await;
            assert!(in_time.is_err());
        });
        drop(runtime);
        held.release_one();
        // On another runtime than the one that awaited the call.
        multi_thread(1).block_on(client.drained());
        assert_eq!((delivered.try_recv(), server.resets()), (Ok(()), 1));
        current_thread().block_on(client.drained());
    });
}

/// A runtime that is not polled drives none of its connections.
#[test]
fn the_connections_of_an_idle_runtime_are_not_used_by_others() {
    bounded(|| {
        let server = Scripted::delayed(Duration::ZERO);
        let app = app(&server);
        let idle = current_thread();
        idle.block_on(app.check_token(&token()).send()).unwrap();
        current_thread()
            .block_on(app.reset_token(&token()).send())
            .unwrap();
        current_thread()
            .block_on(app.check_token(&token()).send())
            .unwrap();
        assert_eq!(server.resets(), 1);
        drop(idle);
    });
}

/// Each runtime ends with the calls in it that are not over, and the next one retries them.
#[test]
fn a_batch_that_is_polled_by_one_runtime_after_another_reports_each_token() {
    bounded(|| {
        let server = Scripted::delayed(Duration::from_millis(5));
        let tokens = (0..60).map(|number| AccessToken::new(format!("gho_{number}")));
        let mut batch = app(&server).delete_tokens(tokens);
        let mut reported = std::collections::BTreeSet::new();
        while let Some((index, done)) = current_thread().block_on(batch.next()) {
            assert!(reported.insert(index));
            done.unwrap();
        }
        assert_eq!(reported.len(), 60);
    });
}
