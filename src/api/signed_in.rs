//! The common part of the two clients, one for each kind of credentials.

use crate::api::server::Server;
use crate::call::call::Call;
use crate::error::error::Error;
use crate::request::credentials::Authorizer;
use crate::request::draft::{Client, LastUrl};
use crate::request::prepared::Prepared;
use crate::secret::redact::Secrets;
use std::fmt;
use std::sync::Arc;

/// A server, and the credentials for one group of its operations.
#[derive(Clone)]
pub(super) struct SignedIn<C> {
    pub(super) server: Server,
    pub(super) credentials: C,
    authorizer: Arc<Authorizer>,
    last_url: Arc<LastUrl>,
}

impl<C> SignedIn<C> {
    pub(super) fn new(server: &Server, credentials: C, authorizer: Authorizer) -> Self {
        Self {
            server: server.clone(),
            credentials,
            authorizer: Arc::new(authorizer),
            last_url: Arc::default(),
        }
    }

    /// Creates a call whose request contains these secrets besides the credentials.
    pub(super) fn call<T: Send + 'static, K>(
        &self,
        secrets: Secrets,
        prepare: impl FnOnce(&Client<'_>) -> Result<Prepared<T, K>, Error>,
    ) -> Call<T, C, K> {
        self.call_of(secrets, prepare(&self.client()))
    }

    /// Returns the receiver of the generated methods.
    pub(super) fn client(&self) -> Client<'_> {
        Client::remembering(self.server.0.url(), &self.last_url)
    }

    /// Creates a call of a request that contains these secrets besides the credentials.
    pub(super) fn call_of<T: Send + 'static, K>(
        &self,
        secrets: Secrets,
        prepared: Result<Prepared<T, K>, Error>,
    ) -> Call<T, C, K> {
        Call::new(&self.server.0, &self.authorizer, secrets, prepared)
    }
}

impl<C: fmt::Debug> SignedIn<C> {
    /// Prints the client under this name.
    pub(super) fn print(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(name)
            .field("server", &self.server)
            .field("credentials", &self.credentials)
            .finish()
    }
}
