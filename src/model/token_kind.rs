//! The kinds of tokens, and how to recognize them offline.

use crate::secret::newtypes::AccessToken;
use crate::secret::redact::PREFIXES;
use crate::secret::serialize::without_secrets;
use serde_core::de::{Deserialize, Deserializer, Error as _};
use serde_core::ser::{Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// The kind of a token, by its prefix.
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum TokenKind {
    /// `ghp_`: a classic personal access token.
    Classic,
    /// `github_pat_`: a fine-grained personal access token.
    FineGrained,
    /// `gho_`: a token of an OAuth App.
    #[cfg_attr(feature = "schemars", schemars(rename = "oauth"))]
    OAuth,
    /// `ghu_`: a user token of a GitHub App.
    UserToServer,
    /// `ghs_`: an installation token of a GitHub App.
    ServerToServer,
    /// `ghr_`: a refresh token of a GitHub App.
    Refresh,
    /// 40 lower-case hexadecimal digits, as every token was before GHES 3.1.
    Hexadecimal,
    /// Any other text.
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

    /// The kinds that have a prefix, in the order of [`PREFIXES`](Self::PREFIXES).
    const WITH_PREFIX: [Self; PREFIXES.len()] = [
        Self::Classic,
        Self::OAuth,
        Self::UserToServer,
        Self::ServerToServer,
        Self::Refresh,
        Self::FineGrained,
    ];

    /// The prefixes of GitHub's token formats, such as `gho_`, for programs that search text for tokens.
    pub const PREFIXES: &'static [&'static str] = &PREFIXES;

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

    /// Returns the kind of a token.
    pub(crate) fn of(token: &str) -> Self {
        let mut kinds = PREFIXES.iter().zip(Self::WITH_PREFIX);
        match kinds.find(|(prefix, _)| token.starts_with(**prefix)) {
            Some((_, kind)) => kind,
            None if is_hexadecimal(token) => Self::Hexadecimal,
            None => Self::Unknown,
        }
    }

    /// Whether a token of this kind may end in a JSON Web Token, with dots and hyphens.
    pub(crate) fn may_hold_a_jwt(self) -> bool {
        matches!(self, Self::ServerToServer | Self::UserToServer)
    }

    /// Whether a token of this kind can belong to an OAuth App, or be a user token of a GitHub App.
    pub(crate) fn may_be_an_apps(self) -> bool {
        match self {
            Self::Classic | Self::FineGrained | Self::ServerToServer | Self::Refresh => false,
            Self::OAuth | Self::UserToServer | Self::Hexadecimal | Self::Unknown => true,
        }
    }
}

fn is_hexadecimal(token: &str) -> bool {
    let is_digit = |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    token.len() == 40 && token.bytes().all(is_digit)
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

    /// Parses the texts of [`as_str`](Self::as_str) and of `Display`. For the kind of a token use [`AccessToken::kind`].
    fn from_str(text: &str) -> Result<Self, ParseTokenKindError> {
        let is_it = |kind: &Self| text == kind.as_str() || text == kind.to_string();
        Self::ALL
            .into_iter()
            .find(is_it)
            .ok_or(ParseTokenKindError(()))
    }
}

impl Serialize for TokenKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for TokenKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        let kind = Self::ALL.into_iter().find(|kind| kind.as_str() == text);
        kind.ok_or_else(|| D::Error::custom(ParseTokenKindError(())))
    }
}

impl TryFrom<&str> for TokenKind {
    type Error = ParseTokenKindError;

    fn try_from(text: &str) -> Result<Self, ParseTokenKindError> {
        text.parse()
    }
}

/// The error for a text that is not the name of a [`TokenKind`]. It does not show the text, which may be a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseTokenKindError(());

impl fmt::Display for ParseTokenKindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("invalid kind of token: it reads like classic, oauth or user_to_server")
    }
}

impl std::error::Error for ParseTokenKindError {}

impl AccessToken {
    /// Returns the kind of the token, by its prefix.
    pub fn kind(&self) -> TokenKind {
        TokenKind::of(self.expose_secret())
    }
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
}
