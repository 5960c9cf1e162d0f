//! A running fake.

use crate::faults::plan::Matcher;
use crate::faults::rule::Rule;
use crate::inspect::live::LiveToken;
use crate::inspect::received::Received;
use crate::new_token::NewToken;
use crate::server::listener::Listener;
use crate::spec::generated::Operation;
use crate::spec::version::Version;
use crate::state::codes::Agreed;
use crate::state::rate_limit::RateLimit;
use crate::state::world::World;
use similar::{Algorithm, capture_diff_slices};
use std::fmt;
use std::sync::MutexGuard;
use std::time::{Duration, SystemTime};

/// A running fake. Dropping it stops it and discards its state.
///
/// Every method takes effect at once and works on any thread, also while requests are in flight.
#[must_use = "dropping it stops it"]
pub struct FakeGhes {
    listener: Listener,
    url: String,
    origin: String,
}

/// Its address, version and clock.
impl FakeGhes {
    pub(crate) fn new(listener: Listener) -> Self {
        let (url, origin) = {
            let world = listener.shared.world();
            (world.site.base().to_owned(), world.site.origin().to_owned())
        };
        Self {
            listener,
            url,
            origin,
        }
    }

    fn world(&self) -> MutexGuard<'_, World> {
        self.listener.shared.world()
    }

    /// Returns the base of the REST API: `http://127.0.0.1:PORT/api/v3`, or without the path for github.com.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the address of the web pages, the parent of `/login/oauth/authorize` and `/login/oauth/access_token`.
    pub fn web_url(&self) -> &str {
        &self.origin
    }

    /// Upgrades it to another version of GHES, with the same apps, users and tokens; a fake of github.com stays as it is.
    pub fn upgrade(&self, major: u16, minor: u16) {
        self.world().upgrade(Version::new(major, minor));
    }

    /// Sets the server's clock, which runs on from there: for the `Date` header, dates of resources, rate limits, lockouts.
    pub fn set_time(&self, time: SystemTime) {
        self.world().store.clock.set(time);
    }

    /// Advances the server's clock.
    pub fn advance(&self, time: Duration) {
        self.world().store.clock.advance(time);
    }

    /// Sets a rate limit of `requests` in a window of this length. The first window begins with the next request.
    pub fn set_rate_limit(&self, requests: u32, window: Duration) {
        self.world().rate_limit = Some(RateLimit::new(requests, window));
    }
}

/// Tokens and users.
impl FakeGhes {
    /// Issues a token of the app for the user, as the web application flow would; `None` if either is unknown.
    ///
    /// As on GitHub, the eleventh of one user, app and set of scopes evicts the oldest; see
    /// [`Builder::token_limit`](crate::Builder::token_limit).
    pub fn issue_token(&self, client_id: &str, login: &str, scopes: &[&str]) -> Option<String> {
        self.issue(NewToken::of_app(client_id, login).scopes(scopes))
    }

    /// Issues a token as described; `None` if its app or user is unknown.
    pub fn issue(&self, token: NewToken) -> Option<String> {
        token.issue(&mut self.world().store)
    }

    /// Returns a code, as the web application flow does when a user agrees. `POST /login/oauth/access_token` exchanges it for a token, once
    /// and within ten minutes. `None` if app or user is unknown.
    pub fn authorize(&self, client_id: &str, login: &str, scopes: &[&str]) -> Option<String> {
        let mut world = self.world();
        let store = &mut world.store;
        let agreed = Agreed {
            app: store.app(client_id)?.client_id.clone(),
            login: store.user(login)?.login.clone(),
            scopes: scopes.iter().map(|&scope| scope.to_owned()).collect(),
            redirect_uri: None,
        };
        let now = store.clock.now();
        Some(store.codes.hand_out(agreed, now))
    }

    /// Revokes a token; returns `false` if it was not live.
    pub fn revoke_token(&self, token: &str) -> bool {
        let store = &mut self.world().store;
        let id = store.live(token).map(|authorization| authorization.id);
        id.is_some_and(|id| store.remove(id))
    }

