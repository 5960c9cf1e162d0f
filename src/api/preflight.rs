//! Checks that server and credentials are the right ones, before the server's responses decide about tokens.

use crate::api::oauth_app::OAuthApp;
use crate::error::error::Error;
use crate::error::kind::ErrorKind;
use crate::generated::operations::APPS_CHECK_TOKEN;
use crate::request::credentials::AppCredentials;
use crate::secret::newtypes::AccessToken;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};

impl OAuthApp {
    pub(super) async fn prove(&self) -> Result<(), Error> {
        let nobody = AccessToken::new(format!("{}{}{}", noise(), noise(), &noise()[..8]));
        let alike = || {
            Error::new(
                ErrorKind::NoSuchEndpoint,
                "the server responds alike for all credentials or tokens: check the base URL",
            )
        };
        let is_known = match self.find(&nobody).await {
            // The response shows that the server is too old for the newer operation.
            Err(error)
                if error.kind() == ErrorKind::UnsupportedByServer
                    && self.server().supports(&APPS_CHECK_TOKEN) == Some(false) =>
            {
                self.find(&nobody).await
            }
            other => other,
        };
        if is_known?.is_some() {
            return Err(alike());
        }
        let stranger = self.server().oauth_app(AppCredentials::new(
            self.client_id(),
            format!("{}{}", noise(), noise()),
        )?);
        match stranger.find(&nobody).await {
            Err(error)
                if error.kind() == ErrorKind::Unauthorized
                    || error.kind() == ErrorKind::Forbidden =>
            {
                Ok(())
            }
            Err(error) => Err(error),
            Ok(_) => Err(alike()),
        }
    }
}

/// Returns sixteen random hexadecimal digits. The standard library's hash keys are random enough for a token that only has to be wrong.
fn noise() -> String {
    format!("{:016x}", RandomState::new().build_hasher().finish())
}
