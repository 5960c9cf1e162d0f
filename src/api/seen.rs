//! The tokens of a batch that were seen before, at 16 bytes each.

use std::collections::HashSet;

/// The least number of keys in the hash set before they are moved to the sorted list.
const RECENT: usize = 16 * 1024;

/// A set of keys, each the first half of a token's SHA-256.
///
/// Most are in a sorted list of 16 bytes a key, where a hash set takes up to 39; the newest are in a hash set, an eighth of all at most.
#[derive(Default)]
pub(super) struct Seen {
    sorted: Vec<u128>,
    recent: HashSet<u128>,
}

impl Seen {
    /// Adds a key; returns whether it is new.
    pub(super) fn insert(&mut self, key: u128) -> bool {
        if self.sorted.binary_search(&key).is_ok() || !self.recent.insert(key) {
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
    fn each_key_is_new_once() {
        let mut seen = Seen::default();
        // Multiplied by an odd number, so that they neither come in order nor repeat.
        let keys = || (0..100_000_u128).map(|index| index.wrapping_mul(u128::MAX / 3 * 2 + 1));
        assert!(keys().all(|key| seen.insert(key)));
        assert!(!keys().any(|key| seen.insert(key)));
        assert!(seen.sorted.len() > 80_000 && seen.recent.len() < 20_000);
        assert_eq!(seen.sorted.capacity(), seen.sorted.len());
    }
}
