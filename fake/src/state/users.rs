//! Users, their passwords and one-time passwords.

use crate::state::token::sha256;
use std::collections::VecDeque;
use std::fmt;
use std::time::{Duration, SystemTime};

/// How a user gets one-time passwords.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OtpDelivery {
    /// From an authenticator app.
    App,
    /// By text message.
    Sms,
}

/// How long an accepted one-time password is remembered: longer than any TOTP is valid.
const REMEMBERED: Duration = Duration::from_secs(300);

pub(crate) struct User {
    pub(crate) id: u64,
    pub(crate) login: String,
    pub(crate) password: String,
    pub(crate) otp: Option<Otp>,
    pub(crate) bad_logins: u32,
    pub(crate) locked_until: Option<SystemTime>,
    /// The ids of the user's authorizations, ascending.
    pub(crate) authorizations: Vec<u64>,
}

impl User {
    pub(crate) fn new(id: u64, login: String, password: String, otp: Option<Otp>) -> Self {
        Self {
            id,
            login,
            password,
            otp,
            bad_logins: 0,
            locked_until: None,
            authorizations: Vec::new(),
        }
    }

    /// Whether the user is locked out now; a lockout that is over leaves no bad logins.
    pub(crate) fn is_locked_out(&mut self, now: SystemTime) -> bool {
        if self.locked_until.is_some_and(|until| until <= now) {
            self.unlock();
        }
        self.locked_until.is_some()
    }

    pub(crate) fn unlock(&mut self) {
        self.locked_until = None;
        self.bad_logins = 0;
    }
}

/// The second factor of a user.
pub(crate) struct Otp {
    pub(crate) delivery: OtpDelivery,
    check: Check,
    /// The hashes of the passwords that were accepted lately, and when.
    used: VecDeque<(String, SystemTime)>,
    pub(crate) messages_sent: usize,
}

enum Check {
    /// One that never changes and may be reused.
    Fixed(String),
    /// Each one that the closure accepts is accepted once.
    Closure(Box<dyn Fn(&str) -> bool + Send + Sync>),
}

impl Otp {
    pub(crate) fn fixed(password: String, delivery: OtpDelivery) -> Self {
        Self::new(Check::Fixed(password), delivery)
    }

    pub(crate) fn checked_by(
        check: impl Fn(&str) -> bool + Send + Sync + 'static,
        delivery: OtpDelivery,
    ) -> Self {
        Self::new(Check::Closure(Box::new(check)), delivery)
    }

    fn new(check: Check, delivery: OtpDelivery) -> Self {
        Self {
            delivery,
            check,
            used: VecDeque::new(),
            messages_sent: 0,
        }
    }

    pub(crate) fn accepts(&mut self, given: &str, now: SystemTime) -> bool {
        let hash = sha256(given);
        let check = match &self.check {
            Check::Fixed(password) => return sha256(password) == hash,
            Check::Closure(check) => check,
        };
        let is_old = |at: &SystemTime| now.duration_since(*at).is_ok_and(|age| age > REMEMBERED);
        self.used.retain(|(_, at)| !is_old(at));
        if self.used.iter().any(|(used, _)| *used == hash) || !check(given) {
            return false;
        }
        self.used.push_back((hash, now));
        true
    }
}

impl fmt::Debug for Otp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Otp")
            .field("delivery", &self.delivery)
            .finish_non_exhaustive()
    }
}
