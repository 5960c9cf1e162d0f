//! The settings and arguments of one run, and their ordinary values.

use crate::{bodies, secrets};
use common::{Arguments, Clients, Outcome};
use ghes_oauth::{
    AccessToken, AppCredentials, AuthorizationId, Error, GrantId, InvalidId, Operation,
    RetryPolicy, Server, ServerBuilder, UserCredentials,
};
use reqwest::ClientBuilder;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Everything that a case may change about a call.
///
/// All but `etag`, `retry`, `own` and `delivered` can be expressed with any client, so that the cases can be run against others too.
#[derive(Clone)]
pub struct Setup {
    /// The base URL; `ADDRESS` and `PORT` are replaced with those of the scripted server.
    pub base: &'static str,
    pub client_id: &'static str,
    pub client_secret: &'static str,
    pub login: &'static str,
    pub password: &'static str,
    pub otp: Option<&'static str>,
    pub token: &'static str,
    pub fingerprint: &'static str,
    pub grant_id: i64,
    pub authorization_id: i64,
    pub page: Option<u32>,
    pub per_page: Option<u32>,
    /// The request body, in the words of the API: of restrictions, of updates, of new authorizations.
    pub restriction: Value,
    pub update: Value,
    pub wish: Value,
    pub etag: Option<&'static str>,
    pub timeout: Duration,
    pub connect_timeout: Option<Duration>,
    /// Another authority to trust, in PEM.
    pub root: Option<&'static str>,
    /// Allows plain HTTP beyond loopback.
    pub plain_http: bool,
    /// Uses the scripted server as the proxy.
    pub proxy: bool,
    /// Settings of the HTTP client, made with the address of the scripted server.
    pub http: Option<Http>,
    pub retry: RetryPolicy,
    /// Options that only this crate has.
    pub own: Option<Own>,
    /// The tokens that [`ghes_oauth::Call::deliver_to`] delivered.
    pub delivered: Arc<Mutex<Vec<String>>>,
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
            restriction: json!({ "target": "octocat" }),
            update: json!({ "note": "a note" }),
            wish: json!({ "note": "a note" }),
            etag: None,
            timeout: Duration::from_secs(20),
            connect_timeout: None,
            root: None,
            plain_http: false,
            proxy: false,
            http: None,
            retry: RetryPolicy::default()
                .backoff(Duration::from_millis(1), Duration::from_millis(20)),
            own: None,
            delivered: Arc::default(),
        }
    }
}

impl Setup {
    pub fn url(&self, address: SocketAddr) -> String {
        self.base
            .replace("ADDRESS", &address.to_string())
            .replace("PORT", &address.port().to_string())
    }

    pub fn server(&self, address: SocketAddr) -> Result<Server, Error> {
        let mut builder = Server::builder(self.url(address))
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
        if self.proxy {
            let proxy = reqwest::Proxy::all(format!("http://{address}"));
            builder = builder.proxy(proxy.unwrap());
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
    pub fn own(&mut self, option: impl Fn(ServerBuilder) -> ServerBuilder + Send + Sync + 'static) {
        self.own = Some(Arc::new(option));
    }

    /// Changes a setting of the HTTP client.
    pub fn http(
        &mut self,
        setting: impl Fn(ClientBuilder, SocketAddr) -> ClientBuilder + Send + Sync + 'static,
    ) {
        self.http = Some(Arc::new(setting));
    }

    /// Calls the operation at a server.
    pub async fn call(&self, operation: &Operation, server: &Server) -> Outcome {
        let (app, user) = match self.credentials() {
            Ok(credentials) => credentials,
            Err(error) => return Outcome::failed(error),
        };
        let arguments = match self.arguments(app.clone()) {
            Ok(arguments) => arguments,
            Err(error) => return Outcome::failed(error.into()),
        };
        let clients = Clients {
            app: server.oauth_app(app.clone()),
            user: server.authorizations(user.clone()),
            github: server.clone(),
        };
        common::call(&clients, operation.id(), arguments)
            .await
            .with(&(server, clients, app, user))
    }

    fn arguments(&self, app: AppCredentials) -> Result<Arguments, InvalidId> {
        Ok(Arguments {
            token: AccessToken::new(self.token),
            app,
            create_for_app: true,
            grant: GrantId::new(self.grant_id)?,
            authorization: AuthorizationId::new(self.authorization_id)?,
            fingerprint: self.fingerprint.to_owned(),
            restriction: bodies::restriction(&self.restriction),
            update: bodies::update(&self.update),
            wish: bodies::wish(&self.wish),
            otp: self.otp,
            page: self.page,
            per_page: self.per_page,
            etag: self.etag,
            delivered: self.delivered.clone(),
        })
    }

    fn credentials(&self) -> Result<(AppCredentials, UserCredentials), Error> {
        Ok((
            AppCredentials::new(self.client_id, self.client_secret)?,
            UserCredentials::new(self.login, self.password)?,
        ))
    }
}
