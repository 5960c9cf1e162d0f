//! The rules in force, and which of them apply to a request.

use crate::faults::action::Action;
use crate::faults::canned::CannedResponse;
use crate::inspect::received::Received;
use crate::spec::generated::Operation;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// The requests that a rule applies to.
pub(crate) enum Matcher {
    Every,
    Operation(Operation),
    Closure(Box<dyn Fn(&Received) -> bool + Send + Sync>),
}

/// A rule in force.
pub(crate) struct Active {
    matcher: Matcher,
    pub(crate) action: Action,
    /// How many requests are skipped first.
    skip: usize,
    /// How many requests it applies to after that; `None` for all.
    next: Option<usize>,
    /// When it ends; for a rate limit, the first request sets it.
    until: OnceLock<Instant>,
    /// How many matching requests there were.
    met: AtomicUsize,
}

impl Active {
    pub(crate) fn new(
        matcher: Matcher,
        action: Action,
        skip: usize,
        next: Option<usize>,
        until: Option<Instant>,
    ) -> Self {
        Self {
            matcher,
            skip,
            // An upgrade happens once.
            next: match action {
                Action::Upgrade(_) => Some(1),
                _ => next,
            },
            action,
            until: until.map(OnceLock::from).unwrap_or_default(),
            met: AtomicUsize::new(0),
        }
    }

    fn is_for(&self, received: &Received) -> bool {
        let matches = match &self.matcher {
            Matcher::Every => true,
            Matcher::Operation(operation) => received.operation() == Some(*operation),
            Matcher::Closure(closure) => closure(received),
        };
        if !matches || self.remaining().is_some_and(|time| time.is_zero()) {
            return false;
        }
        let met = self.met.fetch_add(1, Ordering::Relaxed);
        let is_for = met >= self.skip && self.next.is_none_or(|next| met - self.skip < next);
        if is_for
            && let Action::SecondaryRateLimit(time) | Action::PrimaryRateLimit(time) = self.action
            && let Some(until) = Instant::now().checked_add(time)
        {
            self.until.get_or_init(|| until);
        }
        is_for
    }

    /// How long it is still in force, if it ends.
    pub(crate) fn remaining(&self) -> Option<Duration> {
        let until = self.until.get()?;
        Some(until.saturating_duration_since(Instant::now()))
    }

    /// Whether it has ended.
    fn is_over(&self) -> bool {
        let met = self.met.load(Ordering::Relaxed);
        let used_up = self
            .next
            .is_some_and(|next| met >= self.skip.saturating_add(next));
        used_up || self.remaining().is_some_and(|time| time.is_zero())
    }
}

/// How one request is handled.
pub(crate) struct Decision {
    pub(crate) delay: Duration,
    pub(crate) instead: Instead,
}

/// The action in place of, or around, the usual handling.
pub(crate) enum Instead {
    Nothing,
    Rule(Arc<Active>),
    /// The response of a closure.
    Response(CannedResponse),
}

#[derive(Default)]
pub(crate) struct Plan(Mutex<Vec<Arc<Active>>>);

impl Plan {
    pub(crate) fn new(rules: Vec<Active>) -> Self {
        Self(Mutex::new(rules.into_iter().map(Arc::new).collect()))
    }

    pub(crate) fn add(&self, rule: Active) {
        self.rules().push(Arc::new(rule));
    }

    pub(crate) fn clear(&self) {
        self.rules().clear();
    }

    /// Adds up the delays of all rules for the request. Of the other rules the first counts, except for a closure that returns no response.
    pub(crate) fn decide(&self, received: &Received) -> Decision {
        // A test's closure runs without the lock, because it may use the fake.
        let rules = self.rules().clone();
        let mut decision = Decision {
            delay: Duration::ZERO,
            instead: Instead::Nothing,
        };
        for rule in rules {
            let is_open = matches!(decision.instead, Instead::Nothing);
            let is_delay = matches!(rule.action, Action::Delay(_));
            if !(is_delay || is_open) || !rule.is_for(received) {
                continue;
            }
            match &rule.action {
                Action::Delay(delay) => decision.delay = decision.delay.saturating_add(*delay),
                Action::RespondWith(responder) => {
                    if let Some(response) = responder(received) {
                        decision.instead = Instead::Response(response);
                    }
                }
                _ => decision.instead = Instead::Rule(rule),
            }
        }
        self.rules().retain(|rule| !rule.is_over());
        decision
    }

    fn rules(&self) -> MutexGuard<'_, Vec<Arc<Active>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
