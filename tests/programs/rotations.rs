//! Rotations whose futures and runtimes end early, and their results.

use crate::server::{Response, Scripted};
use crate::{app, bounded, client, current_thread, multi_thread, token};
use common::app_credentials;
use ghes_oauth::{Error, ErrorKind, Operation, Outcome, RetryPolicy, Rotation, Server};
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

#[test]
fn a_rotation_continues_when_its_future_and_its_runtime_are_dropped() {
    bounded(|| {
        let (server, held) = Scripted::held();
        let client = client(&server);
        let app = client.oauth_app(app_credentials());
        for runtime in [current_thread(), multi_thread(2)] {
            let (deliver, delivered) = mpsc::channel();
            runtime.block_on(async {
                let rotation = app
                    .rotate_token(&token())
                    .timeout(Duration::from_secs(60))
                    .deliver_to(move |token| deliver.send(token).unwrap());
                let in_time =
                    tokio::time::timeout(Duration::from_millis(50), rotation.into_future()).await;
                assert!(in_time.is_err());
            });
            runtime.shutdown_background();
            held.release_one();
            current_thread().block_on(client.drained());
            let token = delivered.try_recv().expect("it is delivered");
            assert_eq!(token.expose_secret(), "gho_new");
        }
        assert_eq!(server.resets(), 2);
    });
}

/// The token arrives in a truncated response, so a check follows, which is part of the rotation.
#[test]
fn the_check_after_the_reset_continues_as_well() {
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
            Response::new(429, &["retry-after: 20"], body)
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
        let (slow, held) = Scripted::held();
        let server = Server::builder(slow.url())
            .max_in_flight(1)
            .build()
            .unwrap();
        let app = server.oauth_app(app_credentials());
        multi_thread(1).block_on(async {
            let first = tokio::spawn(app.reset_token(&token()).send());
            held.wait_for_one();
            let rotation = app.rotate_token(&token()).into_future();
            let in_time = tokio::time::timeout(Duration::from_millis(50), rotation).await;
            assert!(in_time.is_err());
            held.release_one();
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

const LIVE: &str = r#"{"id":1}"#;
const NOT_FOUND: &str = r#"{"message":"Not Found"}"#;

/// The methods of requests, and when each came.
type Requests = Arc<Mutex<Vec<(String, Instant)>>>;

/// A server with this response to a reset and these to the checks, and the requests that it got.
fn scripted(
    reset: fn() -> Response,
    checks: &'static [(u16, &'static str)],
) -> (Scripted, Requests) {
    let requests = Requests::default();
    let kept = requests.clone();
    let server = Scripted::start(move |request| {
        let mut requests = kept.lock().unwrap();
        requests.push((request.method().to_owned(), Instant::now()));
        if request.method() == "patch" {
            return reset();
        }
        let before = requests.iter().filter(|(method, _)| method == "post");
        let (status, body) = checks[(before.count() - 1).min(checks.len() - 1)];
        Response::new(status, &[], body)
    });
    (server, requests)
}

fn rotate(server: &Scripted) -> Result<Rotation, Error> {
    let rotation = app(server).rotate_token(&token()).server_limit(LIMIT);
    current_thread().block_on(rotation.into_future())
}

/// How long the server works on a request.
const LIMIT: Duration = Duration::from_millis(400);

#[test]
fn whether_a_token_is_unchanged_is_known_after_the_servers_limit_and_another_check() {
    bounded(|| {
        let failed = || Response::new(502, &[], "<html>");
        for checks in [
            &[(200, LIVE), (200, LIVE)],
            &[(200, LIVE), (404, NOT_FOUND)],
        ] {
            let (server, requests) = scripted(failed, checks);
            match (rotate(&server).unwrap(), checks[1].0) {
                (Rotation::Unchanged(_), 200) | (Rotation::OldTokenGone, 404) => {}
                other => panic!("{other:?}"),
            }
            let requests = requests.lock().unwrap();
            let [reset, first, second] = &requests[..] else {
                panic!("{requests:?}");
            };
            assert_eq!((reset.0.as_str(), first.0.as_str()), ("patch", "post"));
            assert!(second.1 - first.1 >= LIMIT, "{requests:?}");
        }
    });
}

#[test]
fn a_token_that_is_gone_at_once_is_not_waited_for() {
    bounded(|| {
        let (server, requests) = scripted(|| Response::new(502, &[], ""), &[(404, NOT_FOUND)]);
        assert_eq!(rotate(&server).unwrap(), Rotation::OldTokenGone);
        assert_eq!(requests.lock().unwrap().len(), 2);
    });
}

#[test]
fn an_unknown_result_of_a_rotation_is_an_error() {
    bounded(|| {
        // A reset that succeeded without a token, though the old one is live: the result cannot be known.
        let (server, requests) = scripted(|| Response::new(200, &[], LIVE), &[(200, LIVE)]);
        let error = rotate(&server).unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome()),
            (ErrorKind::Decode, Outcome::Performed)
        );
        assert_eq!(requests.lock().unwrap().len(), 2);
        // The network fails on the way, for the check as well.
        let (server, _) = scripted(
            || Response::new(200, &["content-length: 900"], ""),
            &[(502, "")],
        );
        let error = rotate(&server).unwrap_err();
        assert_eq!(error.outcome(), Outcome::Unknown);
        assert_eq!(error.operation().map(Operation::name), Some("reset_token"));
        // The second check fails.
        let (server, requests) =
            scripted(|| Response::new(502, &[], ""), &[(200, LIVE), (502, "")]);
        let error = rotate(&server).unwrap_err();
        assert_eq!(error.outcome(), Outcome::Unknown);
        assert_eq!(requests.lock().unwrap().len(), 3);
        // A 404 to the reset is certain.
        let (server, requests) = scripted(|| Response::new(404, &[], NOT_FOUND), &[(200, LIVE)]);
        let error = rotate(&server).unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome()),
            (ErrorKind::NotFound, Outcome::NotPerformed)
        );
        assert!(
            error.to_string().contains("not a live token of this app"),
            "{error}"
        );
        assert_eq!(requests.lock().unwrap().len(), 1);
    });
}

#[test]
fn a_rate_limited_reset_is_waited_for_within_the_bound_of_all_waits() {
    bounded(|| {
        let limited = || {
            let body = r#"{"message":"You have exceeded a secondary rate limit."}"#;
            Response::new(429, &["retry-after: 1"], body)
        };
        let (server, requests) = scripted(limited, &[(200, LIVE)]);
        let policy = RetryPolicy::default().attempts(10);
        let app = Server::builder(server.url())
            .retry(policy.wait_for_rate_limits(Duration::from_millis(1_500)))
            .build()
            .unwrap()
            .oauth_app(app_credentials());
        let error = current_thread()
            .block_on(app.rotate_token(&token()).into_future())
            .unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome()),
            (ErrorKind::SecondaryRateLimited, Outcome::NotPerformed)
        );
        let requests = requests.lock().unwrap();
        let [first, second] = &requests[..] else {
            panic!("{requests:?}");
        };
        assert!(second.1 - first.1 >= Duration::from_secs(1), "{requests:?}");
    });
}
