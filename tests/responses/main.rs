//! Answers as servers of twelve years give them: members missing, `null`, odd or unknown. None costs the rest.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(
    deprecated,
    reason = "the deprecated calls are answered like the others"
)]

mod issued;
mod members;
mod values;

use common::{Answer, Recorder, run, sample, token, without_nulls};
use ghes_oauth::{
    Authorization, Error, ErrorKind, Exposed, NewAuthorization, OAuthApp, OtpDelivery,
    PermissionLevel, UserCredentials,
};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

/// The whole authorization of GitHub's sample of a scoped token.
fn whole() -> Value {
    let page = include_str!("../data/seeds/ghes-3.1.en.jsonl");
    let facts = page
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let mut answers =
        facts.filter(|fact| fact["kind"] == "answer" && fact["operation"] == "apps/scope-token");
    answers.next().unwrap()["json"].clone()
}

/// A client, and what its server answers next.
struct Reader {
    app: OAuthApp,
    next: Arc<Mutex<Value>>,
    _recorder: Recorder,
}

impl Reader {
    async fn start() -> Self {
        let next = Arc::new(Mutex::new(Value::Null));
        let sent = next.clone();
        let recorder = Recorder::start(move |_| Answer::json(200, &sent.lock().unwrap())).await;
        Self {
            app: recorder.clients().app,
            next,
            _recorder: recorder,
        }
    }

    async fn read(&self, body: &Value) -> Result<Authorization, Error> {
        *self.next.lock().unwrap() = body.clone();
        let found = self.app.check_token(&token()).await?;
        Ok(found.expect("the response is an object"))
    }

    /// The error of a reset that is answered with this.
    async fn refuse(&self, body: &Value) -> Error {
        *self.next.lock().unwrap() = body.clone();
        self.app.reset_token(&token()).await.unwrap_err()
    }
}

fn written(authorization: &Authorization) -> Value {
    serde_json::to_value(Exposed(authorization)).unwrap()
}

#[test]
fn an_object_of_ghes_2_18_is_enough() {
    run(async {
        let reader = Reader::start().await;
        let old = json!({
            "id": 4_294_967_297_i64, "url": "https://ghe/api/v3/authorizations/4294967297", "token": "abc", "note": null, "note_url": "",
            "scopes": null, "created_at": "2012-03-04 05:06:07", "updated_at": "",
            "app": { "name": "old", "url": "not a URL at all" },
            "user": { "login": "octocat", "id": 9_007_199_254_740_993_i64, "gravatar_id": "", "avatar_url": "" },
        });
        let authorization = reader.read(&old).await.unwrap();
        assert_eq!(without_nulls(&written(&authorization)), without_nulls(&old));
        assert_eq!(authorization.id.get(), 4_294_967_297);
        assert_eq!(
            authorization.user.as_ref().unwrap().id,
            9_007_199_254_740_993
        );
        assert_eq!(authorization.user.unwrap().gravatar_id.as_deref(), Some(""));
        assert_eq!(
            authorization.created_at.unwrap().to_system_time(),
            None,
            "a date without a zone is kept as text"
        );
        let largest = reader.read(&json!({ "id": i64::MAX })).await.unwrap();
        assert_eq!(largest.id.get(), i64::MAX);
    });
}

/// An account as servers describe it: old ones without `node_id` and with a hash for `gravatar_id`.
fn account(login: &str, old: bool) -> Value {
    let api = format!("https://ghe/api/v3/users/{login}");
    let mut account = json!({
        "login": login, "id": 4711, "avatar_url": "https://ghe/avatars/u/4711?", "url": api, "html_url": format!("https://ghe/{login}"),
        "gists_url": format!("{api}/gists{{/gist_id}}"), "type": "User", "site_admin": false,
    });
    if old {
        account["gravatar_id"] = json!("0123456789abcdef0123456789abcdef");
    } else {
        account["gravatar_id"] = json!("");
        account["node_id"] = json!("MDQ6VXNlcjQ3MTE=");
    }
    account
}

