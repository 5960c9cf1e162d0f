//! The warnings of calls, batches and rotations.

use crate::port;
use common::{CannedResponse, Clients, Log, Recorder, deprecated, run, sample, token};
use ghes_oauth::{ErrorKind, Operation, RetryPolicy};
use std::time::Duration;
use tracing::Instrument as _;

#[test]
fn a_wait_for_a_rate_limit_is_a_warning_with_its_length_and_its_end() {
    let log = Log::default();
    let _listening = log.listen();
    run(async {
        let recorder =
            Recorder::responding(CannedResponse::empty(429).header("retry-after", "0")).await;
        let retry = RetryPolicy::default()
            .attempts(2)
            .backoff(Duration::from_millis(1), Duration::from_millis(1))
            .wait_for_rate_limits(Duration::from_secs(60));
        let server = recorder.builder().retry(retry).build().unwrap();
        let call = Clients::new(&server).app.check_token(&token());
        assert_eq!(
            call.await.unwrap_err().kind(),
            ErrorKind::SecondaryRateLimited
        );
        let warnings = log.warnings();
        assert_eq!(warnings.len(), 1, "{warnings:?}");
        assert_eq!(warnings[0].within, Some("call"));
        let fields = &warnings[0].fields;
        assert_eq!(fields["message"], "waiting for a rate limit");
        assert_eq!(fields["operation"], "apps/check-token");
        assert!(fields["wait_ms"].parse::<u64>().is_ok_and(|wait| wait <= 1));
        assert!(fields["until"].ends_with("GMT"), "{fields:?}");
        assert_eq!(fields.len(), 4);
    });
}

#[test]
fn a_deprecated_operation_is_warned_about_once_in_a_process() {
    let log = Log::default();
    let _listening = log.listen();
    run(async {
        let recorder = Recorder::plain().await;
        let server = recorder.server();
        for clients in [Clients::new(&server), Clients::new(&server.clone())] {
            for operation in Operation::all() {
                sample(&clients, operation.id()).await.unwrap();
            }
        }
        assert_eq!(recorder.requests().len(), 2 * Operation::all().len());

        let warnings = log.warnings();
        assert_eq!(warnings.len(), 14, "{warnings:?}");
        for (warning, operation) in warnings.iter().zip(deprecated()) {
            let deprecation = operation.deprecation().unwrap();
            let field = |name: &str| warning.fields.get(name).map(String::as_str);
            assert_eq!(field("operation"), Some(operation.id()));
            assert_eq!(
                field("replacement"),
                deprecation.replaced_by().map(Operation::id)
            );
            let note = field("note").unwrap();
            assert_eq!(note, deprecation.note().replace('`', ""));
            assert_eq!(warning.within, Some("call"), "an exporter needs a span");
            assert_eq!(field("server.address"), Some("127.0.0.1"));
            assert_eq!(field("server.port"), Some(port(&recorder).as_str()));
            assert!(field("message").unwrap().contains("deprecated"));
            assert_eq!(
                warning.fields.len(),
                5 + usize::from(deprecation.replaced_by().is_some()),
                "{warning:?}"
            );
        }

        let other = Recorder::plain().await;
        for operation in deprecated() {
            sample(&other.clients(), operation.id()).await.unwrap();
        }
        assert_eq!(log.warnings().len(), 14, "another server is no news");
    });
}

#[test]
fn the_wait_of_a_rotation_or_a_batch_is_in_the_callers_span() {
    for in_flight in [None, Some(1)] {
        let log = Log::default();
        let _listening = log.listen();
        run(async {
            let is_first = std::sync::atomic::AtomicBool::new(true);
            let recorder = Recorder::start(move |request| {
                match is_first.swap(false, std::sync::atomic::Ordering::Relaxed) {
                    true => CannedResponse::empty(429).header("retry-after", "0"),
                    false => CannedResponse::plain(request),
                }
            })
            .await;
            let retry = RetryPolicy::default().wait_for_rate_limits(Duration::from_secs(60));
            let builder = recorder.builder().retry(retry);
            let server = match in_flight {
                Some(most) => builder.max_in_flight(most),
                None => builder,
            };
            let app = Clients::new(&server.build().unwrap()).app;
            let job = tracing::info_span!("job");
            match in_flight {
                Some(_) => {
                    let mut batch = app.check_tokens([token()]);
                    batch.next().instrument(job).await.unwrap().1.unwrap();
                }
                None => {
                    let old = token();
                    let rotation = app.rotate_token(&old).into_future();
                    rotation.instrument(job).await.unwrap();
                }
            }
        });
        let warnings = log.warnings();
        assert_eq!(warnings.len(), 1, "{warnings:?}");
        assert_eq!(warnings[0].within, Some("job"));
        for entry in log.all() {
            if entry.fields.contains_key("otel.name") {
                assert_eq!(entry.within, Some("job"), "{entry:?}");
            }
        }
    }
}
