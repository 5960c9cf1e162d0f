//! The result of a check of a token.

use crate::app_at;
use common::{CLIENT_SECRET, CannedResponse, Recorder, bad_credentials, not_found, run, token};
use ghes_oauth::ErrorKind;
use serde_json::json;

#[test]
fn check_token_returns_none_for_a_token_that_is_not_live_and_an_error_otherwise() {
    run(async {
        let not_live = [
            not_found(),
            CannedResponse::json(404, &json!({ "message": "Not Found" }))
                .header("x-github-media-type", "github.v3; format=json"),
            CannedResponse::json(200, &json!(null)),
        ];
        for response in not_live {
            let recorder = Recorder::responding(response).await;
            let response = app_at(&recorder, CLIENT_SECRET)
                .check_token(&token())
                .send()
                .await
                .unwrap();
            assert!(response.value().is_none());
            assert!(
                matches!(response.metadata().status().as_u16(), 200 | 404),
                "the metadata stays readable"
            );
        }
        for (response, kind) in [
            (bad_credentials(), ErrorKind::Unauthorized),
            (CannedResponse::html(401), ErrorKind::Unauthorized),
            (CannedResponse::html(404), ErrorKind::NoSuchEndpoint),
            (CannedResponse::empty(404), ErrorKind::NoSuchEndpoint),
            (
                CannedResponse::json(404, &json!({ "message": "Not Found" })),
                ErrorKind::NoSuchEndpoint,
            ),
            (
                CannedResponse::json(
                    404,
                    &json!({ "message": "Not Found", "documentation_url": "https://docs.github.com/rest" }),
                )
                .header("x-github-request-id", "C0DE:1F2E:3D4C5B"),
                ErrorKind::NoSuchEndpoint,
            ),
            (
                CannedResponse::json(404, &json!({})).header("x-github-request-id", "C0DE:1F2E:3D4C5B"),
                ErrorKind::NoSuchEndpoint,
            ),
            (CannedResponse::json(404, &json!([])), ErrorKind::NoSuchEndpoint),
            (CannedResponse::json(404, &json!(null)), ErrorKind::NoSuchEndpoint),
            (
                CannedResponse::json(404, &json!({ "message": "404 page not found" })),
                ErrorKind::NoSuchEndpoint,
            ),
            (
                CannedResponse::json(410, &json!({ "message": "gone" })),
                ErrorKind::Gone,
            ),
            (CannedResponse::empty(204), ErrorKind::Decode),
            (CannedResponse::empty(200), ErrorKind::Decode),
            (CannedResponse::html(200), ErrorKind::Decode),
            (CannedResponse::json(200, &json!({})), ErrorKind::Decode),
            (
                CannedResponse::json(500, &json!({ "message": "Not Found" })),
                ErrorKind::Server,
            ),
        ] {
            let recorder = Recorder::responding(response).await;
            assert_eq!(
                app_at(&recorder, CLIENT_SECRET)
                    .check_token(&token())
                    .await
                    .unwrap_err()
                    .kind(),
                kind
            );
        }
    });
}
