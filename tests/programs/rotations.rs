//! Rotations whose futures and runtimes end before them.

#[cfg(feature = "blocking")]
use crate::app;
use crate::server::{Response, Scripted};
use crate::{bounded, client, current_thread, multi_thread, token};
use common::app_credentials;
#[cfg(feature = "blocking")]
use ghes_oauth::Rotation;
use ghes_oauth::{RetryPolicy, Server};
use std::sync::mpsc;
use std::time::Duration;

#[test]
fn a_rotation_goes_on_when_its_future_and_its_runtime_are_dropped() {
    bounded(|| {
        let server = Scripted::delayed(Duration::from_millis(200));
        let client = client(&server);
        let app = client.oauth_app(app_credentials());
        for runtime in [current_thread(), multi_thread(2)] {
            let (deliver, delivered) = mpsc::channel();
            runtime.block_on(async {
                let rotation = app
                    .rotate_token(&token())
                    .timeout(Duration::from_secs(10))
                    .deliver_to(move |token| deliver.send(token).unwrap());
                let in_time =
                    tokio::time::timeout(Duration::from_millis(50), rotation.into_future()).await;
                assert!(in_time.is_err());
            });
            runtime.shutdown_background();
            current_thread().block_on(client.drained());
            let token = delivered.try_recv().expect("it is delivered");
            assert_eq!(token.expose_secret(), "gho_new");
        }
        assert_eq!(server.resets(), 2);
    });
}

/// The token arrives in a truncated response, so that a check follows: it is part of the rotation, too.
#[test]
fn what_follows_the_reset_goes_on_as_well() {
    bounded(|| {
        let (checked, check) = mpsc::channel();
        let server = Scripted::start(move |request| match request.method() {
            "patch" => Response::new(200, &[], r#"{"id":1,"token":"gho_new""#),
            _ => {
                checked.send(()).unwrap();
                Response::usual(request)
            }
        });
        let client = client(&server);
        let (deliver, delivered) = mpsc::channel();
        let runtime = current_thread();
        runtime.block_on(async {
            let rotation = client
                .oauth_app(app_credentials())
                .rotate_token(&token())
                .deliver_to(move |token| deliver.send(token).unwrap());
            drop(tokio::time::timeout(Duration::from_millis(1), rotation.into_future()).await);
        });
        drop(runtime);
        current_thread().block_on(client.drained());
        assert_eq!(delivered.try_recv().unwrap().expose_secret(), "gho_new");
        assert_eq!(check.try_iter().count(), 1);
    });
}

#[test]
fn a_rotation_that_is_dropped_before_it_is_sent_is_not_sent() {
    bounded(|| {
        let (asked, requests) = mpsc::channel();
        let limited = Scripted::start(move |_| {
            asked.send(()).unwrap();
            let body = r#"{"message":"You have exceeded a secondary rate limit."}"#;
            Response::new(429, &["retry-after: 1"], body)
        });
        let server = Server::builder(limited.url())
            .retry(RetryPolicy::default().wait_for_rate_limits(Duration::from_secs(30)))
            .build()
            .unwrap();
        let app = server.oauth_app(app_credentials());
        current_thread().block_on(async {
            let rotation = app.rotate_token(&token()).into_future();
            let in_time = tokio::time::timeout(Duration::from_millis(300), rotation).await;
            assert!(in_time.is_err());
            server.drained().await;
        });
        assert_eq!(requests.try_iter().count(), 1);
        // Nor is one that waits for a permit.
        let slow = Scripted::delayed(Duration::from_millis(300));
        let server = Server::builder(slow.url())
            .max_in_flight(1)
            .build()
            .unwrap();
        let app = server.oauth_app(app_credentials());
        multi_thread(1).block_on(async {
            let first = tokio::spawn(app.reset_token(&token()).send());
            tokio::time::sleep(Duration::from_millis(50)).await;
            let rotation = app.rotate_token(&token()).into_future();
            let in_time = tokio::time::timeout(Duration::from_millis(50), rotation).await;
            assert!(in_time.is_err());
            first.await.unwrap().unwrap();
            server.drained().await;
        });
        assert_eq!(slow.resets(), 1);
    });
}

#[cfg(feature = "blocking")]
#[test]
fn a_rotation_can_be_waited_for() {
    bounded(|| {
        let server = Scripted::delayed(Duration::ZERO);
        let app = app(&server);
        match app.rotate_token(&token()).wait().unwrap() {
            Rotation::Rotated(issued) => assert_eq!(issued.token.expose_secret(), "gho_new"),
            other => panic!("{other:?}"),
        }
    });
}
