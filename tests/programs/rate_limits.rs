//! Waits for rate limits, and permits.

use crate::server::{Response, Scripted};
use crate::{bounded, current_thread, token};
use common::app_credentials;
use ghes_oauth::{ErrorKind, RetryPolicy, Server};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;

/// Limits every check for longer than a test takes, and reports it; other operations are not limited.
fn limiting() -> (Scripted, mpsc::Receiver<()>) {
    let (limit, limited) = mpsc::channel();
    let server = Scripted::start(move |request| match request.method() {
        "post" => {
            limit.send(()).unwrap();
            Response::new(
                429,
                &["retry-after: 100"],
                r#"{"message":"You have exceeded a secondary rate limit."}"#,
            )
        }
        _ => Response::usual(request),
    });
    (server, limited)
}

#[test]
fn a_call_that_waits_for_a_rate_limit_holds_no_permit() {
    bounded(|| {
        let (server, was_limited) = limiting();
        let app = Server::builder(server.url())
            .max_in_flight(1)
            .permit_timeout(Duration::from_secs(60))
            .retry(RetryPolicy::default().wait_for_rate_limits(Duration::from_secs(1_000)))
            .build()
            .unwrap()
            .oauth_app(app_credentials());
        current_thread().block_on(async {
            let limited = tokio::spawn(app.check_token(&token()).send());
            while was_limited.try_recv().is_err() {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            app.reset_token(&token()).await.unwrap();
            app.delete_token(&token()).await.unwrap();
            assert!(!limited.is_finished());
            limited.abort();
        });
    });
}

#[test]
fn the_waits_for_rate_limits_are_bounded_together() {
    bounded(|| {
        let requests = std::sync::Arc::new(AtomicUsize::new(0));
        let count = requests.clone();
        let server = Scripted::start(move |_| {
            count.fetch_add(1, Ordering::SeqCst);
            Response::new(
                429,
                &["retry-after: 1"],
                r#"{"message":"You have exceeded a secondary rate limit."}"#,
            )
        });
        let policy = RetryPolicy::default()
            .attempts(10)
            .wait_for_rate_limits(Duration::from_millis(1500));
        let app = Server::builder(server.url())
            .retry(policy)
            .build()
            .unwrap()
            .oauth_app(app_credentials());
        let error = current_thread()
            .block_on(app.check_token(&token()).send())
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::SecondaryRateLimited);
        assert_eq!(requests.load(Ordering::SeqCst), 2);
    });
}

#[test]
fn the_wait_for_a_permit_can_be_bounded() {
    bounded(|| {
        let (server, held) = Scripted::held();
        let app = Server::builder(server.url())
            .max_in_flight(1)
            .permit_timeout(Duration::from_millis(100))
            .build()
            .unwrap()
            .oauth_app(app_credentials());
        current_thread().block_on(async {
            let first = tokio::spawn(app.reset_token(&token()).send());
            tokio::task::yield_now().await;
            held.wait_for_one();
            for error in [
                app.check_token(&token()).send().await.map(drop),
                app.reset_token(&token()).send().await.map(drop),
            ] {
                let error = error.unwrap_err();
                assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
                assert!(error.to_string().contains("nothing was sent"), "{error}");
            }
            held.release_one();
            first.await.unwrap().unwrap();
        });
        assert_eq!(server.resets(), 1);
    });
}
