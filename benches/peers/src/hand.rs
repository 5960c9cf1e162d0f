//! The 1.0 of every ratio: a client as one writes it by hand with reqwest and serde. It sends the same headers, has a timeout, follows
//! no redirects and caps its responses; it has no types for secrets, retries nothing, and takes all 404s for the same.

use crate::wire::{Authorization, TokenBody};
use crate::{CLIENT_ID, CLIENT_SECRET, LIVE, LOGIN, NOT_LIVE, PASSWORD, Peer, USER_AGENT};
use reqwest::header::{ACCEPT, HeaderMap, HeaderValue};
use reqwest::{Client, Method, Response, StatusCode};
use std::time::Duration;

const MAX_RESPONSE_BYTES: usize = 8 * 1024 * 1024;

pub struct Hand {
    http: Client,
    base: String,
}

pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

impl Hand {
    pub async fn check(&self, token: &str) -> Result<Option<Authorization>> {
        let response = self.send(Method::POST, token).await?;
        match response.status() {
            StatusCode::OK => Ok(Some(serde_json::from_slice(&capped(response).await?)?)),
            StatusCode::NOT_FOUND => {
                capped(response).await?;
                Ok(None)
            }
            status => Err(status.to_string().into()),
        }
    }

    async fn delete_token(&self, token: &str) -> Result<()> {
        let response = self.send(Method::DELETE, token).await?;
        if response.status() == StatusCode::NO_CONTENT {
            Ok(())
        } else {
            Err(response.status().to_string().into())
        }
    }

    async fn reset_token(&self, token: &str) -> Result<Authorization> {
        let response = self.send(Method::PATCH, token).await?.error_for_status()?;
        Ok(serde_json::from_slice(&capped(response).await?)?)
    }

    async fn list(&self, page: u32) -> Result<(Vec<Authorization>, Option<u32>)> {
        let url = format!("{}/authorizations?per_page=100&page={page}", self.base);
        let response = self
            .http
            .get(url)
            .basic_auth(LOGIN, Some(PASSWORD))
            .send()
            .await?
            .error_for_status()?;
        let link = response
            .headers()
            .get("link")
            .and_then(|link| link.to_str().ok())
            .unwrap_or_default();
        let next = link.contains(r#"rel="next""#).then_some(page + 1);
        Ok((serde_json::from_slice(&capped(response).await?)?, next))
    }

    async fn send(&self, method: Method, token: &str) -> reqwest::Result<Response> {
        let url = format!("{}/applications/{CLIENT_ID}/token", self.base);
        let request = self
            .http
            .request(method, url)
            .basic_auth(CLIENT_ID, Some(CLIENT_SECRET));
        request
            .json(&TokenBody {
                access_token: token,
            })
            .send()
            .await
    }
}

async fn capped(mut response: Response) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > MAX_RESPONSE_BYTES {
            return Err("the response is too long".into());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

impl Peer for Hand {
    fn new(base: &str) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(
            ACCEPT,
            HeaderValue::from_static("application/vnd.github+json"),
        );
        headers.insert(
            "x-github-api-version",
            HeaderValue::from_static("2022-11-28"),
        );
        let http = Client::builder()
            .default_headers(headers)
            .user_agent(USER_AGENT)
            .timeout(Duration::from_secs(30))
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy();
        #[cfg(feature = "http2")]
        let http = match crate::http2::is_wanted() {
            true => http.http2_prior_knowledge(),
            false => http,
        };
        Self {
            http: http.build().expect("these settings go together"),
            base: base.to_owned(),
        }
    }

    async fn check_live(&self) {
        let found = self.check(LIVE).await.expect("the server responds");
        assert!(found.is_some_and(|authorization| authorization.user.is_some()));
    }

    async fn check_not_live(&self) {
        assert!(
            self.check(NOT_LIVE)
                .await
                .expect("the server responds")
                .is_none()
        );
    }

    async fn delete(&self) {
        self.delete_token(LIVE).await.expect("the server responds");
    }

    async fn page(&self) {
        let (items, next) = self.list(1).await.expect("the server responds");
        assert!(items.len() == 100 && next == Some(2));
    }

    async fn reset(&self) {
        assert!(
            self.reset_token(LIVE)
                .await
                .expect("the server responds")
                .token
                .is_some()
        );
    }
}