    /// Ends a user's lockout early; returns `false` if the user is unknown.
    pub fn unlock(&self, login: &str) -> bool {
        let store = &mut self.world().store;
        store.user_mut(login).map(|user| user.unlock()).is_some()
    }
}

/// Fault injection.
impl FakeGhes {
    /// Starts a rule for the requests of one operation.
    pub fn on(&self, operation: Operation) -> Rule<'_> {
        self.rule(Matcher::Operation(operation))
    }

    /// Starts a rule for every request, also those for no operation.
    pub fn on_every(&self) -> Rule<'_> {
        self.rule(Matcher::Every)
    }

    /// Starts a rule for the requests that the closure chooses.
    pub fn on_request(
        &self,
        choose: impl Fn(&Received) -> bool + Send + Sync + 'static,
    ) -> Rule<'_> {
        self.rule(Matcher::Closure(Box::new(choose)))
    }

    /// Ends all rules.
    pub fn clear_faults(&self) {
        self.listener.shared.plan.clear();
    }

    fn rule(&self, matcher: Matcher) -> Rule<'_> {
        Rule::new(&self.listener.shared.plan, matcher)
    }
}

/// Inspection.
impl FakeGhes {
    /// Returns whether the token is live.
    pub fn is_live(&self, token: &str) -> bool {
        self.world().store.live(token).is_some()
    }

    /// Returns how many live tokens the app has for the user.
    pub fn live_tokens(&self, client_id: &str, login: &str) -> usize {
        let world = self.world();
        world
            .store
            .authorizations_of(login)
            .filter(|authorization| authorization.terms.app.as_deref() == Some(client_id))
            .count()
    }

    /// Returns all live tokens, personal ones included, in the order of their authorizations' ids.
    pub fn live(&self) -> Vec<LiveToken> {
        let world = self.world();
        let authorizations = world.store.authorizations().into_iter();
        authorizations.map(LiveToken::new).collect()
    }

    /// Returns how many text messages with a one-time password were sent to the user: one for each POST and PUT without one.
    pub fn messages_sent(&self, login: &str) -> usize {
        let world = self.world();
        let otp = world.store.user(login).and_then(|user| user.otp.as_ref());
        otp.map_or(0, |otp| otp.messages_sent)
    }

    /// Returns how many requests have arrived, including refused and incomplete ones.
    pub fn requests(&self) -> usize {
        self.listener.shared.log().arrived()
    }

    /// Returns how often the operation was performed. A request that was refused, or that a rule intercepted, does not count.
    pub fn times(&self, operation: Operation) -> usize {
        self.listener.shared.log().times(operation)
    }

    /// Returns the complete requests, the last 10,000 of them, without their secrets.
    pub fn received(&self) -> Vec<Received> {
        self.listener.shared.log().received()
    }

    /// Clears the log and the counts.
    pub fn clear_received(&self) {
        self.listener.shared.log().clear();
    }

    /// Checks that exactly these operations were requested, in this order.
    ///
    /// # Panics
    /// If any other request arrived, with the difference line by line.
    ///
    /// ```should_panic
    /// use ghes_oauth_fake::{FakeGhes, Operation};
    ///
    /// let ghes = FakeGhes::builder().start().expect("a port is free");
    /// // - POST /applications/{client_id}/token
    /// ghes.assert_received(&[Operation::CheckToken]);
    /// ```
    #[track_caller]
    pub fn assert_received(&self, expected: &[Operation]) {
        let expected: Vec<String> = expected
            .iter()
            .map(|operation| format!("{} {}", operation.method(), operation.path()))
            .collect();
        let arrived: Vec<String> = self.received().iter().map(Received::to_string).collect();
        if expected != arrived {
            let difference: String = capture_diff_slices(Algorithm::Myers, &expected, &arrived)
                .iter()
                .flat_map(|part| part.iter_changes(&expected, &arrived))
                .map(|line| format!("{} {}\n", line.tag(), line.value()))
                .collect();
            panic!("other requests arrived than expected (- expected, + arrived):\n{difference}");
        }
    }
}

impl fmt::Debug for FakeGhes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeGhes")
            .field("url", &self.url())
            .finish_non_exhaustive()
    }
}
