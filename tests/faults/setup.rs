//! What one run plugs into a client, and the ordinary values of it.

use crate::secrets;
use ghes_oauth::{AppCredentials, Error, RetryPolicy, Server, ServerBuilder, UserCredentials};
use reqwest::ClientBuilder;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Everything that a case may change about a call.
///
/// All but `etag`, `retry`, `own` and `delivered` can be said to any client, so that the cases can be put to others too.
#[derive(Clone)]
pub(crate) struct Setup {
    /// How the base URL is written; `ADDRESS` and `PORT` stand for the scripted server's.
    pub(crate) base: &'static str,
    pub(crate) client_id: &'static str,
    pub(crate) client_secret: &'static str,
    pub(crate) login: &'static str,
    pub(crate) password: &'static str,
    pub(crate) otp: Option<&'static str>,
    pub(crate) token: &'static str,
    pub(crate) fingerprint: &'static str,
    pub(crate) grant_id: i64,
    pub(crate) authorization_id: i64,
    pub(crate) page: Option<u32>,
    pub(crate) per_page: Option<u32>,
    /// What is asked for, in the words of the API: of scoped tokens, of updates, of new authorizations.
    pub(crate) scope: Value,
    pub(crate) update: Value,
    pub(crate) wish: Value,
    pub(crate) etag: Option<&'static str>,
    pub(crate) timeout: Duration,
    pub(crate) connect_timeout: Option<Duration>,
    /// Another authority to trust, in PEM.
    pub(crate) root: Option<&'static str>,
    /// Asks for plain HTTP beyond loopback.
    pub(crate) plain_http: bool,
    /// Settings of the HTTP client, made with the address of the scripted server.
    pub(crate) http: Option<Http>,
    pub(crate) retry: RetryPolicy,
    /// Options that only this crate has.
    pub(crate) own: Option<Own>,
    /// Where [`ghes_oauth::Call::deliver_to`] puts the token.
    pub(crate) delivered: Arc<Mutex<Vec<String>>>,
}

type Http = Arc<dyn Fn(ClientBuilder, SocketAddr) -> ClientBuilder + Send + Sync>;
type Own = Arc<dyn Fn(ServerBuilder) -> ServerBuilder + Send + Sync>;

impl Default for Setup {
    fn default() -> Self {
        Self {
            base: "http://ADDRESS",
            client_id: secrets::CLIENT_ID,
            client_secret: secrets::CLIENT_SECRET,
            login: secrets::LOGIN,
            password: secrets::PASSWORD,
            otp: None,
            token: secrets::TOKEN,
            fingerprint: "a fingerprint",
            grant_id: 2,
            authorization_id: 1,
            page: None,
            per_page: None,
            scope: json!({ "target": "octocat" }),
            update: json!({ "note": "a note" }),
            wish: json!({ "note": "a note" }),
            etag: None,
            timeout: Duration::from_secs(20),
            connect_timeout: None,
            root: None,
            plain_http: false,
            http: None,
            retry: RetryPolicy::default()
                .backoff(Duration::from_millis(1), Duration::from_millis(20)),
            own: None,
            delivered: Arc::default(),
        }
    }
}

impl Setup {
    pub(crate) fn url(&self, address: SocketAddr) -> String {
        self.base
            .replace("ADDRESS", &address.to_string())
            .replace("PORT", &address.port().to_string())
    }

    pub(crate) fn server(&self, address: SocketAddr) -> Result<Server, Error> {
        let mut builder = Server::builder(&self.url(address))
            .retry(self.retry.clone())
            .timeout(self.timeout);
        if let Some(timeout) = self.connect_timeout {
            builder = builder.connect_timeout(timeout);
        }
        if let Some(pem) = self.root {
            builder = builder.root_certificate(pem);
        }
        if self.plain_http {
            builder = builder.allow_plain_http();
        }
        if let Some(http) = self.http.clone() {
            builder = builder.configure(move |client| http(client, address));
        }
        match &self.own {
            Some(own) => own(builder).build(),
            None => builder.build(),
        }
    }

    /// Sets an option that only this crate has.
    pub(crate) fn own(
        &mut self,
        option: impl Fn(ServerBuilder) -> ServerBuilder + Send + Sync + 'static,
    ) {
        self.own = Some(Arc::new(option));
    }

    /// Sets something of the HTTP client.
    pub(crate) fn http(
        &mut self,
        setting: impl Fn(ClientBuilder, SocketAddr) -> ClientBuilder + Send + Sync + 'static,
    ) {
        self.http = Some(Arc::new(setting));
    }

    pub(crate) fn app_credentials(&self) -> AppCredentials {
        AppCredentials::new(self.client_id, self.client_secret)
    }

    pub(crate) fn user_credentials(&self) -> UserCredentials {
        UserCredentials::new(self.login, self.password)
    }
}
