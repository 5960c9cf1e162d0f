//! The meaning of a 404: a token that is not live, or something that only looks like it.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

mod tokens;

use common::{
    CLIENT_ID, CLIENT_SECRET, CannedResponse, Recorder, Request, TOKEN, bad_credentials, not_found,
    run, token,
};
use ghes_oauth::{AppCredentials, ErrorKind, OAuthApp, Rotation, Server};
use serde_json::json;

/// GitHub's response to an unknown token.
fn github(request: &Request) -> CannedResponse {
    let known = request.credentials() == format!("{CLIENT_ID}:{CLIENT_SECRET}");
    match (
        request.path() == format!("/api/v3/applications/{CLIENT_ID}/token"),
        known,
    ) {
        (true, true) => not_found(),
        (true, false) => bad_credentials(),
        // Beside its API a GHES has pages for people.
        (false, _) => CannedResponse::html(404),
    }
}

fn app_at(recorder: &Recorder, secret: &str) -> OAuthApp {
    recorder
        .server()
        .oauth_app(AppCredentials::new(CLIENT_ID, secret).unwrap())
}

#[test]
fn right_credentials_on_the_right_base_pass() {
    run(async {
        let recorder = Recorder::start(github).await;
        app_at(&recorder, CLIENT_SECRET).preflight().await.unwrap();
        let requests = recorder.requests();
        assert_eq!(
            requests.len(),
            2,
            "one with the secret, one with a wrong one"
        );
        assert_eq!(
            requests[0].credentials(),
            format!("{CLIENT_ID}:{CLIENT_SECRET}")
        );
        assert_ne!(requests[1].credentials(), requests[0].credentials());
        assert!(
            requests[1]
                .credentials()
                .starts_with(&format!("{CLIENT_ID}:"))
        );
        let asked = |request: &Request| request.json()["access_token"].as_str().unwrap().to_owned();
        assert_eq!(asked(&requests[0]), asked(&requests[1]));
        assert!(
            !requests.iter().any(|request| request.body.contains(TOKEN)),
            "no real token is risked"
        );
    });
}

#[test]
fn no_two_preflights_ask_for_the_same_token() {
    run(async {
        let recorder = Recorder::start(github).await;
        app_at(&recorder, CLIENT_SECRET).preflight().await.unwrap();
        app_at(&recorder, CLIENT_SECRET).preflight().await.unwrap();
        let requests = recorder.requests();
        assert_ne!(requests[0].body, requests[2].body);
    });
}

#[test]
fn a_wrong_secret_is_reported_after_one_request() {
    run(async {
        let recorder = Recorder::start(github).await;
        let error = app_at(&recorder, "not-the-secret")
            .preflight()
            .await
            .unwrap_err();
        assert!(error.kind() == ErrorKind::Unauthorized, "{error}");
        assert_eq!(error.github_message(), Some("Bad credentials"));
        assert!(!format!("{error} {error:?}").contains("not-the-secret"));
        assert_eq!(recorder.requests().len(), 1);
    });
}

#[test]
fn a_base_url_that_is_not_the_apis_is_reported() {
    run(async {
        let cases = [
            ("a page for people", CannedResponse::html(404)),
            ("nothing", CannedResponse::empty(404)),
            (
                "the 404 of another API",
                CannedResponse::json(404, &json!({ "error": "not_found" })),
            ),
            (
                "the 404 of a gateway",
                CannedResponse::json(
                    404,
                    &json!({ "message": "no Route matched with those values" }),
                ),
            ),
            ("GitHub's 404, for everything", not_found()),
            (
                "null, for everything",
                CannedResponse::json(200, &json!(null)),
            ),
            (
                "an authorization, for everything",
                CannedResponse::json(200, &json!({ "id": 1 })),
            ),
        ];
        for (case, response) in cases {
            let recorder = Recorder::responding(response).await;
            let error = app_at(&recorder, CLIENT_SECRET)
                .preflight()
                .await
                .expect_err(case);
            assert_eq!(error.kind(), ErrorKind::NoSuchEndpoint, "{case}: {error}");
            assert!(error.to_string().contains("base URL"), "{case}: {error}");
        }
        let recorder = Recorder::start(github).await;
        let beside = Server::new(format!("{}/elsewhere", recorder.url())).unwrap();
        let error = beside
            .oauth_app(common::app_credentials())
            .preflight()
            .await
            .unwrap_err();
        assert!(error.kind() == ErrorKind::NoSuchEndpoint, "{error}");
    });
}

