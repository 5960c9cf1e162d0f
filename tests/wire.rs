//! Requests on the wire: each operation's request, pinned, and its variants.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]
#![allow(deprecated, reason = "the deprecated calls are sent like the others")]

use common::{CLIENT_SECRET, OTP, PASSWORD, Recorder, Request, TOKEN, run, sample, token};
use ghes_oauth::{ApiVersion, CredentialKind, NewAuthorization, Operation};
use std::cell::Cell;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

#[test]
fn every_operation_sends_the_request_in_its_snapshot() {
    let mut stale = unlike_snapshots(|operation| {
        run(async {
            let request = request_of(operation).await;
            pin(&snapshot_name(operation), &request.show());
        });
    });
    let expected: BTreeSet<String> = Operation::all()
        .iter()
        .map(|operation| snapshot_name(operation))
        .collect();
    stale.extend(kept_snapshots().difference(&expected).cloned());
    assert!(
        stale.is_empty(),
        "stale snapshots in tests/snapshots: {stale:?}; refresh them with `cargo xtask regen` and review the diff"
    );
}

#[test]
fn one_operation_that_fails_keeps_no_snapshot_from_being_written() {
    let first = Operation::all()[0];
    let written = Cell::new(0);
    let stale = unlike_snapshots(|operation| {
        assert!(operation.id() != first.id(), "it sends nothing");
        written.set(written.get() + 1);
    });
    assert_eq!(stale, BTreeSet::from([snapshot_name(first)]));
    assert_eq!(written.get(), Operation::all().len() - 1);
}

/// Pins the request of each operation, and names the snapshots of those that cannot be pinned.
fn unlike_snapshots(pin: impl Fn(&Operation)) -> BTreeSet<String> {
    Operation::all()
        .iter()
        .filter(|operation| catch_unwind(AssertUnwindSafe(|| pin(operation))).is_err())
        .map(|operation| snapshot_name(operation))
        .collect()
}

/// `wire.apps.check-token`
fn snapshot_name(operation: &Operation) -> String {
    format!("wire.{}", operation.id().replace('/', "."))
}

fn pin(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_description(
        "The request as it arrives. Stale? Run `cargo xtask regen` and review the diff.",
    );
    settings.bind(|| insta::assert_snapshot!(name, text));
}

fn kept_snapshots() -> BTreeSet<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots");
    let files = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .map(|file| file.unwrap().file_name().into_string().unwrap());
    files
        .filter_map(|file| {
            file.strip_suffix(".snap")
                .filter(|name| name.starts_with("wire."))
                .map(str::to_owned)
        })
        .collect()
}

/// The one request that a call of the operation sends.
async fn request_of(operation: &Operation) -> Request {
    let recorder = Recorder::plain().await;
    sample(&recorder.clients(), operation.id())
        .await
        .unwrap_or_else(|error| panic!("{operation:?}: {error}"));
    recorder.only()
}

#[test]
fn no_request_carries_what_it_should_not() {
    run(async {
        for operation in Operation::all() {
            let request = request_of(operation).await;
            for absent in [
                "api-version",
                "referer",
                "cookie",
                "x-github-otp",
                "accept-encoding",
                "range",
                "if-none-match",
            ] {
                assert_eq!(request.header(absent), None, "{operation:?} sends {absent}");
            }
            for single in ["accept", "user-agent", "x-github-api-version", "host"] {
                assert_eq!(request.all(single).len(), 1, "{operation:?} and {single}");
            }
            assert_eq!(
                request.all("authorization").len(),
                usize::from(operation.credentials() != CredentialKind::None),
                "{operation:?}"
            );
            assert_eq!(
                request.header("content-type").is_some(),
                !request.body.is_empty(),
                "{operation:?}"
            );
            assert_eq!(
                request.target.contains(TOKEN),
                operation.path().contains("{access_token}"),
                "{operation:?}"
            );
            for secret in [CLIENT_SECRET, PASSWORD, common::PERSONAL_APP_SECRET] {
                assert!(
                    !request.target.contains(secret),
                    "{operation:?} has a secret in its URL"
                );
            }
            assert!(
                !request.body.contains(CLIENT_SECRET) && !request.body.contains(PASSWORD),
                "{operation:?}"
            );
        }
    });
}

#[test]
fn the_base_may_have_a_sub_path_and_api_v3() {
    run(async {
        let recorder = Recorder::plain().await;
        for (suffix, prefix) in [
            ("", ""),
            ("/", ""),
            ("/api/v3", ""),
            ("/api/v3/", ""),
            ("/git", "/git"),
            ("/git/api/v3/", "/git"),
        ] {
            let server = ghes_oauth::Server::new(format!("{}{suffix}", recorder.url())).unwrap();
            server
                .authorizations(common::user_credentials())
                .list_grants()
                .await
                .unwrap();
            assert_eq!(
                recorder.requests().pop().unwrap().target,
                format!("{prefix}/api/v3/applications/grants"),
                "{suffix}"
            );
        }
    });
}

#[test]
fn the_api_version_is_settable_and_can_be_left_out() {
    run(async {
        let recorder = Recorder::plain().await;
        for (version, sent) in [
            (ApiVersion::default(), Some("2022-11-28")),
            (ApiVersion::v2026_03_10(), Some("2026-03-10")),
            (ApiVersion::new("2031-05-17"), Some("2031-05-17")),
            (ApiVersion::unspecified(), None),
        ] {
            let server = recorder.builder().api_version(version).build().unwrap();
            server
                .oauth_app(common::app_credentials())
                .check_token(&token())
                .await
                .unwrap();
            assert_eq!(
                recorder
                    .requests()
                    .pop()
                    .unwrap()
                    .header("x-github-api-version"),
                sent
            );
        }
    });
}

#[test]
fn a_callers_name_precedes_ours() {
    run(async {
        let recorder = Recorder::plain().await;
        let server = recorder
            .builder()
            .user_agent("token-janitor/1.4")
            .build()
            .unwrap();
        server
            .oauth_app(common::app_credentials())
            .check_token(&token())
            .await
            .unwrap();
        let ours = concat!("ghes-oauth/", env!("CARGO_PKG_VERSION"));
        assert_eq!(
            recorder.only().all("user-agent"),
            [format!("token-janitor/1.4 {ours}")]
        );
    });
}

#[test]
fn a_one_time_password_goes_with_its_call_and_no_other() {
    run(async {
        let recorder = Recorder::plain().await;
        let user = recorder.clients().user;
        user.get_grant(common::grant(1)).otp(OTP).await.unwrap();
        user.create_authorization(None, NewAuthorization::new())
            .otp(OTP)
            .await
            .unwrap();
        user.get_grant(common::grant(1)).await.unwrap();
        let sent: Vec<Option<String>> = recorder
            .requests()
            .iter()
            .map(|request| request.header("x-github-otp").map(str::to_owned))
            .collect();
        assert_eq!(sent, [Some(OTP.to_owned()), Some(OTP.to_owned()), None]);
    });
}
