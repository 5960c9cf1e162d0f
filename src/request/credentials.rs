//! Credentials for HTTP Basic authentication.

use crate::error::error::Error;
use crate::request::otp::{Ask, OtpRequest, OtpSource};
use crate::request::validate;
use crate::secret::newtypes::{ClientSecret, OneTimePassword, Password};
use crate::secret::redact::{Masked, Secrets};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use std::fmt;
use std::sync::Arc;
use zeroize::Zeroizing;

/// An OAuth App's client id and client secret.
///
/// ```
/// use ghes_oauth::{AppCredentials, ClientSecret};
///
/// let credentials = AppCredentials::new("Iv1.8a61f9b3a7aba766", ClientSecret::new("s3cret"))?;
/// assert!(!format!("{credentials:?}").contains("s3cret"));
/// assert!(AppCredentials::new("Iv1.8a61f9b3a7aba766", "client_secret=s3cret").is_err());
/// # Ok::<(), ghes_oauth::Error>(())
/// ```
#[derive(Clone)]
pub struct AppCredentials {
    client_id: String,
    client_secret: ClientSecret,
}

impl AppCredentials {
    /// Checks the form of both and stores them; only a call shows whether they are an app's credentials.
    ///
    /// # Errors
    /// [Invalid input](crate::ErrorKind::InvalidInput) for a malformed client id or client secret. Both consist of letters, digits, `_`,
    /// `-` and `.`; white space, quotes, a byte-order mark and the like were copied along by mistake.
    pub fn new(
        client_id: impl Into<String>,
        client_secret: impl Into<ClientSecret>,
    ) -> Result<Self, Error> {
        let (client_id, client_secret) = (client_id.into(), client_secret.into());
        validate::client_id(&client_id)?;
        validate::client_secret(&client_secret)?;
        Ok(Self {
            client_id,
            client_secret,
        })
    }

    /// Returns the client id.
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    pub(crate) fn client_secret(&self) -> &ClientSecret {
        &self.client_secret
    }

    pub(crate) fn authorize(&self, common: &HeaderMap) -> Authorizer {
        Authorizer::basic(common, &self.client_id, self.client_secret.expose_secret())
    }
}

impl fmt::Debug for AppCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppCredentials")
            .field("client_id", &Masked(&self.client_id))
            .field("client_secret", &self.client_secret)
            .finish()
    }
}

/// A user's login and password.
///
/// The OAuth Authorizations API takes no token in place of the password.
///
/// ```
/// use ghes_oauth::{OneTimePassword, UserCredentials};
///
/// # fn ask() -> String { "123456".to_owned() }
/// let credentials = UserCredentials::new("octocat", "password")?
///     .otp_from(async |_| Ok(OneTimePassword::new(ask())));
/// # let _ = credentials;
/// # Ok::<(), ghes_oauth::Error>(())
/// ```
#[derive(Clone)]
pub struct UserCredentials {
    login: String,
    password: Password,
    otp: Option<Arc<Ask>>,
}

impl UserCredentials {
    /// Checks the form of both and stores them; only a call shows whether they are a user's credentials.
    ///
    /// # Errors
    /// [Invalid input](crate::ErrorKind::InvalidInput) for an empty login or password, for control characters, and for a login with
    /// a colon or an invisible character.
    pub fn new(login: impl Into<String>, password: impl Into<Password>) -> Result<Self, Error> {
        let (login, password) = (login.into(), password.into());
        validate::user_name(&login)?;
        validate::password(password.expose_secret())?;
        Ok(Self {
            login,
            password,
            otp: None,
        })
    }

