//! The client that progenitor generates from the same description when one follows its README: no timeout but its own, no cap.

use crate::{CLIENT_ID, CLIENT_SECRET, LIVE, LOGIN, NOT_LIVE, PASSWORD, Peer, USER_AGENT};
use base64::Engine as _;
use generated::types::AccessTokenBody;
use generated::{Client, Error};
use reqwest::StatusCode;
use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderValue};

#[allow(clippy::all)]
mod generated {
    progenitor::generate_api!("../../openapi/ghes-oauth.yaml");
}

pub struct Raw {
    app: Client,
    user: Client,
}

fn client(base: &str, name: &str, secret: &str) -> Client {
    let pair = base64::engine::general_purpose::STANDARD.encode(format!("{name}:{secret}"));
    let mut headers = HeaderMap::new();
    headers.insert(
        AUTHORIZATION,
        HeaderValue::try_from(format!("Basic {pair}")).expect("base64 is ASCII"),
    );
    headers.insert(
        ACCEPT,
        HeaderValue::from_static("application/vnd.github+json"),
    );
    headers.insert(
        "x-github-api-version",
        HeaderValue::from_static("2022-11-28"),
    );
    let http = reqwest::Client::builder()
        .default_headers(headers)
        .user_agent(USER_AGENT)
        .timeout(std::time::Duration::from_secs(30))
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy();
    Client::new_with_client(base, http.build().expect("these settings go together"))
}

fn body(token: &str) -> AccessTokenBody {
    AccessTokenBody {
        access_token: token.to_owned().into(),
    }
}

impl Peer for Raw {
    fn new(base: &str) -> Self {
        Self {
            app: client(base, CLIENT_ID, CLIENT_SECRET),
            user: client(base, LOGIN, PASSWORD),
        }
    }

    async fn check_live(&self) {
        let found = self
            .app
            .apps_check_token(CLIENT_ID, &body(LIVE))
            .await
            .expect("the server responds");
        assert!(found.into_inner().user.is_some());
    }

    async fn check_not_live(&self) {
        match self.app.apps_check_token(CLIENT_ID, &body(NOT_LIVE)).await {
            Err(Error::ErrorResponse(response)) => {
                assert_eq!(response.status(), StatusCode::NOT_FOUND)
            }
            _ => panic!("the server responds otherwise"),
        }
    }

    async fn delete(&self) {
        self.app
            .apps_delete_token(CLIENT_ID, &body(LIVE))
            .await
            .expect("the server responds");
    }

    async fn page(&self) {
        let page = self
            .user
            .oauth_authorizations_list_authorizations(None, Some(1), Some(100))
            .await
            .expect("the server responds");
        let next = page.headers().get("link").is_some_and(|link| {
            link.to_str()
                .is_ok_and(|link| link.contains(r#"rel="next""#))
        });
        assert!(page.into_inner().len() == 100 && next);
    }

    async fn reset(&self) {
        assert!(
            self.app
                .apps_reset_token(CLIENT_ID, &body(LIVE))
                .await
                .expect("the server responds")
                .into_inner()
                .token
                .is_some()
        );
    }
}
