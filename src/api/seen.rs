//! The set of tokens that a batch has seen, in 16 bytes each.

use crate::secret::newtypes::AccessToken;
use std::collections::HashSet;
use std::hash::{BuildHasher as _, RandomState};

/// The smallest number of hashes in the hash set that is moved to the sorted list: as many as a hash set of 128 Ki slots takes. A lookup in
/// the list touches a dozen cache lines that the calls in between have evicted, which costs 5 % of a batch; one in the set touches two.
const RECENT: usize = 112 * 1024;

/// A set of tokens, kept as hashes of 128 bits: among a billion tokens, no two are expected to share one.
///
/// The hashes are SipHash's with two random keys, at a tenth of the cost of SHA-256. The newest are in a hash set, which takes up to 39
/// bytes a token; of many tokens, seven eighths or more are in a sorted list, which takes 16.
#[derive(Default)]
pub(super) struct Seen {
    keys: [RandomState; 2],
    sorted: Vec<u128>,
    recent: HashSet<u128>,
}

impl Seen {
    /// Adds a token; returns whether it is new.
    pub(super) fn insert(&mut self, token: &AccessToken) -> bool {
        let text = token.expose_secret();
        let [high, low] = self.keys.each_ref().map(|key| key.hash_one(text));
        let hash = (u128::from(high) << 64) | u128::from(low);
        if self.sorted.binary_search(&hash).is_ok() || !self.recent.insert(hash) {
            return false;
        }
        if self.recent.len() >= RECENT.max(self.sorted.len() / 8) {
            self.sorted.reserve_exact(self.recent.len());
            self.sorted.extend(self.recent.drain());
            self.sorted.sort_unstable();
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_token_is_new_once() {
        let mut seen = Seen::default();
        let tokens = || (0..300_000).map(|index| AccessToken::new(format!("gho_{index}")));
        assert!(tokens().all(|token| seen.insert(&token)));
        assert!(!tokens().any(|token| seen.insert(&token)));
        assert!(seen.sorted.len() == 2 * RECENT);
        assert_eq!(seen.sorted.capacity(), seen.sorted.len());
        // A hash set takes one more byte for each slot, and at most seven eighths of its slots are full.
        let recent = (seen.recent.capacity() * 8 / 7).next_power_of_two();
        let bytes = 16 * seen.sorted.capacity() + 17 * recent;
        assert!(bytes <= 20 * 300_000, "{bytes}");
    }
}
