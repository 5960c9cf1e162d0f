//! The apps and users that a fake knows, and their tokens.

use crate::builder::Builder;
use crate::new_token::NewToken;
use crate::state::store::App;
use crate::state::users::{Otp, OtpDelivery, User};

/// Its apps, users and tokens.
impl Builder {
    /// Adds an OAuth App.
    pub fn app(mut self, client_id: impl Into<String>, client_secret: impl Into<String>) -> Self {
        self.apps.push(App {
            client_id: client_id.into(),
            client_secret: client_secret.into(),
        });
        self
    }

    /// Adds a user who signs in with a password only.
    pub fn user(self, login: impl Into<String>, password: impl Into<String>) -> Self {
        self.push_user(login.into(), password.into(), None)
    }

    /// Adds a user with two-factor authentication, whose one-time password never changes and may be reused.
    pub fn user_with_otp(
        self,
        login: impl Into<String>,
        password: impl Into<String>,
        otp: impl Into<String>,
        delivery: OtpDelivery,
    ) -> Self {
        let otp = Otp::fixed(otp.into(), delivery);
        self.push_user(login.into(), password.into(), Some(otp))
    }

    /// Adds a user with two-factor authentication, whose one-time passwords the closure checks, for instance with a TOTP library.
    ///
    /// As on GitHub, a one-time password that was accepted is refused the next time.
    ///
    /// ```
    /// use ghes_oauth_fake::{FakeGhes, OtpDelivery};
    ///
    /// let ghes = FakeGhes::builder()
    ///     .user_with_otp_check("octocat", "password", OtpDelivery::App, |otp| otp.starts_with("9"))
    ///     .start()?;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn user_with_otp_check(
        self,
        login: impl Into<String>,
        password: impl Into<String>,
        delivery: OtpDelivery,
        check: impl Fn(&str) -> bool + Send + Sync + 'static,
    ) -> Self {
        let otp = Otp::checked_by(check, delivery);
        self.push_user(login.into(), password.into(), Some(otp))
    }

    /// Adds a token that is live from the start.
    pub fn token(mut self, token: NewToken) -> Self {
        self.tokens.push(token);
        self
    }

    fn push_user(mut self, login: String, password: String, otp: Option<Otp>) -> Self {
        let id = self.users.len() as u64 + 1;
        self.users.push(User::new(id, login, password, otp));
        self
    }
}
