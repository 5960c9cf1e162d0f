//! Names a token without showing it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ghes_oauth::{AccessToken, TokenKind};

/// Kind, end and hash of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fingerprint {
    kind: &'static str,
    can_be_an_apps: bool,
    last_eight: String,
    sha256: String,
}

impl Fingerprint {
    pub(crate) fn of(token: &AccessToken) -> Self {
        let kind = token.kind();
        Self {
            kind: kind_name(kind),
            can_be_an_apps: matches!(
                kind,
                TokenKind::OAuth | TokenKind::UserToServer | TokenKind::Hexadecimal
            ),
            // Of any other text not even the end is shown: it may be a password.
            last_eight: match kind {
                TokenKind::Unknown => String::new(),
                _ => token.last_eight().to_owned(),
            },
            sha256: token.hashed(),
        }
    }

    /// Returns the prefix of the token's kind, or a name for a kind without one.
    pub(crate) fn kind(&self) -> &'static str {
        self.kind
    }

    /// Returns whether a token of this kind can be one of an app.
    pub(crate) fn can_be_an_apps(&self) -> bool {
        self.can_be_an_apps
    }

    /// Returns the last eight characters.
    pub(crate) fn last_eight(&self) -> &str {
        &self.last_eight
    }

    /// Returns the SHA-256 in lower-case hexadecimal, as GitHub's API prints it.
    pub(crate) fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Returns the key for [`Seen`](super::seen::Seen).
    pub(crate) fn key(&self) -> u128 {
        key(&self.sha256).unwrap_or_default()
    }
}

/// Returns the key of a token whose SHA-256 is given in hexadecimal.
pub(crate) fn key(sha256: &str) -> Option<u128> {
    u128::from_str_radix(sha256.get(..32)?, 16).ok()
}

/// Returns the Base64 of a SHA-256 given in hexadecimal, as GitHub's audit log prints it.
pub(crate) fn base64_of(sha256: &str) -> String {
    let bytes: Vec<u8> = (0..sha256.len() / 2)
        .filter_map(|index| u8::from_str_radix(sha256.get(2 * index..2 * index + 2)?, 16).ok())
        .collect();
    STANDARD.encode(bytes)
}

fn kind_name(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Classic => "ghp",
        TokenKind::FineGrained => "github_pat",
        TokenKind::OAuth => "gho",
        TokenKind::UserToServer => "ghu",
        TokenKind::ServerToServer => "ghs",
        TokenKind::Refresh => "ghr",
        TokenKind::Hexadecimal => "hexadecimal",
        _ => "not a token",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_of_the_hash_are_sha256() {
        // The SHA-256 of "abc", from FIPS 180-2, appendix B.1.
        let hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let fingerprint = Fingerprint::of(&AccessToken::new("abc"));
        assert_eq!(fingerprint.sha256(), hash);
        assert_eq!(
            base64_of(hash),
            "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="
        );
        assert_eq!(fingerprint.key(), 0xba78_16bf_8f01_cfea_4141_40de_5dae_2223);
    }

    #[test]
    fn the_end_of_a_token_is_shown_and_that_of_anything_else_is_not() {
        let token = AccessToken::new("gho_16C7e42F292c6912E7710c838347Ae178B4a");
        assert_eq!(Fingerprint::of(&token).last_eight(), "Ae178B4a");
        assert_eq!(Fingerprint::of(&token).kind(), "gho");
        let other = Fingerprint::of(&AccessToken::new("correct horse battery"));
        assert_eq!((other.kind(), other.last_eight()), ("not a token", ""));
    }
}
