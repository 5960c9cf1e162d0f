//! Tokens: how they look, and what is kept of them.

use crate::model::token_kind::{checksum, sha256};
use std::hash::{BuildHasher, RandomState};

/// What is kept of a token, which is what GitHub keeps: nothing that it could be used by.
#[derive(Clone)]
pub(super) struct Trace {
    pub(super) hash: String,
    pub(super) last_eight: String,
}

impl Trace {
    pub(super) fn of(token: &str) -> Self {
        let last_eight = token
            .len()
            .checked_sub(8)
            .and_then(|start| token.get(start..))
            .unwrap_or(token);
        Self {
            hash: sha256(token),
            last_eight: last_eight.to_owned(),
        }
    }
}

/// A token as GHES 3.1 and later make them: prefix, thirty letters and digits, and the checksum of these.
pub(super) fn with_prefix(prefix: &str) -> String {
    let body: String = std::iter::repeat_with(random)
        .take(30)
        .map(|number| digit(number % 62))
        .collect();
    format!("{prefix}_{body}{}", checksum(&body))
}

/// A token as servers before that made them: forty hexadecimal digits, whatever kind it is of.
pub(super) fn hexadecimal(_prefix: &str) -> String {
    let digits: String = std::iter::repeat_with(random)
        .take(3)
        .map(|number| format!("{number:016x}"))
        .collect();
    digits[..40].to_owned()
}

/// A number that nobody outside of this process foresees: the keys of std's hasher come from the operating system.
/// That is enough for tokens that open nothing but a test, and spares a dependency.
pub(super) fn random() -> u64 {
    RandomState::new().hash_one(())
}

fn digit(number: u64) -> char {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    char::from(DIGITS[(number % 62) as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_have_githubs_shape_and_differ() {
        let (one, other) = (with_prefix("gho"), with_prefix("gho"));
        assert_eq!((one.len(), &one[..4]), (40, "gho_"));
        assert_ne!(one, other);
        let old = hexadecimal("gho");
        assert_eq!(old.len(), 40);
        assert!(old.bytes().all(|byte| byte.is_ascii_hexdigit()));
    }
}