#[test]
fn an_answer_of_any_year_is_read_with_its_headers() {
    let app = json!({ "name": "nightly build (API)", "url": "http://localhost:3000", "client_id": "00000000000000000000" });
    let hash = "b28d90dd2009728f9f1a3f92402671e4f457b50544013dd7d9f36cdda575fdfe";
    // Written by hand, for the order counts: the oldest servers send the number last and the token in the middle.
    let years = [
        (
            r##"{"scopes":["user","repo"],"updated_at":"2012-06-01T10:00:01Z","app":{"url":"http://ghe/#fragment","name":"GitHub API"},
                "note_url":null,"url":"https://ghe/authorizations/31","token":"made-up-token","note":null,"id":31}"##
                .to_owned(),
            vec![("status", "200 OK"), ("etag", r#""e15ef91b""#), ("x-ratelimit-limit", "5000"), ("x-ratelimit-remaining", "4986")],
        ),
        (
            json!({ "id": 31, "url": "u", "app": app, "token": "made-up-token", "note": null, "note_url": "", "scopes": [] }).to_string(),
            vec![
                ("x-github-request-id", "12345678-90ab-4cde-8f01-234567890abc"),
                ("x-github-media-type", "github.beta; format=json"),
                ("cache-control", "max-age=0, private, must-revalidate"),
            ],
        ),
        (
            json!({ "id": 31, "app": app, "token": "made-up-token", "scopes": ["gist"], "user": account("mona", true) }).to_string(),
            vec![
                ("x-github-request-id", "1A2B3C4D:5E6F:70819A2:534D6944"),
                ("vary", "Accept, Authorization, Cookie, X-GitHub-OTP"),
                ("vary", "Accept-Encoding"),
                ("last-modified", "Tue, 14 Jan 2014 00:55:12 GMT"),
                ("location", "https://ghe/api/v3/authorizations/31"),
            ],
        ),
        (
            serde_json::to_string_pretty(&json!({
                "id": 31, "app": app, "token": "made-up-token", "hashed_token": hash, "token_last_eight": "up-token", "note": "nightly",
                "note_url": null, "scopes": [], "fingerprint": null, "user": account("mona", false),
            }))
            .unwrap(),
            vec![
                ("x-github-request-id", "AB12:34CD:5EF67:89AB01:5E7B8BDE"),
                ("x-github-media-type", "github.v3; param=some-preview; format=json"),
                ("etag", r#"W/"39bae7cf""#),
                ("x-ratelimit-limit", "5000"),
                ("x-ratelimit-remaining", "4987"),
                ("x-ratelimit-reset", "1585156070"),
            ],
        ),
    ];
    run(async {
        for (body, headers) in years {
            let answer = headers.iter().fold(
                Answer::text(200, "application/json; charset=utf-8", &body),
                |answer, (name, value)| answer.header(name, *value),
            );
            let recorder = Recorder::answering(answer).await;
            let clients = recorder.clients();
            let sent = serde_json::from_str::<Value>(&body).unwrap();
            for id in [
                "apps/check-token",
                "apps/reset-authorization",
                "oauth-authorizations/get-authorization",
            ] {
                let outcome = sample(&clients, id).await.unwrap();
                assert_eq!(
                    without_nulls(&outcome.value.json),
                    without_nulls(&sent),
                    "{id}"
                );
                let header = |name| {
                    headers
                        .iter()
                        .find(|(known, _)| *known == name)
                        .map(|(_, value)| *value)
                };
                let metadata = outcome.metadata;
                assert_eq!(metadata.request_id(), header("x-github-request-id"));
                assert_eq!(metadata.media_type(), header("x-github-media-type"));
                assert_eq!(metadata.etag(), header("etag"));
                assert_eq!(metadata.last_modified(), header("last-modified"));
                assert_eq!(metadata.location(), header("location"));
                let limit = metadata
                    .rate_limit()
                    .map(|limit| (limit.remaining, limit.reset.is_some()));
                let reset = header("x-ratelimit-reset").is_some();
                assert_eq!(
                    limit,
                    header("x-ratelimit-remaining")
                        .map(|remaining| (remaining.parse().ok(), reset))
                );
            }
        }
    });
}

#[test]
fn a_code_is_asked_for_in_either_spelling_and_by_the_message_alone() {
    run(async {
        for (header, delivery) in [
            (Some("required; SMS"), OtpDelivery::Sms),
            (Some("required; sms"), OtpDelivery::Sms),
            (Some("Required;app"), OtpDelivery::App),
            (None, OtpDelivery::Unknown),
        ] {
            let refused = Answer::json(
                401,
                &json!({ "message": "Must specify two-factor authentication OTP code." }),
            );
            let refused = header.into_iter().fold(refused, |answer, value| {
                answer.header("x-github-otp", value)
            });
            let recorder = Recorder::answering(refused).await;
            let user = recorder.clients().user;
            let asked = user.list_authorizations().await.unwrap_err();
            assert_eq!(asked.kind(), ErrorKind::OtpRequired(delivery), "{header:?}");
            let wrong = user
                .create_authorization(None, NewAuthorization::new())
                .otp("246802")
                .await
                .unwrap_err();
            assert_eq!(wrong.kind(), ErrorKind::OtpInvalid(delivery), "{header:?}");
        }
    });
}

#[test]
fn a_password_that_is_a_word_of_githubs_changes_no_fault() {
    run(async {
        for (password, status, message, kind) in [
            ("Not Found", 404, "Not Found", ErrorKind::NotFound),
            (
                "login attempts",
                403,
                "Maximum number of login attempts exceeded.",
                ErrorKind::LoginLockout,
            ),
            (
                "OTP",
                401,
                "Must specify two-factor authentication OTP code.",
                ErrorKind::OtpRequired(OtpDelivery::Unknown),
            ),
            (
                "abuse",
                403,
                "You have triggered an abuse detection mechanism.",
                ErrorKind::SecondaryRateLimited,
            ),
            (
                "version",
                410,
                "API version 2022-11-28 is no longer supported.",
                ErrorKind::UnsupportedApiVersion,
            ),
        ] {
            let refused = Answer::json(status, &json!({ "message": message }));
            let refused = refused.header("x-github-request-id", "C0DE:1F2E:3D4C5B");
            let recorder = Recorder::answering(refused).await;
            let user = recorder
                .server()
                .authorizations(UserCredentials::new("mona", password).unwrap());
            let error = user
                .delete_authorization(common::authorization(1))
                .await
                .unwrap_err();
            assert_eq!(error.kind(), kind, "{message}");
            assert!(
                !error.github_message().unwrap().contains(password),
                "{error:?}"
            );
        }
    });
}

#[test]
fn unknown_members_are_passed_over_and_unknown_permissions_kept() {
    run(async {
        let reader = Reader::start().await;
        let mut body = whole();
        for owner in [
            "",
            "/app",
            "/user",
            "/installation",
            "/installation/account",
        ] {
            body.pointer_mut(owner).unwrap()["born_later"] =
                json!({ "deep": [1, { "token": "no" }] });
        }
        body["installation"]["permissions"]["moon_landings"] = json!("launch");
        let authorization = reader.read(&body).await.unwrap();
        let mut expected = whole();
        expected["installation"]["permissions"]["moon_landings"] = json!("launch");
        assert_eq!(
            without_nulls(&written(&authorization)),
            without_nulls(&expected)
        );
        let permissions = authorization.installation.unwrap().permissions.unwrap();
        assert_eq!(
            permissions.extra["moon_landings"],
            PermissionLevel::Other("launch".into())
        );

        for odd in [Value::Null, json!(7), json!([["launch"]])] {
            body["installation"]["permissions"]["moon_landings"] = odd;
            let read = written(&reader.read(&body).await.unwrap());
            assert_eq!(
                without_nulls(&read),
                without_nulls(&whole()),
                "an odd level of an unknown permission costs itself alone"
            );
        }
    });
}
