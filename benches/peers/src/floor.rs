//! hyper without a layer above it: the least that a call costs. No timeout, no TLS; headers and address are made once.

use crate::wire::{Authorization, TokenBody};
use crate::{CLIENT_ID, CLIENT_SECRET, LIVE, LOGIN, NOT_LIVE, PASSWORD, Peer, USER_AGENT};
use base64::Engine as _;
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use hyper::{Method, Request, Response, StatusCode, Uri};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

const MAX_RESPONSE_BYTES: usize = 8 * 1024 * 1024;

pub struct Floor {
    http: Client<HttpConnector, Full<Bytes>>,
    token: Uri,
    list: Uri,
    app: HeaderMap,
    user: HeaderMap,
}

impl Floor {
    async fn send(&self, method: Method, token: &str) -> (StatusCode, Bytes) {
        let body = serde_json::to_vec(&TokenBody {
            access_token: token,
        })
        .expect("it is plain text");
        self.exchange(method, &self.token, &self.app, Full::from(body))
            .await
    }

    async fn exchange(
        &self,
        method: Method,
        uri: &Uri,
        headers: &HeaderMap,
        body: Full<Bytes>,
    ) -> (StatusCode, Bytes) {
        let mut request = Request::new(body);
        (
            *request.method_mut(),
            *request.uri_mut(),
            *request.headers_mut(),
        ) = (method, uri.clone(), headers.clone());
        let response: Response<_> = self
            .http
            .request(request)
            .await
            .expect("the server responds");
        let status = response.status();
        let body = Limited::new(response.into_body(), MAX_RESPONSE_BYTES)
            .collect()
            .await
            .expect("the server responds");
        (status, body.to_bytes())
    }
}

fn headers(name: &str, secret: &str) -> HeaderMap {
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
    headers.insert("user-agent", HeaderValue::from_static(USER_AGENT));
    headers.insert(
        "x-github-api-version",
        HeaderValue::from_static("2022-11-28"),
    );
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers
}

impl Peer for Floor {
    fn new(base: &str) -> Self {
        Self {
            http: Client::builder(TokioExecutor::new()).build_http(),
            token: format!("{base}/applications/{CLIENT_ID}/token")
                .parse()
                .expect("it is a URI"),
            list: format!("{base}/authorizations?per_page=100&page=1")
                .parse()
                .expect("it is a URI"),
            app: headers(CLIENT_ID, CLIENT_SECRET),
            user: headers(LOGIN, PASSWORD),
        }
    }

    async fn check_live(&self) {
        let (_, body) = self.send(Method::POST, LIVE).await;
        assert!(
            serde_json::from_slice::<Authorization>(&body).is_ok_and(|found| found.user.is_some())
        );
    }

    async fn check_not_live(&self) {
        assert_eq!(
            self.send(Method::POST, NOT_LIVE).await.0,
            StatusCode::NOT_FOUND
        );
    }

    async fn delete(&self) {
        assert_eq!(
            self.send(Method::DELETE, LIVE).await.0,
            StatusCode::NO_CONTENT
        );
    }

    async fn page(&self) {
        let (_, body) = self
            .exchange(Method::GET, &self.list, &self.user, Full::default())
            .await;
        assert!(
            serde_json::from_slice::<Vec<Authorization>>(&body)
                .is_ok_and(|items| items.len() == 100)
        );
    }

    async fn reset(&self) {
        let (_, body) = self.send(Method::PATCH, LIVE).await;
        assert!(
            serde_json::from_slice::<Authorization>(&body).is_ok_and(|made| made.token.is_some())
        );
    }
}
