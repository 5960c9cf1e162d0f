//! The codes that the web application flow hands out between `authorize` and `access_token`.

use crate::state::token::{self, sha256};
use std::collections::HashMap;
use std::time::{Duration, SystemTime};

/// How long a code may be exchanged, by GitHub's documentation.
const VALID: Duration = Duration::from_secs(600);

/// How many codes are kept: more than any test leaves unused.
const MOST: usize = 10_000;

/// The terms that a user agreed to.
#[derive(Clone)]
pub(crate) struct Agreed {
    pub(crate) app: String,
    pub(crate) login: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) redirect_uri: Option<String>,
}

/// The codes that were not exchanged yet, by their hashes.
#[derive(Default)]
pub(crate) struct Codes(HashMap<String, (Agreed, SystemTime)>);

impl Codes {
    pub(crate) fn hand_out(&mut self, agreed: Agreed, now: SystemTime) -> String {
        self.0.retain(|_, (_, until)| *until > now);
        if self.0.len() >= MOST {
            self.0.clear();
        }
        let code = format!("{:016x}{:04x}", token::random(), token::random() & 0xffff);
        self.0.insert(sha256(&code), (agreed, now + VALID));
        code
    }

    /// Takes a code, so that it is exchanged only once; `None` if it is not valid for this app.
    pub(crate) fn redeem(&mut self, code: &str, app: &str, now: SystemTime) -> Option<Agreed> {
        let hash = sha256(code);
        let (agreed, until) = self.0.get(&hash)?;
        if agreed.app != app || *until <= now {
            return None;
        }
        self.0.remove(&hash).map(|(agreed, _)| agreed)
    }
}
