//! Properties of every call: retries, permits and timeouts.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]
#![allow(deprecated, reason = "the user's operations are all deprecated")]

use common::{CannedResponse, OTP, Recorder, app_credentials, run, token, user_credentials};
use ghes_oauth::{ErrorKind, RetryPolicy, Server};
use serde_json::json;
use std::io::{Read as _, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

/// Fails the first request like an overloaded gateway, and responds to the others.
async fn failing_once() -> Recorder {
    let count = AtomicUsize::new(0);
    Recorder::start(move |request| match count.fetch_add(1, Ordering::SeqCst) {
        0 => CannedResponse::html(502),
        _ => CannedResponse::plain(request),
    })
    .await
}

fn retrying(recorder: &Recorder) -> Server {
    recorder
        .builder()
        .retry(RetryPolicy::default().backoff(Duration::ZERO, Duration::ZERO))
        .build()
        .unwrap()
}

#[test]
fn a_one_time_password_that_was_set_is_sent_once() {
    run(async {
        let recorder = failing_once().await;
        let mine = retrying(&recorder).authorizations(user_credentials());
        let error = mine.list_authorizations().otp(OTP).await.unwrap_err();
        assert!(
            (error.kind() == ErrorKind::Server),
            "the error is the connection's, and not that of an OTP used twice: {error}"
        );
        assert_eq!(recorder.requests().len(), 1);
    });
}

#[test]
fn a_request_that_a_connection_lost_is_retried_over_another() {
    run(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let server = tokio::spawn(async move {
            let (mut silent, _) = listener.accept().await.unwrap();
            silent.read_u8().await.unwrap();
            // Later than the latest response that another attempt can still replace.
            tokio::time::pause();
            tokio::time::advance(Duration::from_secs(16)).await;
            tokio::time::resume();
            let (mut second, _) = listener.accept().await.unwrap();
            second.read_u8().await.unwrap();
            second
                .write_all(b"HTTP/1.1 204 No Content\r\n\r\n")
                .await
                .unwrap();
            std::future::pending::<()>().await;
        });
        let app = Server::new(&base).unwrap().oauth_app(app_credentials());
        app.delete_token(&token()).await.unwrap();
        server.abort();
    });
}

#[test]
fn a_call_that_is_dropped_while_it_waits_for_a_permit_is_never_sent() {
    run(async {
        // The first call hangs on an address that does not respond, and keeps the only permit.
        let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", silent.local_addr().unwrap());
        let server = Server::builder(&base)
            .max_in_flight(1)
            .timeout(Duration::from_secs(20))
            .build()
            .unwrap();
        let app = server.oauth_app(app_credentials());
        let first = tokio::spawn(app.check_token(&token()).send());
        let (connection, _) = silent.accept().await.unwrap();
        let delivered = Arc::new(AtomicUsize::new(0));
        let counter = delivered.clone();
        let reset = app.reset_token(&token()).deliver_to(move |_| {
            counter.fetch_add(1, Ordering::SeqCst);
        });
        tokio::time::timeout(Duration::from_millis(50), reset)
            .await
            .unwrap_err();
        first.abort();
        drop(connection);
        // A request that was still queued would connect now.
        let later = tokio::time::timeout(Duration::from_millis(200), silent.accept()).await;
        assert!(
            later.is_err(),
            "the reset was sent although its caller was dropped"
        );
        assert_eq!(delivered.load(Ordering::SeqCst), 0);
    });
}

#[test]
fn two_kinds_of_proxy_exclude_each_other() {
    let error = Server::builder("https://ghe.example.com")
        .proxy(reqwest::Proxy::all("http://127.0.0.1:9").unwrap())
        .system_proxy()
        .build()
        .unwrap_err();
    assert!(error.kind() == ErrorKind::Configuration, "{error}");
}

