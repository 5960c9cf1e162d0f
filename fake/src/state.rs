//! What the fake remembers: apps, users, grants, authorizations, and how many requests are left.

use crate::rate_limit::RateLimit;
use crate::token::{self, Trace};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::{SystemTime, UNIX_EPOCH};

pub(crate) struct App {
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
}

pub(crate) struct User {
    pub(crate) id: u64,
    pub(crate) login: String,
    pub(crate) password: String,
    pub(crate) otp: Option<Otp>,
    pub(crate) bad_logins: u32,
    /// The ids of the user's authorizations, ascending.
    pub(crate) authorizations: Vec<u64>,
    /// When a list of the user's last changed.
    pub(crate) changed_at: u64,
}

impl User {
    pub(crate) fn new(id: u64, login: String, password: String, otp: Option<Otp>) -> Self {
        Self {
            id,
            login,
            password,
            otp,
            bad_logins: 0,
            authorizations: Vec::new(),
            changed_at: now(),
        }
    }
}

/// How a user's one-time passwords come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OtpDelivery {
    /// From an authenticator app.
    App,
    /// By text message.
    Sms,
}

pub(crate) struct Otp {
    pub(crate) code: String,
    pub(crate) delivery: OtpDelivery,
}

/// What an authorization was made for; all but its token, its id and its dates.
#[derive(Clone, Default)]
pub(crate) struct Terms {
    /// The app's client id; `None` for a personal access token.
    pub(crate) app: Option<String>,
    pub(crate) login: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) note: Option<String>,
    pub(crate) note_url: Option<String>,
    pub(crate) fingerprint: Option<String>,
    /// Of a scoped token: how far it reaches.
    pub(crate) installation: Option<Installation>,
}

/// What a scoped token is limited to.
#[derive(Clone)]
pub(crate) struct Installation {
    pub(crate) account_id: u64,
    pub(crate) account: String,
    pub(crate) permissions: Map<String, Value>,
    pub(crate) selected: bool,
}

/// One token, without the token.
pub(crate) struct Authorization {
    pub(crate) id: u64,
    pub(crate) terms: Terms,
    pub(crate) token: Trace,
    pub(crate) created_at: u64,
    pub(crate) updated_at: u64,
    prefix: &'static str,
}

/// What a user allowed an app, however many tokens came of it.
pub(crate) struct Grant {
    pub(crate) id: u64,
    pub(crate) app: String,
    pub(crate) login: String,
    pub(crate) created_at: u64,
    pub(crate) updated_at: u64,
}

/// Makes a token of the kind that the prefix says.
type Mint = fn(&str) -> String;

pub(crate) struct Store {
    pub(crate) rate_limit: Option<RateLimit>,
    pub(crate) max_logins: Option<u32>,
    apps: Vec<App>,
    users: Vec<User>,
    authorizations: HashMap<u64, Authorization>,
    by_hash: HashMap<String, u64>,
    grants: BTreeMap<u64, Grant>,
    /// One count for grants and authorizations: a client that mistakes one id for the other finds nothing.
    last_id: u64,
    mint: Mint,
}

impl Store {
    pub(crate) fn new(
        apps: Vec<App>,
        users: Vec<User>,
        max_logins: Option<u32>,
        rate_limit: Option<RateLimit>,
        mint: Mint,
    ) -> Self {
        Self {
            rate_limit,
            max_logins,
            apps,
            users,
            authorizations: HashMap::new(),
            by_hash: HashMap::new(),
            grants: BTreeMap::new(),
            last_id: 0,
            mint,
        }
    }

    pub(crate) fn app(&self, client_id: &str) -> Option<&App> {
        self.apps.iter().find(|app| app.client_id == client_id)
    }

    /// The user of that login; GitHub does not tell capitals apart in it.
    pub(crate) fn user(&self, login: &str) -> Option<&User> {
        self.users
            .iter()
            .find(|user| user.login.eq_ignore_ascii_case(login))
    }

    pub(crate) fn user_mut(&mut self, login: &str) -> Option<&mut User> {
        self.users
            .iter_mut()
            .find(|user| user.login.eq_ignore_ascii_case(login))
    }

    pub(crate) fn user_by_id(&self, id: u64) -> Option<&User> {
        self.users.iter().find(|user| user.id == id)
    }

    /// The authorization behind a token that works.
    pub(crate) fn live(&self, token: &str) -> Option<&Authorization> {
        self.authorizations
            .get(self.by_hash.get(&token::sha256(token))?)
    }

    pub(crate) fn authorization(&self, id: u64) -> Option<&Authorization> {
        self.authorizations.get(&id)
    }

