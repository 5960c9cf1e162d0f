//! Threads that wait for calls: inside tasks, and inside the callbacks of other calls.

use crate::server::{Response, Scripted};
use crate::{app, bounded, client, current_thread, multi_thread, token};
use common::{app_credentials, user_credentials};
use ghes_oauth::{ErrorKind, NewAuthorization, OneTimePassword, RetryPolicy, Server};
use std::sync::mpsc;
use std::time::Duration;

#[test]
fn a_task_can_await_one_call_and_wait_for_the_next() {
    bounded(|| {
        let server = Scripted::delayed(Duration::ZERO);
        let app = app(&server);
        for runtime in [multi_thread(1), multi_thread(2), current_thread()] {
            for _ in 0..10 {
                let app = app.clone();
                let both = runtime.block_on(runtime.spawn(async move {
                    app.check_token(&token()).await.unwrap();
                    app.check_token(&token()).wait().unwrap();
                    app.reset_token(&token()).wait().unwrap();
                }));
                both.unwrap();
            }
        }
        assert_eq!(server.resets(), 30);
    });
}

#[test]
fn receivers_can_wait_for_other_calls() {
    bounded(|| {
        let server = Scripted::delayed(Duration::ZERO);
        let client = Server::builder(server.url())
            .retry(RetryPolicy::none())
            .max_in_flight(1)
            .build()
            .unwrap();
        let app = client.oauth_app(app_credentials());
        let nested = |app: &ghes_oauth::OAuthApp, report: mpsc::Sender<bool>| {
            let (outer, inner) = (app.clone(), app.clone());
            outer.reset_token(&token()).deliver_to(move |token| {
                let last = inner.clone();
                let call = inner.reset_token(&token).deliver_to(move |token| {
                    report
                        .send(last.check_token(&token).wait().unwrap().is_some())
                        .unwrap();
                });
                call.wait().unwrap();
            })
        };
        let (report, reported) = mpsc::channel();
        nested(&app, report.clone()).wait().unwrap();
        current_thread().block_on(async { nested(&app, report.clone()).await.unwrap() });
        multi_thread(1).block_on(async { nested(&app, report).await.unwrap() });
        assert_eq!(reported.iter().collect::<Vec<_>>(), [true; 3]);
    });
}

/// Listens to this crate alone, and panics at each event.
struct Panicking;

impl tracing::Subscriber for Panicking {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        metadata.target().starts_with("ghes_oauth")
    }

    fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        tracing::span::Id::from_u64(1)
    }

    fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {
        std::panic::resume_unwind(Box::new("on purpose"));
    }

    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}

    fn event(&self, _: &tracing::Event<'_>) {
        std::panic::resume_unwind(Box::new("on purpose"));
    }

    fn enter(&self, _: &tracing::span::Id) {}

    fn exit(&self, _: &tracing::span::Id) {}
}

#[test]
fn a_subscriber_that_panics_costs_no_token() {
    bounded(|| {
        let server = Scripted::delayed(Duration::ZERO);
        let app = app(&server);
        let (deliver, delivered) = mpsc::channel();
        tracing::subscriber::with_default(Panicking, || {
            let call = app.reset_token(&token());
            let call = call.deliver_to(move |token| deliver.send(token).unwrap());
            let issued = call.wait().unwrap();
            assert_eq!(issued.token, delivered.try_recv().unwrap());
        });
        assert_eq!(server.resets(), 1);
    });
}

#[test]
fn callbacks_can_wait_until_the_server_is_drained() {
    bounded(|| {
        let server = Scripted::delayed(Duration::ZERO);
        let client = client(&server);
        let app = client.oauth_app(app_credentials());
        let (report, reported) = mpsc::channel();
        let drain = || {
            let (client, report) = (client.clone(), report.clone());
            move |_| {
                client.drained().wait().unwrap();
                report.send(()).unwrap();
            }
        };
        let reset = app.reset_token(&token()).deliver_to(drain());
        reset.wait().unwrap();
        let rotation = app.rotate_token(&token()).deliver_to(drain());
        rotation.wait().unwrap();
        let (inner, drain) = (app.clone(), drain());
        let reset = app.reset_token(&token()).deliver_to(move |token| {
            let reset = inner.reset_token(&token).deliver_to(drain);
            reset.wait().unwrap();
        });
        reset.wait().unwrap();
        assert_eq!((reported.try_iter().count(), server.resets()), (3, 4));
        let server = asking();
        let client = self::client(&server);
        let inside = client.clone();
        let mine = client.authorizations(user_credentials().otp_from(move |_| {
            let drained = inside.drained();
            async {
                drained.await;
                Ok(OneTimePassword::new("123456"))
            }
        }));
        let create = mine.create_authorization(None, NewAuthorization::new());
        create.wait().unwrap();
    });
}

