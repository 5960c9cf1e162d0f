//! Versions of GHES and of GitHub's REST API.

use crate::secret::serialize::without_secrets;
use serde_core::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

/// A GHES release line, such as 3.14; patch releases do not change the API.
///
/// ```
/// use ghes_oauth::GhesVersion;
///
/// let version: GhesVersion = "3.14.2".parse()?;
/// assert_eq!(version, GhesVersion::new(3, 14));
/// assert!(version > GhesVersion::new(3, 9));
/// # Ok::<(), ghes_oauth::ParseVersionError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GhesVersion {
    major: u16,
    minor: u16,
}

impl GhesVersion {
    /// Returns the release line `major.minor`.
    pub const fn new(major: u16, minor: u16) -> Self {
        Self { major, minor }
    }

    /// Returns the number before the dot.
    pub const fn major(self) -> u16 {
        self.major
    }

    /// Returns the number after the dot.
    pub const fn minor(self) -> u16 {
        self.minor
    }
}

impl fmt::Display for GhesVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

impl FromStr for GhesVersion {
    type Err = ParseVersionError;

    /// Parses `3.14`, and `3.14.2` or `3.14.0.rc1` as their release line.
    fn from_str(text: &str) -> Result<Self, ParseVersionError> {
        let mut parts = text.trim().split('.');
        let mut number = || parts.next().and_then(|part| part.parse().ok());
        match (number(), number()) {
            (Some(major), Some(minor)) => Ok(Self { major, minor }),
            _ => Err(ParseVersionError(())),
        }
    }
}

impl TryFrom<&str> for GhesVersion {
    type Error = ParseVersionError;

    fn try_from(text: &str) -> Result<Self, ParseVersionError> {
        text.parse()
    }
}

impl Serialize for GhesVersion {
    /// Writes the text that [`FromStr`] parses, such as `"3.14"`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for GhesVersion {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde_core::de::Error::custom)
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for GhesVersion {
    fn schema_name() -> Cow<'static, str> {
        "GhesVersion".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": r"^\d+\.\d+(\..*)?$" })
    }
}

/// The error for a text that is not a GHES version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseVersionError(());

impl fmt::Display for ParseVersionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("invalid GHES version: it reads like 3.14")
    }
}

impl std::error::Error for ParseVersionError {}

/// The version of GitHub's REST API that requests name in `X-GitHub-Api-Version`.
///
/// GHES 3.9 introduced the header; the operations of this crate are the same in every version so far. See [GitHub's page on API
/// versions](https://docs.github.com/en/rest/about-the-rest-api/api-versions).
///
/// `Display` prints the header's value, or `unspecified` without one, and `FromStr` reads both.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ApiVersion(Option<String>);

/// The text of [`ApiVersion::unspecified`].
const UNSPECIFIED: &str = "unspecified";

impl ApiVersion {
    /// Returns `2022-11-28`, which every server since GHES 3.9 supports.
    pub fn v2022_11_28() -> Self {
        Self::new("2022-11-28")
    }

    /// Returns `2026-03-10`, which github.com and GHES 3.21 and later support.
    pub fn v2026_03_10() -> Self {
        Self::new("2026-03-10")
    }

    /// Returns any version, by its date.
    pub fn new(date: impl Into<String>) -> Self {
        Self(Some(date.into()))
    }

    /// Omits the header: the server uses its default version.
    ///
    /// Use it for servers before GHES 3.9, which ignore the header.
    pub const fn unspecified() -> Self {
        Self(None)
    }

    /// Returns the header's value.
    pub fn as_str(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

impl From<&str> for ApiVersion {
    /// Reads the text that `Display` prints.
    fn from(text: &str) -> Self {
        match text {
            UNSPECIFIED => Self::unspecified(),
            date => Self::new(date),
        }
    }
}

impl FromStr for ApiVersion {
    type Err = Infallible;

    /// Reads the text that `Display` prints. Any other text than `unspecified` is the header's value.
    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self::from(text))
    }
}

impl fmt::Display for ApiVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str().unwrap_or(UNSPECIFIED))
    }
}

impl Default for ApiVersion {
    fn default() -> Self {
        Self::v2022_11_28()
    }
}

without_secrets!(GhesVersion);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_order_by_number_not_by_text() {
        let read = |text: &str| text.parse::<GhesVersion>().unwrap();
        assert!(read("3.9") < read("3.10"));
        assert!(read("2.22") < read("3.0"));
        assert_eq!(read("3.14.0.rc1").to_string(), "3.14");
    }

    #[test]
    fn junk_is_refused_by_name() {
        for junk in ["", "3", "3.", "x.y", "-3.1", "99999.1"] {
            let error = junk.parse::<GhesVersion>().unwrap_err();
            assert!(error.to_string().contains("GHES version"), "{error}");
        }
    }

    #[test]
    fn versions_convert_from_text_and_back() {
        assert_eq!(GhesVersion::try_from("3.14"), Ok(GhesVersion::new(3, 14)));
        assert!(GhesVersion::try_from("soon").is_err());
        assert_eq!(ApiVersion::from("2022-11-28"), ApiVersion::default());
        for version in [
            ApiVersion::v2022_11_28(),
            ApiVersion::v2026_03_10(),
            ApiVersion::unspecified(),
        ] {
            assert_eq!(version.to_string().parse(), Ok(version));
        }
        assert_eq!(ApiVersion::unspecified().to_string(), "unspecified");
    }

    #[test]
    fn a_version_is_written_as_the_text_that_is_read() {
        let version = GhesVersion::new(3, 14);
        let json = serde_json::to_string(&version).unwrap();
        assert_eq!(json, r#""3.14""#);
        assert_eq!(serde_json::from_str::<GhesVersion>(&json).unwrap(), version);
        assert!(serde_json::from_str::<GhesVersion>(r#""soon""#).is_err());
    }
}
