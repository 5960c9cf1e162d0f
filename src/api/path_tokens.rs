//! The deprecated operations that send the token in the path of the URL.

use crate::api::oauth_app::{OAuthApp, or_none};
use crate::call::call::Call;
use crate::generated::operations::documentation;
use crate::generated::types::Authorization;
use crate::request::condition::TakesCondition;
use crate::request::credentials::AppCredentials;
use crate::request::prepared::Prepared;
use crate::response::issued_token::IssuedToken;
use crate::secret::newtypes::AccessToken;

/// The deprecated operations of GHES 2.18 to 3.3, which send the token in the path of the URL.
impl OAuthApp {
    #[doc = documentation!(apps_check_authorization)]
    ///
    /// The value is `None` if the token is not a live token of this app.
    ///
    /// # Errors
    /// Those of [`check_token`](Self::check_token).
    #[deprecated(
        note = "GHES 2.18 to 3.3 only; use `check_token`, which keeps the token out of the URL"
    )]
    pub fn check_authorization(
        &self,
        token: &AccessToken,
    ) -> Call<Option<Authorization>, AppCredentials, TakesCondition> {
        self.call(token, |client, id| {
            client.apps_check_authorization(id, token).map(or_none)
        })
    }

    #[doc = documentation!(apps_reset_authorization)]
    ///
    /// The call is never sent twice, as with [`reset_token`](Self::reset_token).
    ///
    /// # Errors
    /// Those of [`reset_token`](Self::reset_token).
    #[deprecated(
        note = "GHES 2.18 to 3.3 only; use `reset_token`, which keeps the token out of the URL"
    )]
    pub fn reset_authorization(&self, token: &AccessToken) -> Call<IssuedToken> {
        self.call(token, |client, id| {
            client
                .apps_reset_authorization(id, token)
                .map(Prepared::issuing)
        })
    }

    #[doc = documentation!(apps_revoke_authorization_for_application)]
    ///
    /// # Errors
    /// Those of [`delete_token`](Self::delete_token).
    #[deprecated(
        note = "GHES 2.18 to 3.3 only; use `delete_token`, which keeps the token out of the URL"
    )]
    pub fn revoke_authorization_for_application(&self, token: &AccessToken) -> Call<()> {
        self.call(token, |client, id| {
            client.apps_revoke_authorization_for_application(id, token)
        })
    }

    #[doc = documentation!(apps_revoke_grant_for_application)]
    ///
    /// # Errors
    /// Those of [`delete_authorization`](Self::delete_authorization).
    #[deprecated(
        note = "GHES 2.18 to 3.3 only; use `delete_authorization`, which keeps the token out of the URL"
    )]
    pub fn revoke_grant_for_application(&self, token: &AccessToken) -> Call<()> {
        self.call(token, |client, id| {
            client.apps_revoke_grant_for_application(id, token)
        })
    }
}
