//! Calls that create a token: a success has one, or it is an error whose outcome is that the request was performed.

use common::{CannedResponse, Recorder};
use common::{run, sample, token};
use ghes_oauth::{ErrorKind, Exposed, IssuedToken, Outcome, Redacted};
use serde_json::json;

const ISSUING: [&str; 4] = [
    "apps/reset-token",
    "apps/scope-token",
    "apps/reset-authorization",
    "oauth-authorizations/create-authorization",
];

#[test]
fn a_success_without_a_token_is_an_error() {
    run(async {
        for body in [
            json!({ "id": 1 }),
            json!({ "id": 1, "token": "" }),
            json!({ "id": 1, "token": null }),
        ] {
            for status in [200, 201] {
                let recorder = Recorder::responding(CannedResponse::json(status, &body)).await;
                for id in ISSUING {
                    let error = sample(&recorder.clients(), id).await.unwrap_err();
                    assert_eq!(error.kind(), ErrorKind::Decode, "{id} {body}");
                    assert_eq!(error.outcome(), Outcome::Performed, "{id} {body}");
                    assert!(error.recovered_token().is_none() && !error.is_retryable());
                    assert!(
                        error.to_string().contains("performed the operation"),
                        "{error}"
                    );
                }
            }
        }
    });
}

#[test]
fn an_issued_token_is_printed_nowhere_and_serialized_on_request() {
    run(async {
        let body = json!({ "id": 1, "scopes": ["repo"], "token": "gho_plan7ed" });
        let recorder = Recorder::responding(CannedResponse::json(200, &body)).await;
        let issued = recorder.clients().app.reset_token(&token()).await.unwrap();
        assert_eq!(issued.token.expose_secret(), "gho_plan7ed");
        assert!(issued.authorization.token.is_none());
        assert!(!format!("{issued:?} {issued:#?}").contains("plan7ed"));
        let written = serde_json::to_value(Exposed(&issued)).unwrap();
        assert_eq!(written["token"], "gho_plan7ed");
        let read: IssuedToken = serde_json::from_value(written).unwrap();
        assert_eq!(read, issued);
        let masked = serde_json::to_value(Redacted(&issued)).unwrap();
        assert_eq!(masked["token"], "[REDACTED]");
        assert_eq!(masked["authorization"]["scopes"], json!(["repo"]));
    });
}

#[test]
fn a_success_with_an_invalid_id_keeps_the_token() {
    run(async {
        for id in [json!(null), json!("1"), json!(1.5), json!(0), json!(-7)] {
            let body = json!({ "id": id, "token": "gho_plan7ed" });
            let recorder = Recorder::responding(CannedResponse::json(201, &body)).await;
            for operation in ISSUING {
                let error = sample(&recorder.clients(), operation).await.unwrap_err();
                assert_eq!(error.kind(), ErrorKind::Decode, "{operation} {id}");
                assert_eq!(error.outcome(), Outcome::Performed, "{operation} {id}");
                let token = error.recovered_token().unwrap();
                assert_eq!(token.expose_secret(), "gho_plan7ed");
            }
        }
    });
}

#[test]
fn a_text_that_cannot_be_a_token_is_returned_by_the_error_alone() {
    run(async {
        for masked in [
            "***",
            "[FILTERED]",
            "gho_16C7…",
            " gho_plan7ed",
            "<redacted>",
        ] {
            let body = json!({ "id": 1, "token": masked });
            let recorder = Recorder::responding(CannedResponse::json(201, &body)).await;
            for id in ISSUING {
                let error = sample(&recorder.clients(), id).await.unwrap_err();
                assert_eq!(error.kind(), ErrorKind::Decode, "{id} {masked}");
                assert_eq!(error.outcome(), Outcome::Performed, "{id} {masked}");
                // The caller decides what the text is: it may be a token in a form that this release does not know.
                assert_eq!(error.recovered_token().unwrap().expose_secret(), masked);
                assert!(!format!("{error} {error:?}").contains("plan7ed"));
            }
        }
    });
}
