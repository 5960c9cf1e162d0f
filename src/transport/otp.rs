//! Asks the caller's source for one-time passwords.

use crate::error::error::{Cause, Error};
use crate::error::kind::ErrorKind;
use crate::model::operation::Operation;
use crate::request::otp::{self, Asked, Otp, OtpReason, OtpRequest};
use crate::response::classify;
use crate::response::raw::RawResponse;
use crate::secret::newtypes::OneTimePassword;
use crate::secret::redact::Secrets;
use crate::transport::background::background;
use crate::transport::deadline::Limit;
use crate::transport::exchange::Exchange;
use http::StatusCode;
use http::header::HeaderValue;
use tokio::time::Instant;

/// How often a source is asked for one call before the server's refusal is final; many wrong one-time passwords lock the user out.
const MOST_REQUESTS: u32 = 3;

impl Exchange {
    /// Returns the header with the one-time password for the next request; `None` if the request is sent without.
    pub(super) async fn one_time_password(&mut self) -> Result<Option<HeaderValue>, Error> {
        let otp = match &mut self.otp {
            Otp::None => return Ok(None),
            Otp::Fixed(otp) => otp.clone(),
            Otp::From(asked) => {
                let otp = match (asked.next.take(), asked.reason) {
                    (Some(otp), _) => otp,
                    // The server's first response names how the user gets them, and the server sends one if that is by SMS.
                    (None, None) => return Ok(None),
                    (None, Some(reason)) => ask(asked, self.operation, &self.secrets, reason)
                        .await?
                        .map_err(|cause| {
                            let text = "the source returned no one-time password; nothing was sent";
                            let kind = ErrorKind::OtpRequired(reason.delivery());
                            Error::new(kind, text).with_cause(cause)
                        })?,
                };
                asked.last = Some(otp.clone());
                otp
            }
        };
        otp::header(&otp, &mut self.secrets).map(Some)
    }

    /// Asks the source again after a response that asks for a one-time password or rejects one; returns whether to send another request.
    ///
    /// # Errors
    /// That of the response, if the source returns no one-time password.
    pub(super) async fn renew_one_time_password(
        &mut self,
        response: &RawResponse,
        limit: &mut Limit,
    ) -> Result<bool, Error> {
        let Otp::From(asked) = &mut self.otp else {
            return Ok(false);
        };
        if response.metadata.status() != StatusCode::UNAUTHORIZED || asked.times == MOST_REQUESTS {
            return Ok(false);
        }
        let error = classify::from_response(
            self.operation,
            response.metadata.clone(),
            &response.body,
            response.circumstances,
            &self.secrets,
        );
        let reason = match error.kind() {
            ErrorKind::OtpRequired(delivery) => OtpReason::Required(delivery),
            ErrorKind::OtpInvalid(delivery) => OtpReason::Rejected(delivery),
            _ => return Ok(false),
        };
        asked.source.learn(reason);
        asked.reason = Some(OtpReason::Required(reason.delivery()));
        let began = Instant::now();
        let otp = ask(asked, self.operation, &self.secrets, reason).await?;
        // The source may have waited for a person, or for the next period of an authenticator app.
        limit.extend(began.elapsed());
        let otp = otp.map_err(|cause| error.with_cause(cause))?;
        let is_rejected_one = matches!(reason, OtpReason::Rejected(_))
            && asked
                .last
                .as_ref()
                .is_some_and(|last| last.expose_secret() == otp.expose_secret());
        asked.next = Some(otp).filter(|_| !is_rejected_one);
        Ok(!is_rejected_one)
    }
}

/// Asks the source on a thread on which it may block; in place of a one-time password it may return an error.
///
/// # Errors
/// Configuration if it panics.
async fn ask(
    asked: &mut Asked,
    operation: &'static Operation,
    secrets: &Secrets,
    reason: OtpReason,
) -> Result<Result<OneTimePassword, Cause>, Error> {
    asked.times += 1;
    let request = OtpRequest {
        reason,
        attempt: asked.times,
        operation,
    };
    let ask = asked.source.ask.clone();
    let given = background()?
        .call_back(move || ask(request))
        .await
        .map_err(|_| {
            let text = "the source of one-time passwords panicked; the server performed nothing";
            Error::new(ErrorKind::Configuration, text)
        })?;
    Ok(given.map_err(|declined| Cause(secrets.redact(&declined.to_string()))))
}
