//! Finds the authorization of a token, which takes several calls.

use crate::api::authorizations::Authorizations;
use crate::call::job::Job;
use crate::error::error::Error;
use crate::error::kind::ErrorKind;
use crate::generated::operations::OAUTH_AUTHORIZATIONS_LIST_AUTHORIZATIONS;
use crate::generated::types::Authorization;
use crate::request::validate;
use crate::secret::newtypes::AccessToken;

impl Authorizations {
    /// Finds the authorization of a token by the token's SHA-256, which GitHub stores; `None` if the user has none.
    ///
    /// It reads the user's authorizations page by page, which takes several requests.
    ///
    /// # Errors
    /// [Invalid input](crate::ErrorKind::InvalidInput) for a malformed token, [decode](crate::ErrorKind::Decode) if the server lists
    /// authorizations without `hashed_token` and none matches, and those of [`list_authorizations`](Self::list_authorizations).
    #[allow(deprecated, reason = "the list is the only way to find it")]
    pub fn find_authorization(
        &self,
        token: &AccessToken,
    ) -> Job<Result<Option<Authorization>, Error>> {
        let (mine, token) = (self.clone(), token.clone());
        Job::new(async move { mine.find(&token).await })
    }

    #[allow(deprecated, reason = "the caller is deprecated as well")]
    async fn find(&self, token: &AccessToken) -> Result<Option<Authorization>, Error> {
        validate::access_token(token)?;
        let hash = token.hashed();
        let mut items = self.list_authorizations().items();
        let mut is_known_of_all = true;
        while let Some(authorization) = items.next().await {
            let authorization = authorization?;
            let known = authorization.hashed_token.as_deref();
            let known = known.unwrap_or_default().trim();
            if known.eq_ignore_ascii_case(&hash) {
                return Ok(Some(authorization));
            }
            is_known_of_all &=
                known.len() == hash.len() && known.bytes().all(|byte| byte.is_ascii_hexdigit());
        }
        if is_known_of_all {
            return Ok(None);
        }
        let text = "the server lists authorizations without `hashed_token`: whether one is the token's cannot be known";
        Err(Error::new(ErrorKind::Decode, text).at(&OAUTH_AUTHORIZATIONS_LIST_AUTHORIZATIONS))
    }
}
