//! The one-time passwords of a call.

use crate::error::error::Error;
use crate::error::kind::OtpDelivery;
use crate::model::operation::Operation;
use crate::request::validate;
use crate::secret::newtypes::OneTimePassword;
use crate::secret::redact::Secrets;
use http::header::HeaderValue;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Describes why a source of one-time passwords is asked, and for which operation; see [`UserCredentials::otp_from`](crate::UserCredentials::otp_from).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct OtpRequest {
    /// Why the source is asked.
    pub reason: OtpReason,
    /// How many times the source has been asked for this call, including this time.
    pub attempt: u32,
    /// The operation that is called.
    pub operation: &'static Operation,
}

/// Why a source of one-time passwords is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OtpReason {
    /// The server asks for a one-time password. For a POST or PUT with [`OtpDelivery::Sms`], it has just sent one.
    Required(OtpDelivery),
    /// The server rejected the last one: it was wrong, expired or used before.
    Rejected(OtpDelivery),
}

impl OtpReason {
    pub(crate) fn delivery(self) -> OtpDelivery {
        let (Self::Required(delivery) | Self::Rejected(delivery)) = self;
        delivery
    }
}

/// The error of a source that returns no one-time password.
pub(crate) type Declined = Box<dyn std::error::Error + Send + Sync>;

/// The caller's function; it may block.
pub(crate) type Ask = dyn Fn(OtpRequest) -> Result<OneTimePassword, Declined> + Send + Sync;

/// Where the one-time passwords of a user's calls come from.
pub(crate) struct OtpSource {
    pub(crate) ask: Arc<Ask>,
    /// Whether the server is known to ask for one-time passwords of an authenticator app, so that the first request may have one.
    by_app: AtomicBool,
}

impl OtpSource {
    pub(crate) fn new(ask: Arc<Ask>) -> Self {
        Self {
            ask,
            by_app: AtomicBool::new(false),
        }
    }

    /// Why the next request of a call needs a one-time password, if that is known; `None` if the server must be asked, or has to send one
    /// first.
    pub(crate) fn expects(&self) -> Option<OtpReason> {
        self.by_app
            .load(Ordering::Relaxed)
            .then_some(OtpReason::Required(OtpDelivery::App))
    }

    /// Remembers how the user gets one-time passwords.
    pub(crate) fn learn(&self, reason: OtpReason) {
        let by_app = reason.delivery() == OtpDelivery::App;
        self.by_app.store(by_app, Ordering::Relaxed);
    }
}

/// Where the one-time password of a call comes from.
pub(crate) enum Otp {
    None,
    /// Valid for one request: no retry sends it once it may have arrived.
    Fixed(OneTimePassword),
    /// Asked again for each request that needs one.
    From(Asked),
}

/// A source, and how it was asked for one call.
pub(crate) struct Asked {
    pub(crate) source: Arc<OtpSource>,
    /// How often it was asked.
    pub(crate) times: u32,
    /// Why it is asked before the next request.
    pub(crate) reason: Option<OtpReason>,
    /// The one-time password for the next request.
    pub(crate) next: Option<OneTimePassword>,
    /// The one-time password that was sent last.
    pub(crate) last: Option<OneTimePassword>,
}

impl Asked {
    pub(crate) fn new(source: Arc<OtpSource>) -> Self {
        Self {
            reason: source.expects(),
            source,
            times: 0,
            next: None,
            last: None,
        }
    }
}

impl Otp {
    pub(crate) fn is_some(&self) -> bool {
        !matches!(self, Self::None)
    }

    pub(crate) fn is_fixed(&self) -> bool {
        matches!(self, Self::Fixed(_))
    }
}

/// Returns the header for a one-time password, and adds that to the call's secrets.
pub(crate) fn header(
    otp: &OneTimePassword,
    secrets: &mut Arc<Secrets>,
) -> Result<HeaderValue, Error> {
    validate::one_time_password(otp.expose_secret())?;
    Arc::make_mut(secrets).add(otp.expose_secret());
    let unfit = |_| Error::invalid_input("one-time password", "a header must be able to carry it");
    let mut value = HeaderValue::from_str(otp.expose_secret()).map_err(unfit)?;
    value.set_sensitive(true);
    Ok(value)
}
