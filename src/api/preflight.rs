//! Finding out, before tokens are judged by a server's responses, whether these mean anything.

use crate::api::oauth_app::OAuthApp;
use crate::call::job::Job;
use crate::error::error::Error;
use crate::error::kind::ErrorKind;
use crate::model::operations::APPS_CHECK_TOKEN;
use crate::request::credentials::AppCredentials;
use crate::secret::newtypes::AccessToken;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};

impl OAuthApp {
    /// Proves that the server is GitHub's and accepts the app's credentials, before tokens are judged by its responses.
    ///
    /// It checks a token that cannot exist, twice: with the app's secret, which must be responded to as not found, and
    /// with a wrong one, which must not be. A server that responds both alike is not one whose "not found" means anything.
    ///
    /// # Errors
    /// [Unauthorized](crate::ErrorKind::Unauthorized) for wrong credentials, [no such endpoint](crate::ErrorKind::NoSuchEndpoint) for a wrong
    /// base URL, and whatever else a call can meet.
    pub fn preflight(&self) -> Job<Result<(), Error>> {
        let app = self.clone();
        Job::new(async move { app.prove().await })
    }

    async fn prove(&self) -> Result<(), Error> {
        let nobody = AccessToken::new(format!("{}{}{}", noise(), noise(), &noise()[..8]));
        let alike = || {
            Error::new(
                ErrorKind::NoSuchEndpoint,
                "the server responds alike for all credentials or tokens: check the base URL",
            )
        };
        let is_known = match self.find(&nobody).await {
            // The response told that the server is too old for the newer operation.
            Err(error)
                if error.kind() == ErrorKind::UnsupportedByServer
                    && self.server().supports(&APPS_CHECK_TOKEN) == Some(false) =>
            {
                self.find(&nobody).await
            }
            answer => answer,
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

/// Sixteen random hexadecimal digits; the standard library's hash keys are random enough for what need only be wrong.
fn noise() -> String {
    format!("{:016x}", RandomState::new().build_hasher().finish())
}