/// tokio panics if a runtime is dropped on the thread of another one.
#[test]
fn a_receiver_that_is_not_called_may_own_a_runtime() {
    bounded(|| {
        let body = r#"{"message":"Not Found"}"#;
        let server = Scripted::start(move |_| Response::new(404, &[], body));
        let (app, runtime) = (app(&server), current_thread());
        let reset = app.reset_token(&token());
        let reset = reset.deliver_to(move |_| drop(runtime));
        assert_eq!(reset.wait().unwrap_err().kind(), ErrorKind::NotFound);
    });
}

/// Asks for a one-time password and accepts every one, and never asks an app.
fn asking() -> Scripted {
    Scripted::start(|request| {
        let is_user = request.header("authorization") != Some(&basic());
        match request.header("x-github-otp") {
            None if is_user => Response::new(
                401,
                &["x-github-otp: required; app"],
                r#"{"message":"Must specify two-factor authentication OTP code."}"#,
            ),
            _ if request.method() == "get" => Response::new(200, &[], "[]"),
            _ if is_user => Response::new(201, &[], r#"{"id":1,"token":"gho_new"}"#),
            _ => Response::usual(request),
        }
    })
}

/// The app's credentials in the request, in lower case.
fn basic() -> String {
    use base64::Engine as _;
    let pair = format!("{}:{}", common::CLIENT_ID, common::CLIENT_SECRET);
    let pair = base64::engine::general_purpose::STANDARD.encode(pair);
    format!("basic {pair}").to_ascii_lowercase()
}

#[test]
fn a_source_of_one_time_passwords_can_wait_for_calls_of_the_same_server() {
    bounded(|| {
        let server = asking();
        let client = Server::builder(server.url())
            .max_in_flight(1)
            .build()
            .unwrap();
        let app = client.oauth_app(app_credentials());
        let mine = client.authorizations(user_credentials().otp_from(move |_| {
            let app = app.clone();
            async move {
                app.check_token(&token()).wait()?;
                app.check_token(&token()).await?;
                Ok(OneTimePassword::new("123456"))
            }
        }));
        mine.list_authorizations().wait().unwrap();
        mine.create_authorization(None, NewAuthorization::new())
            .wait()
            .unwrap();
        for runtime in [current_thread(), multi_thread(1)] {
            runtime.block_on(async {
                mine.list_authorizations().await.unwrap();
                mine.create_authorization(None, NewAuthorization::new())
                    .await
                    .unwrap();
            });
        }
    });
}

#[test]
fn waiting_starts_no_thread_for_each_call() {
    bounded(|| {
        let server = Scripted::start(|request| {
            let page: u32 = request
                .query("page")
                .map_or(1, |page| page.parse().unwrap());
            let items: Vec<String> = (0..100).map(|i| format!(r#"{{"id":{}}}"#, i + 1)).collect();
            let link = format!("link: <?page={}>; rel=\"next\"", page + 1);
            let headers: &[&str] = if page < 5 { &[&link] } else { &[] };
            Response::new(200, headers, &format!("[{}]", items.join(",")))
        });
        let mine = client(&server).authorizations(user_credentials());
        mine.list_grants().wait().unwrap();
        let before = threads();
        let mut most = 0;
        let items = mine
            .list_authorizations()
            .items()
            .blocking()
            .inspect(|_| most = most.max(threads()))
            .filter(Result::is_ok)
            .count();
        assert_eq!(items, 500);
        // Other tests of this process start threads, too.
        assert!(most < before + 100, "{before} threads became {most}");
    });
}

/// The number of threads of this process, if the system reports it.
fn threads() -> usize {
    std::fs::read_dir("/proc/self/task").map_or(0, Iterator::count)
}
