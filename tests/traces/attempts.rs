//! The requests that count as attempts.

use common::{CannedResponse, Log, Recorder, run, user_credentials};
use ghes_oauth::{Authorizations, DeprecationPolicy, OneTimePassword, OtpRequest, UserCredentials};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tracing::Level;

/// The operations of a user, without warnings: another test counts those about deprecated operations.
fn without_warnings(recorder: &Recorder, credentials: UserCredentials) -> Authorizations {
    let server = recorder
        .builder()
        .deprecation_policy(DeprecationPolicy::Allow);
    server.build().unwrap().authorizations(credentials)
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
                    (true, Some("222222")) => CannedResponse::json(200, &json!([{ "id": 1 }])),
                    (true, _) => asks(),
                }
            })
            .await;
            let source = move |request: OtpRequest| async move {
                let password = ["111111", "222222"][request.attempt as usize - 1];
                let given = OneTimePassword::new(password);
                has_one
                    .then_some(given)
                    .ok_or_else(|| "nobody is here".into())
            };
            let mine = without_warnings(&recorder, user_credentials().otp_from(source));
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

/// The client knows from an earlier call that the user has an authenticator app, and asks the source first.
#[test]
#[allow(deprecated, reason = "only these operations have one-time passwords")]
fn a_source_that_declines_before_a_request_leaves_no_attempt() {
    run(async {
        let recorder = Recorder::start(|request| match request.header("x-github-otp") {
            Some(_) => CannedResponse::json(200, &json!([])),
            None => CannedResponse::empty(401).header("x-github-otp", "required; app"),
        })
        .await;
        let declines = Arc::new(AtomicBool::new(false));
        let declining = declines.clone();
        let source = move |_: OtpRequest| {
            let given = match declining.load(Ordering::SeqCst) {
                true => Err("nobody is here".into()),
                false => Ok(OneTimePassword::new("111111")),
            };
            async { given }
        };
        let mine = without_warnings(&recorder, user_credentials().otp_from(source));
        mine.list_authorizations().await.unwrap();
        declines.store(true, Ordering::SeqCst);
        let log = Log::default();
        let _listening = log.listen();
        mine.list_authorizations().await.unwrap_err();
        assert_eq!(recorder.requests().len(), 2);
        assert_eq!(attempts(&log), []);
        let span = log.only_span();
        assert!(span.contains_key("error.type") && !span.contains_key("http.request.resend_count"));
    });
}
