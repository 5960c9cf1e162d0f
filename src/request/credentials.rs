//! Who makes a call, by HTTP Basic authentication.

use crate::error::error::Error;
use crate::request::validate;
use crate::secret::newtypes::{ClientSecret, OneTimePassword, Password};
use crate::secret::redact::{Masked, Secrets};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use reqwest::header::HeaderValue;
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
    /// Checks the form of both and keeps them; only a call shows whether they are an app's.
    ///
    /// # Errors
    /// [Invalid input](crate::ErrorKind::InvalidInput) for what cannot be a client id or a client secret. Both consist of letters,
    /// digits, `_`, `-` and `.`; white space, quotes, a byte-order mark and the like were copied along by mistake.
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

    pub(crate) fn authorize(&self) -> Authorizer {
        Authorizer::new(&self.client_id, self.client_secret.expose_secret())
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
/// let credentials = UserCredentials::new("octocat", "password")?.otp_from(|| OneTimePassword::new(ask()));
/// # let _ = credentials;
/// # Ok::<(), ghes_oauth::Error>(())
/// ```
#[derive(Clone)]
pub struct UserCredentials {
    login: String,
    password: Password,
    otp: Option<OtpSource>,
}

/// Where the codes of two-factor authentication come from.
pub(crate) type OtpSource = Arc<dyn Fn() -> OneTimePassword + Send + Sync>;

impl UserCredentials {
    /// Checks the form of both and keeps them; only a call shows whether they are a user's.
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

    /// Asks `source` for a one-time password for each request of a call that was not given one, repeats included; codes expire,
    /// for instance between pages.
    ///
    /// It is called on the thread that sends, and blocks it while it runs.
    #[must_use = "it gives credentials with the source"]
    pub fn otp_from(
        mut self,
        source: impl Fn() -> OneTimePassword + Send + Sync + 'static,
    ) -> Self {
        self.otp = Some(Arc::new(source));
        self
    }

    /// Returns the login.
    pub fn login(&self) -> &str {
        &self.login
    }

    pub(crate) fn authorize(&self) -> Authorizer {
        Authorizer {
            otp: self.otp.clone(),
            ..Authorizer::new(&self.login, self.password.expose_secret())
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

/// The `Authorization` header of a pair of credentials, made once, and the secrets in it.
#[derive(Clone)]
pub(crate) struct Authorizer {
    /// None where nobody signs in.
    pub(crate) header: Option<HeaderValue>,
    pub(crate) secrets: Secrets,
    pub(crate) otp: Option<OtpSource>,
}

impl Authorizer {
    fn new(name: &str, secret: &str) -> Self {
        let pair = Zeroizing::new(format!("{name}:{secret}"));
        let mut value = Zeroizing::new(String::from("Basic "));
        STANDARD.encode_string(pair.as_bytes(), &mut value);
        let mut secrets = Secrets::default();
        secrets.add(secret);
        secrets.add(value.trim_start_matches("Basic ").trim_end_matches('='));
        // The bytes are zeroized when the last handle on them goes.
        let bytes = Bytes::from_owner(Zeroizing::new(std::mem::take(&mut *value).into_bytes()));
        let mut header = HeaderValue::from_maybe_shared(bytes)
            .expect("Base64 is ASCII, which a header can carry");
        header.set_sensitive(true);
        Self {
            header: Some(header),
            secrets,
            otp: None,
        }
    }

    /// For a call that nobody signs in for.
    pub(crate) fn nobody() -> Self {
        Self {
            header: None,
            secrets: Secrets::default(),
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
            .authorize();
        let header = authorizer.header.unwrap();
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
        let authorizer = UserCredentials::new("öcto", "pä:ss").unwrap().authorize();
        assert_eq!(
            authorizer.header.unwrap(),
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

/// The kind of a [`Call`](crate::Call) that nobody signs in for.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct NoCredentials;
