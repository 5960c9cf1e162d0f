//! The traces of a call: its span by OpenTelemetry's conventions for HTTP clients, and its events.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use common::{
    CannedResponse, Clients, Log, Recorder, deprecated, run, sample, token, user_credentials,
};
use ghes_oauth::{DeprecationPolicy, ErrorKind, Operation, RetryPolicy};
use std::collections::BTreeMap;
use std::time::Duration;
use tracing::{Instrument as _, Level};

fn port(recorder: &Recorder) -> String {
    let url = recorder.url();
    url.rsplit(':')
        .next()
        .unwrap()
        .split('/')
        .next()
        .unwrap()
        .to_owned()
}

/// The fields of a check's span from its start, and these.
fn span_of_a_check(port: &str, more: &[(&'static str, &str)]) -> BTreeMap<&'static str, String> {
    let fields = [
        ("http.request.method", "POST"),
        ("operation", "apps/check-token"),
        ("otel.kind", "client"),
        ("otel.name", "POST /applications/{client_id}/token"),
        ("server.address", "127.0.0.1"),
        ("server.port", port),
        ("url.template", "/applications/{client_id}/token"),
    ];
    let owned = |(name, value): &(&'static str, &str)| (*name, (*value).to_owned());
    fields.iter().chain(more).map(owned).collect()
}

#[test]
fn the_front_page_names_each_field() {
    let page = include_str!("../src/lib.rs");
    let log = Log::default();
    let _listening = log.listen();
    run(async {
        let recorder = Recorder::responding(CannedResponse::empty(503)).await;
        let retry = RetryPolicy::default().attempts(2);
        let retry = retry.backoff(Duration::from_millis(1), Duration::from_millis(1));
        let server = recorder.builder().retry(retry).build().unwrap();
        let call = Clients::new(&server).app.check_token(&token());
        call.await.unwrap_err();
    });
    let events = log.events(Level::DEBUG).into_iter();
    let fields = events.flat_map(|event| event.fields.into_keys());
    for field in fields.chain(log.only_span().into_keys()) {
        let is_named = field == "message" || page.contains(&format!("`{field}`"));
        assert!(is_named, "{field}");
    }
}

#[test]
fn the_span_of_a_success() {
    let log = Log::default();
    let _listening = log.listen();
    run(async {
        let recorder = Recorder::plain().await;
        recorder.clients().app.check_token(&token()).await.unwrap();
        let expected = [("http.response.status_code", "200")];
        assert_eq!(
            log.only_span(),
            span_of_a_check(&port(&recorder), &expected)
        );
        let attempts = log.events(Level::DEBUG);
        let expected: BTreeMap<_, _> = [
            ("attempt", "1"),
            ("http.response.status_code", "200"),
            ("message", "attempt"),
            ("operation", "apps/check-token"),
        ]
        .map(|(name, value)| (name, value.to_owned()))
        .into();
        assert_eq!(attempts.len(), 1, "{attempts:?}");
        assert_eq!(attempts[0].fields, expected);
        assert!(log.warnings().is_empty());
    });
}

#[test]
fn the_span_of_a_failure_and_an_event_for_each_of_its_attempts() {
    let log = Log::default();
    let _listening = log.listen();
    run(async {
        let recorder = Recorder::responding(CannedResponse::empty(503)).await;
        let retry = RetryPolicy::default().attempts(3);
        let retry = retry.backoff(Duration::from_millis(1), Duration::from_millis(1));
        let server = recorder.builder().retry(retry).build().unwrap();
        let call = Clients::new(&server).app.check_token(&token());
        call.await.unwrap_err();
        let expected = [
            ("error.type", "Server"),
            ("http.request.resend_count", "2"),
            ("http.response.status_code", "503"),
            ("otel.status_code", "ERROR"),
        ];
        assert_eq!(
            log.only_span(),
            span_of_a_check(&port(&recorder), &expected)
        );
        let attempts = log.events(Level::DEBUG);
        assert_eq!(attempts.len(), 3, "{attempts:?}");
        for (number, attempt) in (1..).zip(&attempts) {
            assert_eq!(attempt.fields["attempt"], number.to_string());
            assert_eq!(attempt.fields["http.response.status_code"], "503");
            assert_eq!(attempt.fields.contains_key("retry_in_ms"), number < 3);
        }
    });
}

/// The numbers, statuses and waits in the events of attempts.
fn attempts(log: &Log) -> Vec<(String, String, Option<String>)> {
    let field = |event: &common::Entry, name: &str| event.fields.get(name).cloned();
    let row = |event: common::Entry| {
        let number = field(&event, "attempt").unwrap();
        let status = field(&event, "http.response.status_code").unwrap_or_default();
        (number, status, field(&event, "retry_in_ms"))
    };
    log.events(Level::DEBUG).into_iter().map(row).collect()
}

#[test]
#[allow(deprecated, reason = "only these operations have one-time passwords")]
fn a_redirect_and_another_one_time_password_are_attempts() {
    let row = |number: &str, status: &str, wait: Option<&str>| {
        (
            number.to_owned(),
            status.to_owned(),
            wait.map(str::to_owned),
        )
    };
    let asks = || CannedResponse::empty(401).header("x-github-otp", "required; app");
    run(async {
        for (has_one, expected, resent) in [
            (
                true,
                vec![
                    row("1", "302", None),
                    row("2", "401", Some("0")),
                    row("3", "302", None),
                    row("4", "200", None),
                ],
                Some("3"),
            ),
            (
                false,
                vec![row("1", "302", None), row("2", "401", None)],
                Some("1"),
            ),
        ] {
            let recorder = Recorder::start(move |request| {
                match (
                    request.path().ends_with("/moved"),
                    request.header("x-github-otp"),
                ) {
                    (false, _) => CannedResponse::empty(302).header("location", "/moved"),
                    (true, Some("222222")) => {
                        CannedResponse::json(200, &serde_json::json!([{ "id": 1 }]))
                    }
                    (true, _) => asks(),
                }
            })
            .await;
            let source = move |request: ghes_oauth::OtpRequest| async move {
                let password = ["111111", "222222"][request.attempt as usize - 1];
                let given = ghes_oauth::OneTimePassword::new(password);
                has_one
                    .then_some(given)
                    .ok_or_else(|| "nobody is here".into())
            };
            // Another test counts the warnings about deprecated operations.
            let server = recorder
                .builder()
                .deprecation_policy(DeprecationPolicy::Allow);
            let mine = server
                .build()
                .unwrap()
                .authorizations(user_credentials().otp_from(source));
            let log = Log::default();
            let _listening = log.listen();
            let result = mine.list_authorizations().await;
            assert_eq!(result.is_ok(), has_one);
            assert_eq!(recorder.requests().len(), expected.len());
            assert_eq!(attempts(&log), expected);
            let span = log.only_span();
            let count = span.get("http.request.resend_count");
            assert_eq!(count.map(String::as_str), resent);
        }
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

#[test]
fn the_span_of_a_call_without_a_connection() {
    let log = Log::default();
    let _listening = log.listen();
    run(async {
        let server = ghes_oauth::Server::builder("http://127.0.0.1:1").retry(RetryPolicy::none());
        let clients = Clients::new(&server.build().unwrap());
        clients.app.check_token(&token()).await.unwrap_err();
        let expected = [("error.type", "Connection"), ("otel.status_code", "ERROR")];
        assert_eq!(log.only_span(), span_of_a_check("1", &expected));
        let attempts = log.events(Level::DEBUG);
        assert_eq!(attempts.len(), 1, "{attempts:?}");
        assert_eq!(attempts[0].fields["error.type"], "Connection");
    });
}

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
