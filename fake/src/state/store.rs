//! The fake's records: apps, users, grants and authorizations.

use crate::state::authorization::{Authorization, Grant, Order};
use crate::state::clock::{Clock, seconds};
use crate::state::codes::Codes;
use crate::state::terms::Terms;
use crate::state::token::{self, Trace};
use crate::state::users::User;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::Duration;

pub(crate) struct App {
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
}

/// When bad logins lock a user out, and for how long.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lockout {
    pub(crate) bad_logins: u32,
    pub(crate) duration: Duration,
}

pub(crate) struct Store {
    pub(crate) clock: Clock,
    pub(crate) lockout: Option<Lockout>,
    /// How many tokens one user, app and set of scopes may have.
    pub(crate) token_limit: Option<usize>,
    pub(crate) codes: Codes,
    /// Whether new tokens begin with a prefix, as they do from GHES 3.1 on.
    pub(crate) prefixed: bool,
    apps: Vec<App>,
    users: Vec<User>,
    authorizations: HashMap<u64, Authorization>,
    by_hash: HashMap<String, u64>,
    grants: BTreeMap<u64, Grant>,
    /// One counter for grants and authorizations: a client that confuses the two ids finds nothing.
    last_id: u64,
}

impl Store {
    pub(crate) fn new(apps: Vec<App>, users: Vec<User>) -> Self {
        Self {
            clock: Clock::default(),
            lockout: None,
            token_limit: None,
            codes: Codes::default(),
            prefixed: true,
            apps,
            users,
            authorizations: HashMap::new(),
            by_hash: HashMap::new(),
            grants: BTreeMap::new(),
            last_id: 0,
        }
    }

    pub(crate) fn app(&self, client_id: &str) -> Option<&App> {
        self.apps.iter().find(|app| app.client_id == client_id)
    }

    /// The user with that login; GitHub ignores case.
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

    /// The only user; `None` if there are several or none.
    pub(crate) fn only_user(&self) -> Option<&User> {
        match &self.users[..] {
            [user] => Some(user),
            _ => None,
        }
    }

    pub(crate) fn user_by_id(&self, id: u64) -> Option<&User> {
        self.users.iter().find(|user| user.id == id)
    }

    /// Returns the authorization of a live token.
    pub(crate) fn live(&self, token: &str) -> Option<&Authorization> {
        self.authorizations
            .get(self.by_hash.get(&token::sha256(token))?)
    }

    pub(crate) fn authorization(&self, id: u64) -> Option<&Authorization> {
        self.authorizations.get(&id)
    }

    /// Every authorization, by id.
    pub(crate) fn authorizations(&self) -> Vec<&Authorization> {
        let mut all: Vec<_> = self.authorizations.values().collect();
        all.sort_by_key(|authorization| authorization.id);
        all
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

    /// Creates an authorization, and the grant if it is the first of an app, and returns its id and its token. If that exceeds the limit of
    /// one user, app and set of scopes, the oldest of these is removed.
    pub(crate) fn issue(&mut self, order: Order) -> (u64, String) {
        let created_at = order
            .created_at
            .map_or_else(|| self.clock.seconds(), seconds);
        if let Some(app) = order.terms.app.clone() {
            self.touch_grant(app, &order.terms.login, created_at);
        }
        self.make_room(&order.terms);
        let id = self.next_id();
        let token = order
            .token
            .unwrap_or_else(|| token::new(order.prefix, self.prefixed));
        let trace = self.remember(&token, id);
        let authorization = Authorization {
            id,
            terms: order.terms,
            token: trace,
            created_at,
            updated_at: created_at,
            prefix: order.prefix,
        };
        if let Some(user) = self.user_mut(&authorization.terms.login) {
            user.authorizations.push(id);
        }
        self.authorizations.insert(id, authorization);
        (id, token)
    }

    fn make_room(&mut self, terms: &Terms) {
        let Some(limit) = self.token_limit else {
            return;
        };
        let mut rivals: Vec<(u64, u64)> = self
            .authorizations_of(&terms.login)
            .filter(|other| other.terms.share_a_limit(terms))
            .map(|other| (other.created_at, other.id))
            .collect();
        rivals.sort_unstable();
        let surplus = (rivals.len() + 1).saturating_sub(limit);
        for (_, id) in rivals.into_iter().take(surplus) {
            self.remove(id);
        }
    }

    /// Replaces a token; the old one is not live from then on.
    pub(crate) fn reset(&mut self, id: u64) -> Option<String> {
        let (prefix, old) = self
            .authorization(id)
            .map(|authorization| (authorization.prefix, authorization.token.hash.clone()))?;
        let token = token::new(prefix, self.prefixed);
        let trace = self.remember(&token, id);
        self.by_hash.remove(&old);
        self.update(id, |authorization| authorization.token = trace);
        Some(token)
    }

    /// Changes an authorization and the date of its last change.
    pub(crate) fn update(&mut self, id: u64, change: impl FnOnce(&mut Authorization)) {
        let now = self.clock.seconds();
        if let Some(authorization) = self.authorizations.get_mut(&id) {
            change(authorization);
            // A change must show even within the same second.
            authorization.updated_at = now.max(authorization.updated_at + 1);
        }
    }

    /// Removes an authorization and revokes its token; `false` if there was none.
    pub(crate) fn remove(&mut self, id: u64) -> bool {
        let Some(authorization) = self.authorizations.remove(&id) else {
            return false;
        };
        self.by_hash.remove(&authorization.token.hash);
        if let Some(user) = self.user_mut(&authorization.terms.login) {
            // Ids are assigned in ascending order, so a binary search finds one.
            if let Ok(index) = user.authorizations.binary_search(&id) {
                user.authorizations.remove(index);
            }
        }
        true
    }

    /// Removes the user's grant to the app, and every token of it.
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
    }

    fn of_grant(&self, app: &str, login: &str) -> impl Iterator<Item = &Authorization> {
        self.authorizations_of(login)
            .filter(move |authorization| authorization.terms.app.as_deref() == Some(app))
    }

    fn remember(&mut self, token: &str, id: u64) -> Trace {
        let trace = Trace::of(token);
        self.by_hash.insert(trace.hash.clone(), id);
        trace
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

    fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }
}
