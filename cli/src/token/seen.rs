//! The set of tokens that were seen before, in 16 bytes each.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

/// The smallest number of keys in the hash set that is moved to the sorted list.
const RECENT: usize = 16 * 1024;

/// A set of keys, each the first half of a SHA-256: no two tokens are expected to share one.
///
/// Most keys are in a sorted list, which takes 16 bytes a key; the newest are in a hash set, an eighth of all at most.
#[derive(Default)]
pub(crate) struct Seen {
    sorted: Vec<u128>,
    recent: HashSet<u128, BuildHasherDefault<Truncated>>,
}

impl Seen {
    /// Adds a key; returns whether it is new.
    pub(crate) fn insert(&mut self, key: u128) -> bool {
        if self.contains(key) {
            return false;
        }
        self.recent.insert(key);
        if self.recent.len() >= RECENT.max(self.sorted.len() / 8) {
            self.sorted.reserve_exact(self.recent.len());
            self.sorted.extend(self.recent.drain());
            self.sorted.sort_unstable();
        }
        true
    }

    /// Returns whether the key is in the set.
    pub(crate) fn contains(&self, key: u128) -> bool {
        self.recent.contains(&key) || self.sorted.binary_search(&key).is_ok()
    }

    /// Returns the number of keys.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.sorted.len() + self.recent.len()
    }
}

/// A hasher for keys that are hashes already.
#[derive(Default)]
struct Truncated(u64);

impl Hasher for Truncated {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for (index, &byte) in bytes.iter().enumerate() {
            self.0 ^= u64::from(byte) << (8 * (index % 8));
        }
    }

    fn write_u128(&mut self, key: u128) {
        // Sorting compares the other half first, so that drained keys are not in the order of their buckets.
        self.0 = key as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A number that looks random and is different for each input (splitmix64, twice).
    fn key(index: u64) -> u128 {
        let mix = |mut z: u64| {
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^ (z >> 31)
        };
        (u128::from(mix(index)) << 64) | u128::from(mix(!index))
    }

    #[test]
    fn each_key_is_new_once() {
        let mut seen = Seen::default();
        for round in [true, false] {
            for index in 0..100_000 {
                assert_eq!(seen.insert(key(index)), round, "{index}");
            }
        }
        assert_eq!(seen.len(), 100_000);
        assert!(!seen.contains(key(100_000)));
    }
}
