//! Runtimes without timers, or without input and output.

use crate::server::Scripted;
use crate::{app, bounded, token};
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
