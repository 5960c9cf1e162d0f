//! What an access token's text reveals, offline.

use crate::secret::newtypes::AccessToken;
use crate::secret::serialize::without_secrets;
use hmac_sha256::Hash;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What a token is, by its prefix.
///
/// See [GitHub's page on token formats](https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats).
///
/// ```
/// use ghes_oauth::TokenKind;
///
/// let kind: TokenKind = "classic".parse()?;
/// assert_eq!(kind, TokenKind::Classic);
/// assert_eq!(kind.as_str(), "classic"); // as serde writes it
/// assert_eq!(kind.to_string(), "classic personal access token"); // for people
/// # Ok::<(), ghes_oauth::ParseTokenKindError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TokenKind {
    /// `ghp_`: a classic personal access token.
    Classic,
    /// `github_pat_`: a fine-grained personal access token.
    FineGrained,
    /// `gho_`: a token of an OAuth App.
    #[serde(rename = "oauth")]
    OAuth,
    /// `ghu_`: a user token of a GitHub App.
    UserToServer,
    /// `ghs_`: an installation token of a GitHub App.
    ServerToServer,
    /// `ghr_`: a refresh token of a GitHub App.
    Refresh,
    /// 40 lower-case hexadecimal digits, as every token was before GHES 3.1.
    Hexadecimal,
    /// None of these.
    Unknown,
}

impl TokenKind {
    const ALL: [Self; 8] = [
        Self::Classic,
        Self::FineGrained,
        Self::OAuth,
        Self::UserToServer,
        Self::ServerToServer,
        Self::Refresh,
        Self::Hexadecimal,
        Self::Unknown,
    ];

    /// Returns the name that serde writes, such as `fine_grained`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Classic => "classic",
            Self::FineGrained => "fine_grained",
            Self::OAuth => "oauth",
            Self::UserToServer => "user_to_server",
            Self::ServerToServer => "server_to_server",
            Self::Refresh => "refresh",
            Self::Hexadecimal => "hexadecimal",
            Self::Unknown => "unknown",
        }
    }

    /// What a text would be as a token.
    pub(crate) fn of(token: &str) -> Self {
        match token.split_once('_') {
            Some(("ghp", _)) => Self::Classic,
            Some(("gho", _)) => Self::OAuth,
            Some(("ghu", _)) => Self::UserToServer,
            Some(("ghs", _)) => Self::ServerToServer,
            Some(("ghr", _)) => Self::Refresh,
            Some(("github", rest)) if rest.starts_with("pat_") => Self::FineGrained,
            None if token.len() == 40
                && token
                    .bytes()
                    .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) =>
            {
                Self::Hexadecimal
            }
            _ => Self::Unknown,
        }
    }

    /// Whether a token of this kind may end in a JSON Web Token, with dots and hyphens.
    pub(crate) fn may_hold_a_jwt(self) -> bool {
        matches!(self, Self::ServerToServer | Self::UserToServer)
    }

    /// Whether a token of this kind can be one of an OAuth App or of a GitHub App's user.
    pub(crate) fn may_be_an_apps(self) -> bool {
        match self {
            Self::Classic | Self::FineGrained | Self::ServerToServer | Self::Refresh => false,
            Self::OAuth | Self::UserToServer | Self::Hexadecimal | Self::Unknown => true,
        }
    }
}

impl fmt::Display for TokenKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Classic => "classic personal access token",
            Self::FineGrained => "fine-grained personal access token",
            Self::OAuth => "token of an OAuth App",
            Self::UserToServer => "user token of a GitHub App",
            Self::ServerToServer => "installation token of a GitHub App",
            Self::Refresh => "refresh token of a GitHub App",
            Self::Hexadecimal => "token of 40 hexadecimal digits",
            Self::Unknown => "token of an unknown kind",
        })
    }
}

impl FromStr for TokenKind {
    type Err = ParseTokenKindError;

