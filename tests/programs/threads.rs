//! Threads that are about to end, and more of them than a pool has.

use crate::server::Scripted;
use crate::{app, bounded, client, current_thread, multi_thread, token};
use common::app_credentials;
use ghes_oauth::OAuthApp;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Sender};
use std::time::Duration;

/// Resets a token when it is dropped, and reports whether that succeeded.
struct ResetsInDrop(OAuthApp, Sender<bool>);

impl Drop for ResetsInDrop {
    fn drop(&mut self) {
        let reset = self.0.reset_token(&token()).wait();
        self.1.send(reset.is_ok()).unwrap();
    }
}

thread_local! {
    static LAST: RefCell<Option<ResetsInDrop>> = const { RefCell::new(None) };
}

/// The destructors of a thread's variables run after those of tokio's own.
#[test]
fn the_destructor_of_a_threads_variable_can_wait_for_a_call() {
    bounded(|| {
        let server = Scripted::delayed(Duration::ZERO);
        let app = app(&server);
        let (report, reported) = mpsc::channel();
        let last = || ResetsInDrop(app.clone(), report.clone());
        std::thread::scope(|scope| {
            scope.spawn(|| {
                LAST.set(Some(last()));
                app.check_token(&token()).wait().unwrap();
            });
            scope.spawn(|| {
                let checked = current_thread().block_on(app.check_token(&token()).send());
                checked.unwrap();
                LAST.set(Some(last()));
            });
        });
        let workers = multi_thread(1);
        let last = last();
        workers
            .block_on(workers.spawn(async { LAST.set(Some(last)) }))
            .unwrap();
        drop(workers);
        drop(report);
        assert_eq!(reported.iter().collect::<Vec<_>>(), [true; 3]);
    });
}

#[test]
fn a_destructor_can_wait_while_a_panic_or_a_runtime_ends() {
    bounded(|| {
        let server = Scripted::delayed(Duration::ZERO);
        let app = app(&server);
        let (report, reported) = mpsc::channel();
        let last = || ResetsInDrop(app.clone(), report.clone());
        let dropped = last();
        let panic = catch_unwind(AssertUnwindSafe(|| {
            let _dropped = dropped;
            std::panic::resume_unwind(Box::new("on purpose"));
        }));
        assert!(panic.is_err());
        for runtime in [current_thread(), multi_thread(1)] {
            let dropped = last();
            runtime.spawn(async move {
                let _dropped = dropped;
                std::future::pending::<()>().await;
            });
            runtime.block_on(tokio::task::yield_now());
        }
        drop(report);
        assert_eq!(reported.iter().collect::<Vec<_>>(), [true; 3]);
    });
}

/// tokio runs 512 blocking tasks at a time unless it is set otherwise.
#[test]
fn six_hundred_receivers_can_wait_for_resets_with_receivers() {
    bounded(|| {
        let server = Scripted::delayed(Duration::ZERO);
        let client = client(&server);
        let app = client.oauth_app(app_credentials());
        let (deliver, delivered) = mpsc::channel();
        multi_thread(2).block_on(async {
            let receivers: Vec<_> = (0..600)
                .map(|_| {
                    let (app, deliver) = (app.clone(), deliver.clone());
                    let call = app.clone().reset_token(&token()).deliver_to(move |token| {
                        let deliver = move |token| deliver.send(token).unwrap();
                        app.reset_token(&token).deliver_to(deliver).wait().unwrap();
                    });
                    tokio::spawn(call.into_future())
                })
                .collect();
            for receiver in receivers {
                receiver.await.unwrap().unwrap();
            }
        });
        drop(deliver);
        assert_eq!((delivered.iter().count(), server.resets()), (600, 1200));
    });
}