    /// Asks `source` for a one-time password for each request that needs one, on every call without [`Call::otp`](crate::Call::otp).
    ///
    /// The first request is sent without a one-time password. GitHub's response names how the user gets one and, for SMS, GitHub sends it
    /// with that response. Then the source is called, and [`OtpRequest`] contains the reason and the number of the attempt. If the user has
    /// an authenticator app, the client remembers that, and later calls ask the source first. After a rejection the source is asked again,
    /// at most three times for a call. The source declines by returning an error, and the call fails with that as its
    /// [source](std::error::Error::source); it also declines by returning the one-time password that was just rejected.
    ///
    /// **An authenticator app computes one OTP every 30 seconds, and GitHub accepts each OTP once.** A list of two pages needs two OTPs, and
    /// so does a call that is retried. A source that computes OTPs (TOTP) may return the same one again: when GitHub rejects it, the source
    /// is asked with [`OtpReason::Rejected`](crate::OtpReason::Rejected), and should then sleep until the next 30 seconds begin.
    ///
    /// The source runs on a separate thread, on which it may block, sleep, ask a person or [`wait`](crate::Call) for calls. Its time does
    /// not count towards the call's timeout, and it holds no permit of [`max_in_flight`](crate::ServerBuilder::max_in_flight).
    ///
    /// ```
    /// use ghes_oauth::{OneTimePassword, OtpReason, UserCredentials};
    ///
    /// # fn totp() -> String { "123456".to_owned() }
    /// # fn next_period() -> std::time::Duration { std::time::Duration::ZERO }
    /// let credentials = UserCredentials::new("octocat", "password")?.otp_from(async |request| {
    ///     if matches!(request.reason, OtpReason::Rejected(_)) {
    ///         std::thread::sleep(next_period());
    ///     }
    ///     Ok(OneTimePassword::new(totp()))
    /// });
    /// # let _ = credentials;
    /// # Ok::<(), ghes_oauth::Error>(())
    /// ```
    #[must_use = "it gives credentials with the source"]
    pub fn otp_from<F>(mut self, source: impl Fn(OtpRequest) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<OneTimePassword, Box<dyn std::error::Error + Send + Sync>>>,
    {
        // The thread belongs to the background runtime, whose timers and connections the future may use.
        self.otp = Some(Arc::new(move |request| {
            tokio::runtime::Handle::current().block_on(source(request))
        }));
        self
    }

    /// Returns the login.
    pub fn login(&self) -> &str {
        &self.login
    }

    pub(crate) fn authorize(&self, common: &HeaderMap) -> Authorizer {
        Authorizer {
            otp: self.otp.clone().map(OtpSource::new).map(Arc::new),
            ..Authorizer::basic(common, &self.login, self.password.expose_secret())
        }
    }
}

impl fmt::Debug for UserCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UserCredentials")
            .field("login", &Masked(&self.login))
            .field("password", &self.password)
            .finish_non_exhaustive()
    }
}

/// Marks a [`Call`](crate::Call) without credentials.
#[derive(Debug)]
pub enum NoCredentials {}

/// The headers of all requests with the same credentials, which are encoded once, and the secrets in them.
pub(crate) struct Authorizer {
    pub(crate) headers: HeaderMap,
    pub(crate) secrets: Arc<Secrets>,
    pub(crate) otp: Option<Arc<OtpSource>>,
}

impl Authorizer {
    /// Adds nothing to the headers that all requests have in `common`.
    pub(crate) fn without_credentials(common: &HeaderMap) -> Self {
        Self {
            headers: common.clone(),
            secrets: Arc::default(),
            otp: None,
        }
    }

    /// Adds Basic authentication to the headers that all requests have in `common`.
    fn basic(common: &HeaderMap, name: &str, secret: &str) -> Self {
        let pair = Zeroizing::new(format!("{name}:{secret}"));
        let mut value = Zeroizing::new(String::from("Basic "));
        STANDARD.encode_string(pair.as_bytes(), &mut value);
        let mut secrets = Secrets::of(secret);
        secrets.add(value.trim_start_matches("Basic ").trim_end_matches('='));
        // The bytes are zeroized when the last reference to them is dropped.
        let bytes = Bytes::from_owner(Zeroizing::new(std::mem::take(&mut *value).into_bytes()));
        let mut header = HeaderValue::from_maybe_shared(bytes)
            .expect("Base64 is ASCII, which a header can carry");
        header.set_sensitive(true);
        let mut headers = common.clone();
        headers.insert(AUTHORIZATION, header);
        Self {
            headers,
            secrets: Arc::new(secrets),
            otp: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_is_basic_and_sensitive() {
        // The sample of RFC 7617, section 2.
        let authorizer = UserCredentials::new("Aladdin", "open sesame")
            .unwrap()
            .authorize(&HeaderMap::new());
        let header = &authorizer.headers[AUTHORIZATION];
        assert_eq!(header, "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assert!(header.is_sensitive());
        assert_eq!(
            authorizer
                .secrets
                .redact("say open sesame or QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
            "say [REDACTED] or [REDACTED]=="
        );
    }

    #[test]
    fn utf8_and_colons_in_a_password_go_through() {
        let credentials = UserCredentials::new("öcto", "pä:ss").unwrap();
        assert_eq!(
            credentials.authorize(&HeaderMap::new()).headers[AUTHORIZATION],
            format!("Basic {}", STANDARD.encode("öcto:pä:ss"))
        );
    }

    #[test]
    fn bad_credentials_are_refused_by_name_when_they_are_made() {
        let app = |id: &str, secret: &str| AppCredentials::new(id, secret).map(drop);
        let user = |login: &str, password: &str| UserCredentials::new(login, password).map(drop);
        for (refused, field) in [
            (app("a:b", "s"), "client id"),
            (app("a", ""), "client secret"),
            (app("a", "\u{feff}s"), "client secret"),
            (user("a:b", "s"), "user name"),
            (user("a\u{200b}", "s"), "user name"),
            (user("a", "b\0"), "password"),
        ] {
            assert!(refused.unwrap_err().to_string().contains(field), "{field}");
        }
    }
}
