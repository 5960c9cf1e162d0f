//! Runtimes without timers, or without I/O.

use crate::server::{Response, Scripted};
use crate::{app, bounded, token};
use ghes_oauth::AccessToken;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;
use tokio::runtime::Builder;

#[test]
fn calls_work_on_runtimes_without_timers_or_connections() {
    bounded(|| {
        let server = Scripted::delayed(Duration::ZERO);
        let app = app(&server);
        let runtimes = [
            Builder::new_current_thread().build().unwrap(),
            Builder::new_current_thread().enable_io().build().unwrap(),
            Builder::new_current_thread().enable_time().build().unwrap(),
            Builder::new_multi_thread()
                .worker_threads(1)
                .build()
                .unwrap(),
        ];
        for runtime in &runtimes {
            runtime.block_on(async {
                for _ in 0..3 {
                    assert!(app.check_token(&token()).await.unwrap().is_some());
                    app.delete_token(&token()).await.unwrap();
                    app.reset_token(&token()).await.unwrap();
                }
                app.server().drained().await;
            });
        }
        assert_eq!(server.resets(), 3 * runtimes.len());
    });
}

/// tokio panics in a runtime without timers or I/O, and a program's hook may end the program then.
#[test]
fn no_panic_reaches_the_programs_hook() {
    bounded(|| {
        let panics = Arc::new(AtomicUsize::new(0));
        let (seen, usual) = (panics.clone(), std::panic::take_hook());
        let asking = std::thread::current().id();
        std::panic::set_hook(Box::new(move |panic| {
            if std::thread::current().id() == asking {
                seen.fetch_add(1, Ordering::SeqCst);
            } else {
                usual(panic);
            }
        }));
        let server = Scripted::delayed(Duration::ZERO);
        let app = app(&server);
        for _ in 0..3 {
            let runtime = Builder::new_current_thread().build().unwrap();
            runtime.block_on(app.check_token(&token()).send()).unwrap();
        }
        assert_eq!(panics.load(Ordering::SeqCst), 0);
        // The hook is the program's again.
        assert!(std::panic::catch_unwind(|| panic!("seen by the hook")).is_err());
        assert_eq!(panics.load(Ordering::SeqCst), 1);
    });
}

#[test]
fn a_batch_waits_for_a_rate_limit_on_a_runtime_without_timers() {
    bounded(|| {
        let is_limited = AtomicBool::new(true);
        let server = Scripted::start(move |request| {
            if is_limited.swap(false, Ordering::SeqCst) {
                let body = r#"{"message":"You have exceeded a secondary rate limit."}"#;
                return Response::new(429, &["retry-after: 1"], body);
            }
            Response::usual(request)
        });
        let app = app(&server);
        let tokens = || (0..20).map(|number| AccessToken::new(format!("gho_{number}")));
        let runtime = Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let mut batch = app.delete_tokens(tokens());
            for _ in 0..20 {
                batch.next().await.unwrap().1.unwrap();
            }
            assert!(batch.next().await.is_none());
        });
    });
}
