//! The operations that narrow and revoke a token.

use crate::api::oauth_app::OAuthApp;
use crate::call::call::Call;
use crate::generated::operations::documentation;
use crate::request::arguments::TokenRestriction;
use crate::request::prepared::Prepared;
use crate::response::issued_token::IssuedToken;
use crate::secret::newtypes::AccessToken;

impl OAuthApp {
    #[doc = documentation!(apps_scope_token)]
    ///
    /// The call is never sent twice, as with [`reset_token`](Self::reset_token).
    ///
    /// # Errors
    /// [Not found](crate::ErrorKind::NotFound) if the token is not a live token of this app, [invalid
    /// input](crate::ErrorKind::InvalidInput) for an empty login, an id below 1, an empty list of repositories or an empty repository name,
    /// [validation](crate::ErrorKind::Validation) for a scope that the token does not have.
    pub fn scope_token(
        &self,
        token: &AccessToken,
        restriction: TokenRestriction,
    ) -> Call<IssuedToken> {
        self.call(token, |client, id| {
            client
                .apps_scope_token(id, &restriction.body(token)?)
                .map(Prepared::issuing)
        })
    }

    #[doc = documentation!(apps_delete_token)]
    ///
    /// # Errors
    /// [Not found](crate::ErrorKind::NotFound) if the token is not a live token of this app.
    #[doc(alias = "revoke")]
    pub fn delete_token(&self, token: &AccessToken) -> Call<()> {
        self.with_body(token, |client, id, body| client.apps_delete_token(id, body))
    }

    #[doc = documentation!(apps_delete_authorization)]
    ///
    /// # Errors
    /// [Not found](crate::ErrorKind::NotFound) if the token is not a live token of this app.
    #[doc(alias = "revoke")]
    pub fn delete_authorization(&self, token: &AccessToken) -> Call<()> {
        self.with_body(token, |client, id, body| {
            client.apps_delete_authorization(id, body)
        })
    }
}
