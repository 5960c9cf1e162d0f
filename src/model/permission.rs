//! The levels of permissions.

use crate::model::lenient::Lenient;
use crate::secret::serialize::without_secrets;
use serde_core::de::{Deserialize, Deserializer};
use serde_core::ser::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

/// The level of one permission of a scoped token.
///
/// The enum is open: a level that a later server adds is kept in `Other` and sent back unchanged.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PermissionLevel {
    /// `read`.
    Read,
    /// `write`.
    Write,
    /// `admin`.
    Admin,
    /// Any other level. Compare by [`as_str`](Self::as_str), because a later release may add a variant for a level that is kept here.
    /// `From` creates it, and prefers the other variants.
    Other(String),
}

impl PermissionLevel {
    /// Returns the level as GitHub writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Admin => "admin",
            Self::Other(level) => level,
        }
    }
}

impl From<&str> for PermissionLevel {
    fn from(level: &str) -> Self {
        match level {
            "read" => Self::Read,
            "write" => Self::Write,
            "admin" => Self::Admin,
            other => Self::Other(other.to_owned()),
        }
    }
}

impl From<String> for PermissionLevel {
    fn from(level: String) -> Self {
        Self::from(level.as_str())
    }
}

impl FromStr for PermissionLevel {
    type Err = Infallible;

    /// Accepts any level; see [`Other`](Self::Other).
    fn from_str(level: &str) -> Result<Self, Infallible> {
        Ok(Self::from(level))
    }
}

impl fmt::Display for PermissionLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for PermissionLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::secret::redact::mask(self.as_str()))
    }
}

impl Serialize for PermissionLevel {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for PermissionLevel {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

impl Lenient for PermissionLevel {
    fn from_text(level: &str) -> Option<Self> {
        Some(Self::from(level))
    }

    fn is_empty(&self) -> bool {
        self.as_str().is_empty()
    }
}

/// Writes the permissions that have a level, the known ones first.
pub(crate) fn serialize<S: Serializer>(
    known: &[(&str, &Option<PermissionLevel>)],
    extra: &BTreeMap<String, PermissionLevel>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let known = known
        .iter()
        .filter_map(|(name, level)| Some((*name, level.as_ref()?)));
    serializer.collect_map(known.chain(extra.iter().map(|(name, level)| (name.as_str(), level))))
}

/// Defines the builder of a struct that has a level in each field and a map `$rest` for other permissions, and how the struct is
/// serialized.
macro_rules! record {
    ($record:ident by $builder:ident, $rest:ident besides $($field:ident $(= $wire:literal)?)*) => {
        impl ::serde_core::Serialize for $record {
            fn serialize<S: ::serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let known = [$(($crate::secret::serialize::wire_name!($field $(= $wire)?), &self.$field)),*];
                $crate::model::permission::serialize(&known, &self.$rest, serializer)
            }
        }

        $crate::secret::serialize::without_secrets!($record);

        impl $record {
            /// Returns a builder without permissions.
            pub fn builder() -> $builder {
                // A permission may be called `default`, and so may the method that sets it.
                <$builder as Default>::default()
            }
        }

        /// Builds permissions, one level at a time.
        ///
        /// ```
        /// use ghes_oauth::{AppPermissions, PermissionLevel};
        ///
        /// let permissions = AppPermissions::builder()
        ///     .metadata(PermissionLevel::Read)
        ///     .issues(PermissionLevel::Write)
        ///     .build();
        /// assert_eq!(permissions.issues, Some(PermissionLevel::Write));
        /// ```
        #[derive(Clone, Debug, Default)]
        #[must_use = "it does nothing until it is built"]
        pub struct $builder($record);

        impl $builder {
            $(
                #[doc = concat!("Sets the level of `", stringify!($field), "`.")]
                pub fn $field(mut self, level: $crate::model::permission::PermissionLevel) -> Self {
                    self.0.$field = Some(level);
                    self
                }
            )*

            /// Sets the level of a permission without a method here, by its name. A permission that has a method is refused when the call
            /// is sent.
            pub fn other(
                mut self,
                name: impl Into<String>,
                level: $crate::model::permission::PermissionLevel,
            ) -> Self {
                self.0.$rest.insert(name.into(), level);
                self
            }

            /// Returns the permissions.
            pub fn build(self) -> $record {
                self.0
            }
        }
    };
}
pub(crate) use record;

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for PermissionLevel {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "PermissionLevel".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string" })
    }
}

without_secrets!(PermissionLevel);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_goes_back_as_it_came() {
        for level in ["read", "write", "admin", "maintain", ""] {
            let json = format!("{level:?}");
            let read: PermissionLevel = serde_json::from_str(&json).unwrap();
            assert_eq!(serde_json::to_string(&read).unwrap(), json);
        }
        assert_eq!(PermissionLevel::from("admin"), PermissionLevel::Admin);
    }

    #[test]
    fn permissions_keep_those_of_newer_servers_and_omit_values_that_are_not_levels() {
        let json = r#"{"issues":null,"quantum":"admin","contents":"read","checks":7,"pages":{"a":"b"},"workflows":"maintain"}"#;
        let permissions: crate::generated::types::AppPermissions =
            serde_json::from_str(json).unwrap();
        assert_eq!(permissions.contents, Some(PermissionLevel::Read));
        assert_eq!(permissions.extra["quantum"], PermissionLevel::Admin);
        let back = serde_json::to_string(&permissions).unwrap();
        assert_eq!(
            back,
            r#"{"contents":"read","workflows":"maintain","quantum":"admin"}"#
        );
        assert!(serde_json::from_str::<crate::generated::types::AppPermissions>("[]").is_err());
    }
}