    /// Reads what [`as_str`](Self::as_str) returns and what `Display` prints; the kind of a token is [`AccessToken::kind`].
    fn from_str(text: &str) -> Result<Self, ParseTokenKindError> {
        let is_it = |kind: &Self| text == kind.as_str() || text == kind.to_string();
        Self::ALL
            .into_iter()
            .find(is_it)
            .ok_or(ParseTokenKindError(()))
    }
}

impl TryFrom<&str> for TokenKind {
    type Error = ParseTokenKindError;

    fn try_from(text: &str) -> Result<Self, ParseTokenKindError> {
        text.parse()
    }
}

/// The error of a text that is not the name of a [`TokenKind`]; it does not show the text, which may be a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseTokenKindError(());

impl fmt::Display for ParseTokenKindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("invalid kind of token: it reads like classic, oauth or user_to_server")
    }
}

impl std::error::Error for ParseTokenKindError {}

impl AccessToken {
    /// What the token is, by its prefix.
    pub fn kind(&self) -> TokenKind {
        TokenKind::of(self.expose_secret())
    }

    /// Returns the last eight characters, as an authorization's `token_last_eight` has them; nothing of a token that is shorter than
    /// sixteen, as they would be most of it.
    pub fn last_eight(&self) -> &str {
        let token = self.expose_secret();
        let mut from_the_end = token.char_indices().rev();
        let start = from_the_end.nth(7).map(|(index, _)| index);
        match (start, from_the_end.nth(7)) {
            (Some(start), Some(_)) => &token[start..],
            _ => "",
        }
    }

    /// The SHA-256 of the token in lower-case hexadecimal, as an authorization's `hashed_token` has it.
    pub fn hashed(&self) -> String {
        sha256(self.expose_secret())
    }

    /// Whether the checksum that tokens with a prefix carry is right; `None` for a token that carries none.
    ///
    /// The last six characters are the CRC-32 of the characters between them and the prefix, in base 62. It is a hint
    /// that spares a call for a mistyped token, and never a reason to refuse one: the samples in GitHub's own pages fail it.
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

/// The checksum that tokens with a prefix carry.
pub(crate) fn checksum(body: &str) -> String {
    base62(crc32(body.as_bytes()))
}

/// The lower-case hexadecimal SHA-256 of a text.
pub(crate) fn sha256(text: &str) -> String {
    Hash::hash(text.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// CRC-32 with the IEEE polynomial, bit by bit: a token is 30 bytes long.
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

/// Six digits, most significant first, filled up with zeros.
fn base62(mut number: u32) -> String {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut digits = ['0'; 6];
    for digit in digits.iter_mut().rev() {
        *digit = char::from(DIGITS[(number % 62) as usize]);
        number /= 62;
    }
    digits.into_iter().collect()
}

without_secrets!(TokenKind);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_by_prefix() {
        let kind = |text: &str| AccessToken::new(text).kind();
        assert_eq!(kind("ghp_x"), TokenKind::Classic);
        assert_eq!(kind("gho_x"), TokenKind::OAuth);
        assert_eq!(kind("ghu_x"), TokenKind::UserToServer);
        assert_eq!(kind("ghs_x"), TokenKind::ServerToServer);
        assert_eq!(kind("ghr_x"), TokenKind::Refresh);
        assert_eq!(kind("github_pat_11A_x"), TokenKind::FineGrained);
        assert_eq!(
            kind("e72e16c7e42f292c6912e7710c838347ae178b4a"),
            TokenKind::Hexadecimal
        );
        for other in [
            "",
            "gho",
            "E72E16C7E42F292C6912E7710C838347AE178B4A",
            "github_x",
            "glpat-x",
        ] {
            assert_eq!(kind(other), TokenKind::Unknown, "{other}");
        }
    }

    #[test]
    fn kinds_are_parsed_by_the_names_that_are_written() {
        for kind in TokenKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
            assert_eq!(kind.to_string().parse(), Ok(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        }
        for other in ["", "Classic", "gho_16C7e42F292c6912E7710c838347Ae178B4a"] {
            let error = TokenKind::try_from(other).unwrap_err();
            assert!(!format!("{error} {error:?}").contains("gho_16"));
        }
    }

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
