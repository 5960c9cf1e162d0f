//! Revoking many tokens, for whoever responds to a leak.

use crate::api::oauth_app::OAuthApp;
use crate::error::error::Error;
use crate::error::kind::ErrorKind;
use crate::secret::newtypes::AccessToken;
use crate::transport::gate::Gate;
use serde::{Deserialize, Serialize};
use std::num::NonZeroUsize;
use std::sync::Arc;
use tokio::task::JoinSet;

/// What became of one token of [`OAuthApp::delete_tokens`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Revocation {
    /// It was a live token of this app, and has been revoked by this call.
    Revoked,
    /// It is not a live token of this app: revoked or expired before, never a token, or another app's.
    NotLive,
}

impl OAuthApp {
    /// Revokes many tokens, up to `at_once` at a time, and reports what became of each, in the order of `tokens`.
    ///
    /// One token's error does not stop the others; one that concerns all, such as wrong credentials, is best found
    /// beforehand by [`preflight`](Self::preflight). Dropping the future stops it: a token whose request is in flight then may or
    /// may not be revoked.
    ///
    /// **Availability:** GHES 2.20 and later; also on github.com, as [`delete_token`](Self::delete_token).
    ///
    /// # Errors
    /// Each token has its own: those of [`delete_token`](Self::delete_token), except that "not found" is [`Revocation::NotLive`], and
    /// [configuration](crate::ErrorKind::Configuration) outside a tokio runtime.
    ///
    /// ```no_run
    /// # async fn example(app: ghes_oauth::OAuthApp, leaked: Vec<ghes_oauth::AccessToken>) -> Result<(), ghes_oauth::Error> {
    /// app.preflight().await?;
    /// let results = app.delete_tokens(leaked, const { std::num::NonZeroUsize::new(8).unwrap() }).await;
    /// let open = results.iter().filter(|result| result.is_err()).count();
    /// println!("{} of {} are dead now", results.len() - open, results.len());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn delete_tokens(
        &self,
        tokens: impl IntoIterator<Item = AccessToken>,
        at_once: NonZeroUsize,
    ) -> Vec<Result<Revocation, Error>> {
        if tokio::runtime::Handle::try_current().is_err() {
            return tokens
                .into_iter()
                .map(|_| Err(Error::no_runtime()))
                .collect();
        }
        let mut waiting = tokens.into_iter().enumerate();
        let mut running = JoinSet::new();
        let gate = Arc::<Gate>::default();
        let mut results: Vec<Option<Result<Revocation, Error>>> = Vec::new();
        loop {
            while running.len() < at_once.get() {
                let Some((index, token)) = waiting.next() else {
                    break;
                };
                results.push(None);
                let (app, gate) = (self.clone(), gate.clone());
                running.spawn(async move { (index, app.revoke(&token, &gate).await) });
            }
            match running.join_next().await {
                Some(Ok((index, result))) => results[index] = Some(result),
                // Its place stays empty, which is reported below.
                Some(Err(_)) => {}
                None => break,
            }
        }
        results
            .into_iter()
            .map(|result| result.unwrap_or_else(|| Err(Error::interrupted())))
            .collect()
    }

    async fn revoke(&self, token: &AccessToken, gate: &Arc<Gate>) -> Result<Revocation, Error> {
        match self.delete_token(token).gate(gate).await {
            Ok(()) => Ok(Revocation::Revoked),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Revocation::NotLive),
            Err(error) => Err(error),
        }
    }
}
