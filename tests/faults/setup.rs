//! What one run plugs into a client, and the ordinary values of it.

use crate::secrets;
use ghes_oauth::{
    AppCredentials, AuthorizationUpdate, Error, NewAuthorization, RetryPolicy, Scope, Server, ServerBuilder, UserCredentials,
};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Everything that a case may change about a call.
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
    pub(crate) scope: Scope,
    pub(crate) update: AuthorizationUpdate,
    pub(crate) wish: NewAuthorization,
    pub(crate) etag: Option<&'static str>,
    pub(crate) timeout: Duration,
    pub(crate) retry: RetryPolicy,
    pub(crate) build: Build,
    /// Where [`ghes_oauth::Call::deliver_to`] puts the token.
    pub(crate) delivered: Arc<Mutex<Vec<String>>>,
}

/// More settings of the server, made with the address of the scripted one.
type Build = Arc<dyn Fn(ServerBuilder, SocketAddr) -> ServerBuilder + Send + Sync>;

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
            scope: Scope::of_login("octocat"),
            update: AuthorizationUpdate::new().note("a note"),
            wish: NewAuthorization::new().note("a note"),
            etag: None,
            timeout: Duration::from_secs(20),
            retry: RetryPolicy::default().backoff(Duration::from_millis(1), Duration::from_millis(20)),
            build: Arc::new(|builder, _| builder),
            delivered: Arc::default(),
        }
    }
}

impl Setup {
    pub(crate) fn url(&self, address: SocketAddr) -> String {
        self.base.replace("ADDRESS", &address.to_string()).replace("PORT", &address.port().to_string())
    }

    pub(crate) fn server(&self, address: SocketAddr) -> Result<Server, Error> {
        let builder = Server::builder(&self.url(address)).retry(self.retry.clone()).timeout(self.timeout);
        (self.build)(builder, address).build()
    }

    pub(crate) fn app_credentials(&self) -> AppCredentials {
        AppCredentials::new(self.client_id, self.client_secret)
    }

    pub(crate) fn user_credentials(&self) -> UserCredentials {
        UserCredentials::new(self.login, self.password)
    }
}
