//! The requests that arrived so far.

use crate::inspect::received::Received;
use crate::spec::generated::Operation;
use std::collections::{BTreeMap, VecDeque};

/// How many requests are kept, so that the memory of a long-running fake stays bounded.
pub(crate) const KEPT: usize = 10_000;

#[derive(Default)]
pub(crate) struct Log {
    arrived: usize,
    received: VecDeque<Received>,
    performed: BTreeMap<Operation, usize>,
}

impl Log {
    /// Counts a request, which may never become complete.
    pub(crate) fn count(&mut self) {
        self.arrived += 1;
    }

    pub(crate) fn keep(&mut self, received: Received) {
        if self.received.len() == KEPT {
            self.received.pop_front();
        }
        self.received.push_back(received);
    }

    pub(crate) fn performed(&mut self, operation: Operation) {
        *self.performed.entry(operation).or_default() += 1;
    }

    pub(crate) fn arrived(&self) -> usize {
        self.arrived
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.iter().cloned().collect()
    }

    pub(crate) fn times(&self, operation: Operation) -> usize {
        self.performed.get(&operation).copied().unwrap_or_default()
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}
