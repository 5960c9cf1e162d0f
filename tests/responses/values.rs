//! Values by the status and the body: created or existing, none or an error.

use crate::Reader;
use common::{CannedResponse, Recorder, run, sample, token};
use ghes_oauth::{ErrorKind, GetOrCreate, NewAuthorization};
use serde_json::{Value, json};

#[test]
fn a_token_that_is_not_revealed_is_none() {
    run(async {
        let reader = Reader::start().await;
        for hidden in [
            json!({ "id": 1, "token": "" }),
            json!({ "id": 1, "token": null }),
            json!({ "id": 1 }),
        ] {
            assert!(
                reader.read(&hidden).await.unwrap().token.is_none(),
                "{hidden}"
            );
            let recorder = Recorder::responding(CannedResponse::json(
                200,
                &json!([hidden, { "id": 2, "token": "shown" }]),
            ))
            .await;
            let items = recorder
                .clients()
                .user
                .list_authorizations()
                .await
                .unwrap()
                .items;
            let tokens: Vec<Option<&str>> = items
                .iter()
                .map(|item| {
                    item.token
                        .as_ref()
                        .map(ghes_oauth::AccessToken::expose_secret)
                })
                .collect();
            assert_eq!(tokens, [None, Some("shown")]);
        }
    });
}

#[test]
fn created_and_existing_are_known_by_the_status_and_no_token_is_hidden() {
    run(async {
        for (status, sent) in [(201, "fresh"), (200, ""), (200, "shown all the same")] {
            let body = json!({ "id": 1, "token": sent });
            let recorder = Recorder::responding(
                CannedResponse::json(status, &body)
                    .header("location", "https://ghe/authorizations/1"),
            )
            .await;
            let user = recorder.clients().user;
            let app = common::app_credentials();
            for response in [
                user.get_or_create_authorization_for_app(&app, NewAuthorization::new())
                    .await
                    .unwrap(),
                user.get_or_create_authorization_for_app_and_fingerprint(
                    &app,
                    "f",
                    NewAuthorization::new(),
                )
                .await
                .unwrap(),
            ] {
                assert_eq!(matches!(response, GetOrCreate::Created(_)), status == 201);
                let created = response
                    .created_token()
                    .map(ghes_oauth::AccessToken::expose_secret);
                assert_eq!(created, Some(sent).filter(|sent| !sent.is_empty()));
                assert_eq!(response.authorization().id.get(), 1);
            }
        }
    });
}

#[test]
fn null_is_a_response_to_a_check_and_to_no_other_call() {
    run(async {
        let recorder = Recorder::responding(CannedResponse::json(200, &Value::Null)).await;
        let clients = recorder.clients();
        for id in ["apps/check-token", "apps/check-authorization"] {
            assert_eq!(
                sample(&clients, id).await.unwrap().value.json,
                Value::Null,
                "{id}"
            );
        }
        for id in [
            "apps/scope-token",
            "oauth-authorizations/get-grant",
            "oauth-authorizations/list-authorizations",
        ] {
            assert!(sample(&clients, id).await.is_err(), "{id}");
        }
    });
}

#[test]
fn a_grant_and_its_list_are_as_lenient() {
    run(async {
        let grants = json!([{ "id": 1 }, { "id": 2, "app": null, "scopes": null, "created_at": "?", "user": null, "later": 1 }]);
        let recorder = Recorder::responding(CannedResponse::json(200, &grants)).await;
        let items = recorder.clients().user.list_grants().await.unwrap().items;
        assert_eq!(
            items.iter().map(|item| item.id.get()).collect::<Vec<_>>(),
            [1, 2]
        );
        assert_eq!(items[1].created_at.as_ref().unwrap().as_str(), "?");
    });
}

#[test]
fn an_empty_response_needs_neither_length_nor_type_and_a_sign_in_page_is_refused() {
    run(async {
        for response in [
            CannedResponse::empty(204),
            CannedResponse::empty(204).header("content-type", "application/octet-stream"),
            CannedResponse::empty(200),
        ] {
            let recorder = Recorder::responding(response).await;
            recorder.clients().app.delete_token(&token()).await.unwrap();
        }
        let recorder = Recorder::responding(CannedResponse::html(200)).await;
        let error = recorder
            .clients()
            .app
            .delete_token(&token())
            .await
            .unwrap_err();
        assert!(
            (error.kind() == ErrorKind::Decode),
            "who believes such a page believes a live token not live: {error}"
        );
    });
}

#[test]
fn a_404_after_a_redirect_is_not_about_the_token() {
    run(async {
        for (first, is_error) in [(false, false), (true, true)] {
            let recorder = Recorder::start(move |request| {
                if first && request.path().contains("/tokens/") {
                    return CannedResponse::empty(302).header("location", "/api/v3/elsewhere");
                }
                common::not_found()
            })
            .await;
            let app = recorder.clients().app;
            let checked = app.check_authorization(&token()).await;
            assert_eq!(checked.is_err(), is_error);
            assert!(checked.ok().flatten().is_none());
        }
    });
}
