//! The one-time passwords of a call.

use crate::error::error::Error;
use crate::error::kind::ErrorKind;
use crate::request::credentials::OtpSource;
use crate::request::validate;
use crate::secret::newtypes::OneTimePassword;
use crate::secret::redact::Secrets;
use reqwest::header::HeaderValue;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Where the one-time password of a call comes from.
pub(crate) enum Otp {
    None,
    /// Good for one request: it is not sent again once it may have arrived.
    Fixed(OneTimePassword),
    /// Asked again for each request.
    From(OtpSource),
}

impl Otp {
    pub(crate) fn is_some(&self) -> bool {
        !matches!(self, Self::None)
    }

    pub(crate) fn is_fixed(&self) -> bool {
        matches!(self, Self::Fixed(_))
    }

    /// The header for the next request, whose code becomes one of the call's secrets.
    pub(crate) fn header(&self, secrets: &mut Arc<Secrets>) -> Result<Option<HeaderValue>, Error> {
        let code = match self {
            Self::None => return Ok(None),
            Self::Fixed(code) => code.clone(),
            // It is the caller's: its panic must not pass for a lost response.
            Self::From(source) => catch_unwind(AssertUnwindSafe(|| source())).map_err(|_| {
                Error::new(
                    ErrorKind::Configuration,
                    "the source of the one-time password panicked; nothing was sent",
                )
            })?,
        };
        validate::one_time_password(code.expose_secret())?;
        Arc::make_mut(secrets).add(code.expose_secret());
        let unfit =
            |_| Error::invalid_input("one-time password", "a header must be able to carry it");
        let mut value = HeaderValue::from_str(code.expose_secret()).map_err(unfit)?;
        value.set_sensitive(true);
        Ok(Some(value))
    }
}
