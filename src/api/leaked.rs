//! Reports leaked tokens, of any owner, to GitHub.

use crate::api::server::Server;
use crate::call::call::Call;
use crate::error::error::Error;
use crate::generated::operations::documentation;
use crate::generated::types::CredentialsBody;
use crate::request::credentials::{Authorizer, NoCredentials};
use crate::request::draft::Client;
use crate::request::validate;
use crate::secret::newtypes::AccessToken;
use crate::secret::redact::Secrets;
use std::sync::Arc;

/// The most tokens that one call accepts.
const MOST: usize = 1000;

impl Server {
    #[doc = documentation!(credentials_revoke)]
    ///
    /// # Errors
    /// [Invalid input](crate::ErrorKind::InvalidInput) for no tokens, for more than 1,000, and for a malformed token.
    pub fn revoke_credentials<'a>(
        &self,
        tokens: impl IntoIterator<Item = &'a AccessToken>,
    ) -> Call<(), NoCredentials> {
        let credentials: Vec<AccessToken> = tokens.into_iter().cloned().collect();
        let mut secrets = Secrets::default();
        for token in &credentials {
            secrets.add(token.expose_secret());
        }
        let body = CredentialsBody { credentials };
        let prepared = valid(&body.credentials)
            .and_then(|()| Client::new(self.0.url()).credentials_revoke(&body));
        let authorizer = Authorizer::without_credentials(&self.0.headers);
        Call::new(&self.0, &Arc::new(authorizer), secrets, prepared)
    }
}

fn valid(tokens: &[AccessToken]) -> Result<(), Error> {
    if !(1..=MOST).contains(&tokens.len()) {
        return Err(Error::invalid_input(
            "credentials",
            "it has 1 to 1,000 tokens",
        ));
    }
    tokens.iter().try_for_each(validate::access_token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_is_the_one_of_the_spec() {
        let limit = format!("{},{:03} tokens", MOST / 1000, MOST % 1000);
        assert!(documentation!(credentials_revoke).contains(&format!("Takes up to {limit}")));
        assert!(valid(&[]).unwrap_err().to_string().contains(&limit));
    }
}