#[test]
fn any_other_error_fails_the_preflight() {
    run(async {
        for (response, kind) in [
            (CannedResponse::json(500, &json!({})), ErrorKind::Server),
            (CannedResponse::html(503), ErrorKind::Server),
            (CannedResponse::html(200), ErrorKind::Decode),
            (CannedResponse::json(200, &json!([])), ErrorKind::Decode),
            (
                CannedResponse::empty(302).header("location", "https://sso.example.com/login"),
                ErrorKind::RedirectRefused,
            ),
            (
                CannedResponse::json(403, &json!({ "message": "no" })),
                ErrorKind::Forbidden,
            ),
            (
                CannedResponse::json(422, &json!({ "message": "no" })),
                ErrorKind::Validation,
            ),
            (
                CannedResponse::json(400, &json!({ "message": "unsupported version" })),
                ErrorKind::UnsupportedApiVersion,
            ),
        ] {
            let recorder = Recorder::responding(response).await;
            assert_eq!(
                app_at(&recorder, CLIENT_SECRET)
                    .preflight()
                    .await
                    .unwrap_err()
                    .kind(),
                kind
            );
            assert_eq!(recorder.requests().len(), 1, "{kind:?}");
        }
        // The second request fails for another reason than wrong credentials: nothing is proved.
        let recorder = Recorder::start(|request| match github(request) {
            _ if !request.credentials().ends_with(CLIENT_SECRET) => CannedResponse::html(502),
            response => response,
        })
        .await;
        assert_eq!(
            app_at(&recorder, CLIENT_SECRET)
                .preflight()
                .await
                .unwrap_err()
                .kind(),
            ErrorKind::Server
        );
    });
}

#[test]
fn servers_without_check_token_are_asked_by_the_operation_that_they_have() {
    use ghes_oauth::{AccessToken, GhesVersion};
    run(async {
        for is_set in [true, false] {
            let ghes = ghes_oauth_fake::FakeGhes::builder()
                .version(2, 19)
                .app(CLIENT_ID, CLIENT_SECRET)
                .user("octocat", "password")
                .start()
                .unwrap();
            let builder = Server::builder(ghes.url());
            let server = if is_set {
                builder.ghes_version(GhesVersion::new(2, 19))
            } else {
                builder
            }
            .build()
            .unwrap();
            let app = server.oauth_app(common::app_credentials());
            app.preflight().await.unwrap();
            let error = server
                .oauth_app(AppCredentials::new(CLIENT_ID, "wrong").unwrap())
                .preflight()
                .await
                .unwrap_err();
            assert!(
                (error.kind() == ErrorKind::Unauthorized)
                    || error.kind() == ErrorKind::NoSuchEndpoint,
                "{error}"
            );

            let live = AccessToken::new(ghes.issue_token(CLIENT_ID, "octocat", &[]).unwrap());
            let rotation = app.rotate_token(&live).await.unwrap();
            assert!(matches!(rotation, Rotation::Rotated(_)));
            let error = app.rotate_token(&token()).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::NotFound);
        }
    });
}

#[test]
fn the_fake_passes_too() {
    let ghes = ghes_oauth_fake::FakeGhes::builder()
        .app(CLIENT_ID, CLIENT_SECRET)
        .start()
        .unwrap();
    run(async {
        let server = Server::new(ghes.url()).unwrap();
        server
            .oauth_app(common::app_credentials())
            .preflight()
            .await
            .unwrap();
        let error = server
            .oauth_app(AppCredentials::new(CLIENT_ID, "wrong").unwrap())
            .preflight()
            .await
            .unwrap_err();
        assert!(error.kind() == ErrorKind::Unauthorized, "{error}");
        let error = server
            .oauth_app(AppCredentials::new("another-app", CLIENT_SECRET).unwrap())
            .preflight()
            .await
            .unwrap_err();
        assert!(
            (error.kind() == ErrorKind::Unauthorized) || error.kind() == ErrorKind::NoSuchEndpoint,
            "{error}"
        );
    });
}
