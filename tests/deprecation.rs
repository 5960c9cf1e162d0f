//! Deprecated operations at run time: the policies, the log, and the server's headers.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use common::{
    CLIENT_SECRET, CannedResponse, Clients, Log, OTP, PASSWORD, Recorder, TOKEN, deprecated, run,
    sample, token,
};
use ghes_oauth::{DeprecationHeader, DeprecationPolicy, ErrorKind, Operation};
use serde_json::json;
use std::time::{Duration, UNIX_EPOCH};

async fn with_policy(recorder: &Recorder, policy: DeprecationPolicy) -> Clients {
    Clients::new(
        &recorder
            .builder()
            .deprecation_policy(policy)
            .build()
            .unwrap(),
    )
}

#[test]
fn fourteen_are_deprecated_and_each_names_its_replacement() {
    assert_eq!(deprecated().count(), 14);
    for operation in deprecated() {
        let deprecation = operation.deprecation().unwrap();
        match deprecation.replaced_by() {
            Some(replacement) => {
                assert!(
                    replacement.deprecation().is_none()
                        && replacement.credentials() == operation.credentials(),
                    "{operation:?}"
                );
                assert!(
                    deprecation
                        .note()
                        .contains(&format!("`{}`", replacement.name())),
                    "{operation:?}"
                );
            }
            None => assert!(
                deprecation.note().contains("web application flow"),
                "{operation:?}"
            ),
        }
    }
}

#[test]
fn denied_operations_are_not_sent_and_name_their_replacement() {
    run(async {
        let recorder = Recorder::plain().await;
        let clients = with_policy(&recorder, DeprecationPolicy::Deny).await;
        for operation in deprecated() {
            let error = sample(&clients, operation.id()).await.unwrap_err();
            assert!(
                (error.kind() == ErrorKind::DeniedByPolicy) && !error.is_retryable(),
                "{error}"
            );
            assert_eq!(error.operation().unwrap().id(), operation.id());
            let replacement = operation
                .deprecation()
                .unwrap()
                .replaced_by()
                .map_or("web application flow", Operation::name);
            let text = error.to_string();
            assert!(
                text.contains(replacement) && text.contains(operation.name()),
                "{text}"
            );
        }
        assert!(recorder.requests().is_empty(), "denied is not sent");
        let others = Operation::all()
            .iter()
            .filter(|operation| operation.deprecation().is_none());
        for operation in others.clone() {
            sample(&clients, operation.id()).await.unwrap();
        }
        assert_eq!(recorder.requests().len(), others.count());
    });
}

#[test]
fn allowed_operations_are_sent_in_silence() {
    let log = Log::default();
    let _listening = log.listen();
    run(async {
        let recorder = Recorder::plain().await;
        let clients = with_policy(&recorder, DeprecationPolicy::Allow).await;
        for operation in deprecated() {
            sample(&clients, operation.id()).await.unwrap();
        }
        assert_eq!(recorder.requests().len(), 14);
    });
    assert!(log.warnings().is_empty(), "{:?}", log.warnings());
}

#[test]
fn nothing_that_is_traced_holds_a_secret() {
    let log = Log::default();
    let _listening = log.listen();
    run(async {
        let recorder = Recorder::start(|_| {
            CannedResponse::json(
                500,
                &json!({ "message": format!("{TOKEN} {CLIENT_SECRET}") }),
            )
        })
        .await;
        let clients = recorder.clients();
        for operation in Operation::all() {
            sample(&clients, operation.id()).await.unwrap_err();
        }
        #[allow(deprecated, reason = "a call with a one-time password")]
        clients
            .user
            .get_grant(common::grant(1))
            .otp(OTP)
            .await
            .unwrap_err();
    });
    assert!(
        log.all()
            .iter()
            .filter(|entry| entry.target.starts_with("ghes_oauth") && !entry.is_event)
            .count()
            >= 20,
        "a span a call"
    );
    for secret in [
        TOKEN,
        CLIENT_SECRET,
        common::PERSONAL_APP_SECRET,
        PASSWORD,
        OTP,
        "Basic ",
        common::FINGERPRINT,
    ] {
        assert!(!log.mentions(secret), "{secret} was traced");
    }
    tracing::debug!(planted = TOKEN, "the search finds what is there");
    assert!(log.mentions(TOKEN));
}

#[test]
fn the_headers_of_a_response_are_data() {
    run(async {
        let response = CannedResponse::json(200, &json!({ "id": 1 }))
            .header("deprecation", "Fri, 14 Feb 2020 16:00:00 GMT")
            .header("sunset", "Wed, 05 May 2021 16:00:00 GMT");
        let recorder = Recorder::responding(response).await;
        let metadata = recorder
            .clients()
            .app
            .check_token(&token())
            .send()
            .await
            .unwrap()
            .into_parts()
            .1;
        let seconds = |seconds| UNIX_EPOCH + Duration::from_secs(seconds);
        assert_eq!(
            metadata.deprecation(),
            Some(DeprecationHeader::Since(seconds(1_581_696_000)))
        );
        assert_eq!(metadata.sunset(), Some(seconds(1_620_230_400)));

        let error_response = common::not_found()
            .header("deprecation", "@1688169599")
            .header("sunset", "some day");
        let recorder = Recorder::responding(error_response).await;
        let error = recorder
            .clients()
            .app
            .delete_token(&token())
            .await
            .unwrap_err();
        let metadata = error.metadata().unwrap();
        assert_eq!(
            metadata.deprecation(),
            Some(DeprecationHeader::Since(seconds(1_688_169_599)))
        );
        assert_eq!(metadata.sunset(), None, "junk is no date");

        let recorder = Recorder::plain().await;
        let metadata = recorder
            .clients()
            .app
            .check_token(&token())
            .send()
            .await
            .unwrap()
            .into_parts()
            .1;
        assert_eq!((metadata.deprecation(), metadata.sunset()), (None, None));
    });
}
