//! Values by which a token is recognized or checked offline: its last characters, its SHA-256 and its checksum.

use crate::model::token_kind::TokenKind;
use crate::secret::newtypes::AccessToken;
use hmac_sha256::Hash;

impl AccessToken {
    /// Returns the last eight characters, to compare with an authorization's `token_last_eight`.
    ///
    /// The text is empty for a token of fewer than sixteen characters, because eight would be most of it.
    pub fn last_eight(&self) -> &str {
        let token = self.expose_secret();
        let mut from_the_end = token.char_indices().rev();
        let start = from_the_end.nth(7).map(|(index, _)| index);
        match (start, from_the_end.nth(7)) {
            (Some(start), Some(_)) => &token[start..],
            _ => "",
        }
    }

    /// Returns the SHA-256 of the token in lower-case hexadecimal, to compare with an authorization's `hashed_token`.
    pub fn hashed(&self) -> String {
        sha256(self.expose_secret())
    }

    /// Returns whether the token's checksum is right; `None` for a kind of token that has no checksum.
    ///
    /// The last six characters of a token with a prefix are the CRC-32, in base 62, of the characters between them and the prefix.
    /// Use it as a hint for mistyped tokens, never to refuse one: the sample tokens in GitHub's own documentation fail it.
    pub fn checksum_matches(&self) -> Option<bool> {
        const PREFIX: usize = "gho_".len();
        const CHECKSUM: usize = 6;
        let token = self.expose_secret();
        let has_checksum = matches!(
            self.kind(),
            TokenKind::Classic
                | TokenKind::OAuth
                | TokenKind::UserToServer
                | TokenKind::ServerToServer
                | TokenKind::Refresh
        );
        if !has_checksum || !token.is_ascii() || token.len() <= PREFIX + CHECKSUM {
            return None;
        }
        let (body, checksum) = token[PREFIX..].split_at(token.len() - PREFIX - CHECKSUM);
        Some(self::checksum(body) == checksum)
    }
}

/// Returns the checksum that belongs to `body`, the characters between prefix and checksum.
fn checksum(body: &str) -> String {
    base62(crc32(body.as_bytes()))
}

fn sha256(text: &str) -> String {
    Hash::hash(text.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// CRC-32 with the IEEE polynomial, bit by bit: a table would not pay for the 30 bytes of a token.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| {
            if crc & 1 == 1 {
                (crc >> 1) ^ 0xEDB8_8320
            } else {
                crc >> 1
            }
        })
    })
}

/// Six digits, most significant first, padded with zeros.
fn base62(mut number: u32) -> String {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut digits = ['0'; 6];
    for digit in digits.iter_mut().rev() {
        *digit = char::from(DIGITS[(number % 62) as usize]);
        number /= 62;
    }
    digits.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_sha256_in_lower_case() {
        let hashed = AccessToken::new("abc").hashed();
        assert_eq!(
            hashed,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn last_eight_counts_characters() {
        assert_eq!(
            AccessToken::new("ghu_16C7e42F292c6912E7710c838347Ae178B4a").last_eight(),
            "Ae178B4a"
        );
        for short in ["", "short", "12345678", "123456789012345"] {
            assert_eq!(AccessToken::new(short).last_eight(), "", "{short}");
        }
        assert_eq!(
            AccessToken::new("abcdefgh12345678").last_eight(),
            "12345678"
        );
        assert_eq!(
            AccessToken::new("ééééééééé2345678").last_eight(),
            "é2345678".trim_start_matches('x')
        );
    }

    #[test]
    fn checksums() {
        // A revoked token that circulates as an example of the format.
        assert_eq!(checksum("zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ"), "0mLq17");
        // The check value of CRC-32/IEEE is 0xCBF43926 for "123456789".
        let checksum = base62(0xCBF4_3926);
        assert_eq!(
            AccessToken::new(format!("gho_123456789{checksum}")).checksum_matches(),
            Some(true)
        );
        assert_eq!(
            AccessToken::new(format!("gho_123456788{checksum}")).checksum_matches(),
            Some(false)
        );
        assert_eq!(
            AccessToken::new("e72e16c7e42f292c6912e7710c838347ae178b4a").checksum_matches(),
            None
        );
        assert_eq!(
            AccessToken::new("ghp_ééééééééééééé").checksum_matches(),
            None
        );
    }
}
