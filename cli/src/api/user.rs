//! The calls with a user's credentials.

use super::errors;
use crate::failure::Failure;
use crate::terminal;
use ghes_oauth::{
    ApplicationGrant, Authorization, AuthorizationId, Authorizations, Error, GrantId, Server,
    UserCredentials,
};
use std::fmt;

/// A user's client, which asks for one-time passwords when the server does.
pub(crate) struct User {
    server: Server,
    credentials: UserCredentials,
}

/// A kind of item that can be listed and deleted.
pub(crate) enum Deletable {
    Authorization,
    Grant,
}

impl fmt::Display for Deletable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Authorization => "authorization",
            Self::Grant => "grant",
        })
    }
}

impl User {
    pub(crate) fn new(server: Server, credentials: UserCredentials) -> Self {
        Self {
            server,
            credentials,
        }
    }

    /// Returns all authorizations of the user.
    #[expect(deprecated, reason = "the command is for those who still use this API")]
    pub(crate) async fn authorizations(&self) -> Result<Vec<Authorization>, Failure> {
        self.call(async |client: Authorizations| {
            let mut all = Vec::new();
            let mut items = client.list_authorizations().per_page(100).items();
            while let Some(item) = items.next().await {
                all.push(item?);
            }
            Ok(all)
        })
        .await
    }

    /// Returns all grants of the user.
    #[expect(deprecated, reason = "the command is for those who still use this API")]
    pub(crate) async fn grants(&self) -> Result<Vec<ApplicationGrant>, Failure> {
        self.call(async |client: Authorizations| {
            let mut all = Vec::new();
            let mut items = client.list_grants().per_page(100).items();
            while let Some(item) = items.next().await {
                all.push(item?);
            }
            Ok(all)
        })
        .await
    }

    /// Returns one authorization.
    #[expect(deprecated, reason = "the command is for those who still use this API")]
    pub(crate) async fn authorization(
        &self,
        id: AuthorizationId,
    ) -> Result<Authorization, Failure> {
        self.call(async |client: Authorizations| client.get_authorization(id).await)
            .await
    }

    /// Deletes one authorization or grant.
    #[expect(deprecated, reason = "the command is for those who still use this API")]
    pub(crate) async fn delete(&self, what: &Deletable, id: i64) -> Result<(), Failure> {
        self.call(async |client: Authorizations| match what {
            Deletable::Authorization => {
                client.delete_authorization(AuthorizationId::new(id)?).await
            }
            Deletable::Grant => client.delete_grant(GrantId::new(id)?).await,
        })
        .await
    }

    /// Makes a call, and asks for one-time passwords if the server requires one.
    async fn call<T>(
        &self,
        call: impl AsyncFn(Authorizations) -> Result<T, Error>,
    ) -> Result<T, Failure> {
        let asking = self.credentials.clone().otp_from(async |_| {
            terminal::ask_secret("One-time password: ")
                .map(|code| code.to_string().into())
                .ok_or_else(|| "no one-time password was entered".into())
        });
        call(self.server.authorizations(asking))
            .await
            .map_err(|error| errors::failure(&error))
    }
}
