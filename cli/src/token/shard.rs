//! A share of the tokens, for several machines that work on one file.

use std::fmt;
use std::str::FromStr;

/// Share `index` of `count`, counted from one. A token belongs to exactly one share, by its hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shard {
    index: u64,
    count: u64,
}

impl Shard {
    /// Returns whether the token with this key belongs to the share.
    pub(crate) fn contains(self, key: u128) -> bool {
        key % u128::from(self.count) == u128::from(self.index - 1)
    }
}

impl FromStr for Shard {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let read = || {
            let (index, count) = text.split_once('/')?;
            let (index, count) = (index.parse().ok()?, count.parse().ok()?);
            (1..=count)
                .contains(&index)
                .then_some(Self { index, count })
        };
        read().ok_or("a shard reads I/N, with I from 1 to N, as in 3/8")
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_is_in_exactly_one_share() {
        for key in 0..1000u128 {
            let key = key.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c834);
            let shares = (1..=8).filter(|index| {
                let shard: Shard = format!("{index}/8").parse().unwrap();
                shard.contains(key)
            });
            assert_eq!(shares.count(), 1);
        }
    }

    #[test]
    fn an_invalid_share_is_refused() {
        for text in ["", "3", "0/8", "9/8", "/", "1/0", "-1/2", "1/2/3", "a/b"] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
        assert_eq!(
            "8/8".parse::<Shard>().map(|shard| shard.to_string()),
            Ok("8/8".to_owned())
        );
    }
}