    pub(crate) fn authorizations_of(&self, login: &str) -> impl Iterator<Item = &Authorization> {
        let ids = self
            .user(login)
            .into_iter()
            .flat_map(|user| &user.authorizations);
        ids.filter_map(|id| self.authorizations.get(id))
    }

    pub(crate) fn grant(&self, id: u64) -> Option<&Grant> {
        self.grants.get(&id)
    }

    pub(crate) fn grants_of(&self, login: &str) -> impl Iterator<Item = &Grant> {
        self.grants
            .values()
            .filter(move |grant| grant.login == login)
    }

    /// The scopes of all tokens that the app holds for the user, taken together.
    pub(crate) fn scopes_of(&self, grant: &Grant) -> Vec<String> {
        let scopes: BTreeSet<_> = self
            .of_grant(&grant.app, &grant.login)
            .flat_map(|authorization| &authorization.terms.scopes)
            .collect();
        scopes.into_iter().cloned().collect()
    }

    /// Makes an authorization, and the grant where it is the first of an app, and gives its id and its token.
    pub(crate) fn issue(&mut self, prefix: &'static str, terms: Terms) -> (u64, String) {
        let now = now();
        if let Some(app) = terms.app.clone() {
            self.touch_grant(app, &terms.login, now);
        }
        let id = self.next_id();
        let (token, trace) = self.new_token(prefix, id);
        if let Some(user) = self.touch_user(&terms.login, now) {
            user.authorizations.push(id);
        }
        let authorization = Authorization {
            id,
            terms,
            token: trace,
            created_at: now,
            updated_at: now,
            prefix,
        };
        self.authorizations.insert(id, authorization);
        (id, token)
    }

    /// Puts a new token in place of the old one, which is dead from here on.
    pub(crate) fn reset(&mut self, id: u64) -> Option<String> {
        let (prefix, old) = self
            .authorization(id)
            .map(|authorization| (authorization.prefix, authorization.token.hash.clone()))?;
        let (token, trace) = self.new_token(prefix, id);
        self.by_hash.remove(&old);
        self.update(id, |authorization| authorization.token = trace);
        Some(token)
    }

    /// Changes an authorization and the date of its last change.
    pub(crate) fn update(&mut self, id: u64, change: impl FnOnce(&mut Authorization)) {
        let Some(authorization) = self.authorizations.get_mut(&id) else {
            return;
        };
        change(authorization);
        // A change shows even within the second of the one before it.
        authorization.updated_at = now().max(authorization.updated_at + 1);
        let (login, updated_at) = (authorization.terms.login.clone(), authorization.updated_at);
        self.touch_user(&login, updated_at);
    }

    /// Removes an authorization and kills its token; `false` where there was none.
    pub(crate) fn remove(&mut self, id: u64) -> bool {
        let Some(authorization) = self.authorizations.remove(&id) else {
            return false;
        };
        self.by_hash.remove(&authorization.token.hash);
        if let Some(user) = self.touch_user(&authorization.terms.login, now()) {
            // Ids are given out in ascending order, so the list can be searched by halves.
            if let Ok(index) = user.authorizations.binary_search(&id) {
                user.authorizations.remove(index);
            }
        }
        true
    }

    /// Removes what the user granted to the app, and every token with it.
    pub(crate) fn remove_grant(&mut self, app: &str, login: &str) {
        let tokens: Vec<u64> = self
            .of_grant(app, login)
            .map(|authorization| authorization.id)
            .collect();
        for id in tokens {
            self.remove(id);
        }
        self.grants
            .retain(|_, grant| grant.app != app || grant.login != login);
        self.touch_user(login, now());
    }

    fn of_grant(&self, app: &str, login: &str) -> impl Iterator<Item = &Authorization> {
        self.authorizations_of(login)
            .filter(move |authorization| authorization.terms.app.as_deref() == Some(app))
    }

    fn new_token(&mut self, prefix: &str, id: u64) -> (String, Trace) {
        let token = (self.mint)(prefix);
        let trace = Trace::of(&token);
        self.by_hash.insert(trace.hash.clone(), id);
        (token, trace)
    }

    fn touch_grant(&mut self, app: String, login: &str, now: u64) {
        match self
            .grants
            .values_mut()
            .find(|grant| grant.app == app && grant.login == login)
        {
            Some(grant) => grant.updated_at = now,
            None => {
                let id = self.next_id();
                self.grants.insert(
                    id,
                    Grant {
                        id,
                        app,
                        login: login.to_owned(),
                        created_at: now,
                        updated_at: now,
                    },
                );
            }
        }
    }

    fn touch_user(&mut self, login: &str, changed_at: u64) -> Option<&mut User> {
        let user = self.user_mut(login)?;
        user.changed_at = user.changed_at.max(changed_at);
        Some(user)
    }

    fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }
}

/// Seconds since 1970.
pub(crate) fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}
