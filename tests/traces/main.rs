//! The traces of a call: its span by OpenTelemetry's conventions for HTTP clients, and its events.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

mod attempts;
mod warnings;

use common::{CannedResponse, Clients, Log, Recorder, run, token};
use ghes_oauth::RetryPolicy;
use std::collections::BTreeMap;
use std::time::Duration;
use tracing::Level;

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

/// Sends a check in as many attempts, each of which fails with a 503.
async fn failing_check(attempts: u32) -> Recorder {
    let recorder = Recorder::responding(CannedResponse::empty(503)).await;
    let retry = RetryPolicy::default().attempts(attempts);
    let retry = retry.backoff(Duration::from_millis(1), Duration::from_millis(1));
    let server = recorder.builder().retry(retry).build().unwrap();
    let call = Clients::new(&server).app.check_token(&token());
    call.await.unwrap_err();
    recorder
}

#[test]
fn the_front_page_names_each_field() {
    let page = include_str!("../../src/lib.rs");
    let log = Log::default();
    let _listening = log.listen();
    run(async {
        failing_check(2).await;
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
        let recorder = failing_check(3).await;
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
