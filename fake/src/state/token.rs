//! The formats of tokens, and their hashes.

use std::hash::{BuildHasher, RandomState};

/// The parts of a token that GitHub keeps, and the fake too: the token cannot be restored from them.
#[derive(Clone)]
pub(crate) struct Trace {
    pub(crate) hash: String,
    pub(crate) last_eight: String,
}

impl Trace {
    pub(crate) fn of(token: &str) -> Self {
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

/// Creates a token of the kind that the prefix names.
pub(crate) fn new(prefix: &str, prefixed: bool) -> String {
    if prefixed {
        with_prefix(prefix)
    } else {
        hexadecimal()
    }
}

/// Creates a token in the format of GHES 3.1 and later: prefix, thirty letters and digits, and their checksum.
fn with_prefix(prefix: &str) -> String {
    let body: String = std::iter::repeat_with(random)
        .take(30)
        .map(|number| digit(number % 62))
        .collect();
    format!("{prefix}_{body}{}", checksum(&body))
}

/// Creates a token in the format before that: forty hexadecimal digits, whatever its kind.
fn hexadecimal() -> String {
    let digits: String = std::iter::repeat_with(random)
        .take(3)
        .map(|number| format!("{number:016x}"))
        .collect();
    digits[..40].to_owned()
}

/// The SHA-256, in lower-case hexadecimal digits, as GitHub shows it in `hashed_token`.
pub(crate) fn sha256(text: &str) -> String {
    let hash = hmac_sha256::Hash::hash(text.as_bytes());
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The CRC-32 as six digits, most significant first.
fn checksum(body: &str) -> String {
    let mut number = u64::from(crc32fast::hash(body.as_bytes()));
    let mut digits = ['0'; 6];
    for place in digits.iter_mut().rev() {
        *place = digit(number % 62);
        number /= 62;
    }
    digits.into_iter().collect()
}

/// Returns a number that cannot be predicted outside of this process: the keys of std's hasher come from the operating system. That is
/// enough for tokens of a test, and saves a dependency.
pub(crate) fn random() -> u64 {
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
        // A revoked token that circulates as an example of the format.
        assert_eq!(checksum("zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ"), "0mLq17");
        let old = hexadecimal();
        assert_eq!(old.len(), 40);
        assert!(old.bytes().all(|byte| byte.is_ascii_hexdigit()));
    }
}
