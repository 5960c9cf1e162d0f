//! The batches that check and revoke tokens, and the calls that each makes about one token.

use crate::api::batch::{Batch, Tokens};
use crate::api::oauth_app::OAuthApp;
use crate::api::paced::through;
use crate::api::running::{Done, Subject};
use crate::api::verdict::{Check, Revocation};
use crate::error::error::Error;
use crate::error::kind::{ErrorKind, Outcome};
use crate::generated::types::Authorization;
use crate::response::response::Response;
use crate::secret::newtypes::AccessToken;
use futures_core::Stream;

impl OAuthApp {
    /// Checks many tokens and yields, as each one finishes, its index in `tokens` and the verdict.
    ///
    /// See [`Batch`] for the tokens that are not sent, and for when it stops.
    ///
    /// **Availability:** GHES 2.20 and later; also on github.com, as [`check_token`](Self::check_token).
    ///
    /// ```no_run
    /// # async fn example(app: ghes_oauth::OAuthApp, leaked: Vec<ghes_oauth::AccessToken>) -> Result<(), ghes_oauth::Error> {
    /// app.preflight().await?;
    /// let mut checks = app.check_tokens(leaked).concurrency(8);
    /// while let Some((index, check)) = checks.next().await {
    ///     println!("token {index}: {:?}", check?);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn check_tokens<I>(&self, tokens: I) -> Batch<Tokens<I::IntoIter>, Check>
    where
        I: IntoIterator<Item = AccessToken>,
    {
        self.check_tokens_from(Tokens::new(tokens.into_iter()))
    }

    /// Checks the tokens of a stream, such as the rows of a database query, as [`check_tokens`](Self::check_tokens) does.
    ///
    /// **Availability:** as [`check_token`](Self::check_token).
    pub fn check_tokens_from<S>(&self, tokens: S) -> Batch<S, Check>
    where
        S: Stream<Item = AccessToken> + Unpin,
    {
        Batch::new(self, tokens, |subject| Box::pin(through(subject, check)))
    }

    /// Revokes many tokens and yields, as each one finishes, its index in `tokens` and what happened.
    ///
    /// See [`Batch`] for the tokens that are not sent, and for when it stops.
    ///
    /// **Availability:** GHES 2.20 and later; also on github.com, as [`delete_token`](Self::delete_token).
    ///
    /// ```no_run
    /// # async fn example(app: ghes_oauth::OAuthApp, leaked: Vec<ghes_oauth::AccessToken>) -> Result<(), ghes_oauth::Error> {
    /// app.preflight().await?;
    /// let mut revocations = app.delete_tokens(leaked);
    /// while let Some((index, revocation)) = revocations.next().await {
    ///     println!("token {index}: {:?}", revocation?);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "revoke")]
    pub fn delete_tokens<I>(&self, tokens: I) -> Batch<Tokens<I::IntoIter>, Revocation>
    where
        I: IntoIterator<Item = AccessToken>,
    {
        self.delete_tokens_from(Tokens::new(tokens.into_iter()))
    }

    /// Revokes the tokens of a stream, such as the rows of a database query, as [`delete_tokens`](Self::delete_tokens) does.
    ///
    /// **Availability:** as [`delete_token`](Self::delete_token).
    pub fn delete_tokens_from<S>(&self, tokens: S) -> Batch<S, Revocation>
    where
        S: Stream<Item = AccessToken> + Unpin,
    {
        Batch::new(self, tokens, |subject| Box::pin(through(subject, delete)))
    }
}

impl<S> Batch<S, Check> {
    /// Revokes each live token as soon as it is checked, and reports it as [`Check::Revoked`].
    ///
    /// If the revocation of a live token fails, its error holds what the token may do
    /// ([`Error::live_authorization`](crate::Error::live_authorization)).
    pub fn revoke_live(self) -> Self {
        self.working(|subject| {
            Box::pin(through(subject, |subject| {
                check_and_delete(subject.clone())
            }))
        })
    }
}

fn check(subject: &Subject) -> impl Future<Output = Done<Check>> + use<> {
    let call = subject.app.check_token(&subject.token).gate(&subject.gate);
    checked(call.send())
}

async fn checked(
    sent: impl Future<Output = Result<Response<Option<Authorization>>, Error>>,
) -> Done<Check> {
    let (found, metadata) = sent.await?.into_parts();
    let check = found.map_or(Check::NotLive, |found| Check::Live(Box::new(found)));
    Ok((check, Some(metadata)))
}

fn delete(subject: &Subject) -> impl Future<Output = Done<Revocation>> + use<> {
    let call = subject.app.delete_token(&subject.token).gate(&subject.gate);
    deleted(call.send())
}

async fn deleted(sent: impl Future<Output = Result<Response<()>, Error>>) -> Done<Revocation> {
    match sent.await {
        Ok(response) => Ok((Revocation::Revoked, Some(response.into_parts().1))),
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        Err(error) => {
            let revocation = match error.outcome() {
                Outcome::NotPerformed => Revocation::NotLive,
                _ => Revocation::NotLiveAfterRetry,
            };
            Ok((revocation, error.metadata().cloned()))
        }
    }
}

async fn check_and_delete(subject: Subject) -> Done<Check> {
    match check(&subject).await? {
        (Check::Live(found), _) => match delete(&subject).await {
            Ok((Revocation::Revoked, metadata)) => Ok((Check::Revoked(found), metadata)),
            Ok((_, metadata)) => Ok((Check::NotLive, metadata)),
            Err(error) => Err(error.with_authorization(found)),
        },
        other => Ok(other),
    }
}
