//! Tokens: how they look, and what is kept of them.

use sha2::{Digest, Sha256};
use std::hash::{BuildHasher, RandomState};

/// What is kept of a token, which is what GitHub keeps: nothing that it could be used by.
#[derive(Clone)]
pub(super) struct Trace {
    pub(super) hash: String,
    pub(super) last_eight: String,
}

impl Trace {
    pub(super) fn of(token: &str) -> Self {
        let last_eight = token.len().checked_sub(8).and_then(|start| token.get(start..)).unwrap_or(token);
        Self { hash: hash(token), last_eight: last_eight.to_owned() }
    }
}

/// The lower-case hexadecimal SHA-256, as `hashed_token` shows it.
pub(super) fn hash(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A token as GHES 3.1 and later make them: prefix, thirty letters and digits, and the checksum of these.
pub(super) fn with_prefix(prefix: &str) -> String {
    let body: String = std::iter::repeat_with(random).take(30).map(|number| digit(number % 62)).collect();
    let checksum = checksum(&body);
    format!("{prefix}_{body}{checksum}")
}

/// A token as servers before that made them: forty hexadecimal digits, whatever kind it is of.
pub(super) fn hexadecimal(_prefix: &str) -> String {
    let digits: String = std::iter::repeat_with(random).take(3).map(|number| format!("{number:016x}")).collect();
    digits[..40].to_owned()
}

/// A number that nobody outside of this process foresees: the keys of std's hasher come from the operating system.
/// That is enough for tokens that open nothing but a test, and spares a dependency.
pub(super) fn random() -> u64 {
    RandomState::new().hash_one(())
}

/// The CRC-32 (IEEE) in base 62, filled up to six digits.
fn checksum(body: &str) -> String {
    let mut crc = u32::MAX;
    for byte in body.bytes() {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg());
        }
    }
    let number = u64::from(!crc);
    (0..6).rev().map(|place| digit(number / 62_u64.pow(place) % 62)).collect()
}

fn digit(number: u64) -> char {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    char::from(DIGITS[(number % 62) as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_githubs() {
        // A revoked token that circulates as an example of the format.
        assert_eq!(checksum("zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ"), "0mLq17");
    }

    #[test]
    fn tokens_have_githubs_shape_and_differ() {
        let (one, other) = (with_prefix("gho"), with_prefix("gho"));
        assert_eq!((one.len(), &one[..4]), (40, "gho_"));
        assert_ne!(one, other);
        let old = hexadecimal("gho");
        assert_eq!(old.len(), 40);
        assert!(old.bytes().all(|byte| byte.is_ascii_hexdigit()));
    }

    #[test]
    fn a_trace_tells_hash_and_end() {
        let trace = Trace::of("ghu_16C7e42F292c6912E7710c838347Ae178B4a");
        assert_eq!(trace.last_eight, "Ae178B4a");
        assert_eq!(hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(Trace::of("short").last_eight, "short");
    }
}
