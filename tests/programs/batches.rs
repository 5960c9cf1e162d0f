//! Batches whose reader changes its runtime, or is away.

use crate::server::{Response, Scripted};
use crate::{app, bounded, current_thread, multi_thread, token};
use common::app_credentials;
use ghes_oauth::{AccessToken, Check, OAuthApp, Revocation, Server, ServerBuilder};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::time::{sleep, timeout};

const MOMENT: Duration = Duration::from_millis(50);

fn tokens() -> impl Iterator<Item = AccessToken> {
    (0..20).map(|number| AccessToken::new(format!("gho_{number}")))
}

fn built(builder: ServerBuilder) -> OAuthApp {
    builder.build().unwrap().oauth_app(app_credentials())
}

#[test]
fn a_batch_that_is_read_on_another_runtime_misses_no_token() {
    bounded(|| {
        for end in [drop, std::mem::forget] {
            let (server, held) = Scripted::held();
            let app = app(&server);
            let mut checks = app.check_tokens(tokens()).concurrency(4);
            let mut revocations = app.delete_tokens(tokens()).concurrency(4);
            for runtime in [multi_thread(1), current_thread()] {
                runtime.block_on(async {
                    assert!(timeout(MOMENT, checks.next()).await.is_err());
                    assert!(timeout(MOMENT, revocations.next()).await.is_err());
                });
                end(runtime);
            }
            drop(held);
            let (mut checked, mut revoked) = (BTreeSet::new(), BTreeSet::new());
            current_thread().block_on(async {
                while let Some((index, check)) = checks.next().await {
                    assert!(matches!(check, Ok(Check::Live(_))), "{check:?}");
                    assert!(checked.insert(index), "{index}");
                }
                while let Some((index, revocation)) = revocations.next().await {
                    assert_eq!(revocation.unwrap(), Revocation::Revoked);
                    assert!(revoked.insert(index), "{index}");
                }
            });
            assert_eq!((checked.len(), revoked.len()), (20, 20));
        }
    });
}

#[test]
fn a_revocation_that_a_runtime_has_lost_is_reported_as_retried() {
    bounded(|| {
        let (arrive, arrived) = mpsc::channel();
        let is_first = AtomicBool::new(true);
        let server = Scripted::start(move |_| {
            if is_first.swap(false, Ordering::SeqCst) {
                arrive.send(()).unwrap();
                // Nobody waits for this response any more.
                std::thread::sleep(Duration::MAX);
            }
            let headers = [
                "content-type: application/json",
                "x-github-request-id: A1B2:C3D4",
            ];
            Response::new(404, &headers, r#"{"message":"Not Found"}"#)
        });
        let mut revocations = app(&server).delete_tokens(tokens().take(1));
        current_thread().block_on(async {
            while arrived.try_recv().is_err() {
                assert!(timeout(MOMENT, revocations.next()).await.is_err());
            }
        });
        let (_, revocation) = current_thread().block_on(revocations.next()).unwrap();
        assert_eq!(revocation.unwrap(), Revocation::NotLiveAfterRetry);
    });
}

#[test]
fn a_reader_may_call_the_server_although_the_batch_has_all_permits() {
    bounded(|| {
        let server = Scripted::delayed(MOMENT / 10);
        let app = built(Server::builder(server.url()).max_in_flight(2));
        for runtime in [multi_thread(1), current_thread()] {
            runtime.block_on(async {
                let mut checks = app.check_tokens(tokens()).concurrency(4);
                let mut revoked = 0;
                while let Some((_, check)) = checks.next().await {
                    check.unwrap();
                    app.delete_token(&token()).await.unwrap();
                    revoked += 1;
                }
                assert_eq!(revoked, 20);
            });
        }
    });
}

#[test]
fn a_reader_that_is_away_for_longer_than_the_timeout_finds_all_results() {
    const TIMEOUT: Duration = Duration::from_secs(2);
    bounded(|| {
        let server = Scripted::delayed(MOMENT / 2);
        let app = built(Server::builder(server.url()).timeout(TIMEOUT));
        let read = |runtime: Runtime| {
            runtime.block_on(async {
                let mut checks = app.check_tokens(tokens()).concurrency(4);
                for results in 0..20 {
                    let (_, check) = checks.next().await.unwrap();
                    assert!(matches!(check, Ok(Check::Live(_))), "{results}: {check:?}");
                    match results {
                        3 => sleep(TIMEOUT + MOMENT).await,
                        9 => std::thread::sleep(TIMEOUT + MOMENT),
                        _ => {}
                    }
                }
            });
        };
        // They wait most of the time, so they wait together.
        std::thread::scope(|scope| {
            scope.spawn(|| read(multi_thread(1)));
            scope.spawn(|| read(current_thread()));
        });
    });
}
