//! Responses as servers have sent them in twelve years: with fields that are missing, `null`, malformed or unknown.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]
#![allow(deprecated, reason = "the deprecated calls are tested like the others")]

mod fields;
mod issued;
mod refusals;
mod values;
mod years;

use common::{CannedResponse, Recorder, run, token, without_nulls};
use ghes_oauth::{Authorization, Error, Exposed, OAuthApp, PermissionLevel};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

/// The whole authorization of GitHub's sample of a scoped token.
fn whole() -> Value {
    let page = include_str!("../data/seeds/ghes-3.1.en.jsonl");
    let facts = page
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let mut responses =
        facts.filter(|fact| fact["kind"] == "response" && fact["operation"] == "apps/scope-token");
    responses.next().unwrap()["json"].clone()
}

/// A client, and the next response of its server.
struct Reader {
    app: OAuthApp,
    next: Arc<Mutex<Value>>,
    _recorder: Recorder,
}

impl Reader {
    async fn start() -> Self {
        let next = Arc::new(Mutex::new(Value::Null));
        let sent = next.clone();
        let recorder =
            Recorder::start(move |_| CannedResponse::json(200, &sent.lock().unwrap())).await;
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

    /// Returns the error of a reset whose response is this.
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

#[test]
fn unknown_fields_are_skipped_and_unknown_permissions_kept() {
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

        for unexpected in [Value::Null, json!(7), json!([["launch"]])] {
            body["installation"]["permissions"]["moon_landings"] = unexpected;
            let read = written(&reader.read(&body).await.unwrap());
            assert_eq!(
                without_nulls(&read),
                without_nulls(&whole()),
                "a malformed level of an unknown permission costs nothing else"
            );
        }
    });
}