#[test]
fn an_error_without_a_connection_names_the_proxy() {
    let server = Server::builder("https://ghe.example.com")
        .proxy(reqwest::Proxy::all("http://127.0.0.1:9").unwrap())
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    let app = server.oauth_app(app_credentials());
    run(async {
        assert_eq!(
            app.check_token(&token()).await.unwrap_err().to_string(),
            "check_token: the connection was refused; nothing was sent; the proxy of ServerBuilder::proxy may be the cause"
        );
    });
}

#[test]
fn responses_serialize_as_a_whole_with_their_secrets_exposed_or_redacted() {
    run(async {
        let recorder = Recorder::responding(CannedResponse::json(
            200,
            &json!([{ "id": 1, "token": "abc" }]),
        ))
        .await;
        let page = recorder
            .server()
            .authorizations(user_credentials())
            .list_authorizations()
            .await
            .unwrap();
        let redacted = serde_json::to_value(ghes_oauth::Redacted(&page)).unwrap();
        assert_eq!(redacted["items"][0]["token"], "[REDACTED]");
        let value = serde_json::to_value(ghes_oauth::Exposed(&page)).unwrap();
        assert_eq!(value["items"][0]["token"], "abc");
        let read: ghes_oauth::Page<ghes_oauth::Authorization> =
            serde_json::from_value(value).unwrap();
        assert_eq!(read.items[0].token.as_ref().unwrap().expose_secret(), "abc");
    });
}

/// A program can be held up beyond a call's timeout while the response waits in the socket.
#[test]
fn a_token_that_came_while_the_program_was_held_up_is_read() {
    const RESPONSE: &[u8] =
        b"HTTP/1.1 200 OK\r\nContent-Length: 22\r\n\r\n{\"id\":1,\"token\":\"abc\"}";
    let head = RESPONSE.len() - 22;
    let test = |before| {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let test = runtime.block_on(async {
            tokio::time::timeout(Duration::from_secs(300), held_up(RESPONSE, before)).await
        });
        assert_eq!(
            test.expect("the test takes too long"),
            "abc",
            "{before} bytes came before"
        );
    };
    // All of them wait, so they wait together.
    std::thread::scope(|scope| {
        for before in [0, head, head + 5] {
            scope.spawn(move || test(before));
        }
    });
}

/// The token of a reset whose program is held up after this many bytes of the response.
async fn held_up(response: &'static [u8], before: usize) -> String {
    const TIMEOUT: Duration = Duration::from_secs(2);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let server = Server::builder(format!("http://{}", listener.local_addr().unwrap()))
        .timeout(TIMEOUT)
        .build()
        .unwrap();
    let (arrived, has_arrived) = tokio::sync::oneshot::channel();
    let (hold_up, held_up) = std::sync::mpsc::channel();
    // On a separate thread, which is not held up.
    let responding = std::thread::spawn(move || {
        let (mut connection, _) = listener.accept().unwrap();
        assert!(connection.read(&mut [0; 4096]).unwrap() > 0);
        connection.write_all(&response[..before]).unwrap();
        arrived.send(()).unwrap();
        held_up.recv().unwrap();
        connection.write_all(&response[before..]).unwrap();
        connection
    });
    let reset = tokio::spawn(
        server
            .oauth_app(app_credentials())
            .reset_token(&token())
            .send(),
    );
    has_arrived.await.unwrap();
    // One for each thread of the runtime.
    let barrier = Arc::new(std::sync::Barrier::new(3));
    let busy = [barrier.clone(), barrier.clone()].map(|barrier| {
        tokio::spawn(async move {
            barrier.wait();
            std::thread::sleep(TIMEOUT + Duration::from_secs(1));
        })
    });
    barrier.wait();
    hold_up.send(()).unwrap();
    for busy in busy {
        busy.await.unwrap();
    }
    let authorization = reset.await.unwrap().unwrap().into_value();
    drop(responding.join().unwrap());
    authorization.token.expose_secret().to_owned()
}
