//! The ids of a user's authorizations and grants, as two types that cannot be confused.

use crate::model::lenient::Lenient;
use crate::secret::serialize::without_secrets;
use serde_core::de::{Deserialize, Deserializer, Error as _};
use serde_core::ser::{Serialize, Serializer};
use std::fmt;
use std::num::NonZeroU64;
use std::str::FromStr;

/// Defines an id with the traits that users expect; errors call it `field`.
macro_rules! id {
    ($(#[$about:meta])* $name:ident, $field:literal) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(NonZeroU64);

        impl $name {
            /// Returns the id with this number.
            ///
            /// # Errors
            /// [`InvalidId`] for zero and a negative number: GitHub counts from 1.
            pub fn new(number: i64) -> Result<Self, InvalidId> {
                Self::read(number).ok_or(InvalidId($field))
            }

            /// Returns the number. It is above zero and may need more than 32 bits.
            pub const fn get(self) -> i64 {
                self.0.get().cast_signed()
            }

            fn read(number: i64) -> Option<Self> {
                NonZeroU64::new(u64::try_from(number).ok()?).map(Self)
            }
        }

        impl TryFrom<i64> for $name {
            type Error = InvalidId;

            fn try_from(number: i64) -> Result<Self, InvalidId> {
                Self::new(number)
            }
        }

        impl TryFrom<u64> for $name {
            type Error = InvalidId;

            fn try_from(number: u64) -> Result<Self, InvalidId> {
                i64::try_from(number).map_err(|_| InvalidId($field)).and_then(Self::new)
            }
        }

        impl TryFrom<&str> for $name {
            type Error = InvalidId;

            fn try_from(digits: &str) -> Result<Self, InvalidId> {
                digits.parse()
            }
        }

        impl From<$name> for i64 {
            fn from(id: $name) -> Self {
                id.get()
            }
        }

        impl From<$name> for u64 {
            fn from(id: $name) -> Self {
                id.0.get()
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            /// Parses the digits that `Display` prints.
            fn from_str(digits: &str) -> Result<Self, InvalidId> {
                digits.parse().map_err(|_| InvalidId($field)).and_then(Self::new)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.get())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::new(i64::deserialize(deserializer)?).map_err(D::Error::custom)
            }
        }

        impl Lenient for $name {
            fn from_integer(number: i64) -> Option<Self> {
                Self::read(number)
            }
        }

        without_secrets!($name);

        #[cfg(feature = "schemars")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "integer", "format": "int64", "minimum": 1 })
            }
        }
    };
}

id! {
    /// The id of one of a user's authorizations, as in [`Authorization::id`](crate::Authorization::id).
    ///
    /// ```
    /// use ghes_oauth::AuthorizationId;
    ///
    /// let id: AuthorizationId = "4294967297".parse()?;
    /// assert_eq!(id, AuthorizationId::new(4_294_967_297)?);
    /// let error = AuthorizationId::new(0).unwrap_err();
    /// assert_eq!(error.to_string(), "invalid authorization id: it is a whole number above zero");
    /// # Ok::<(), ghes_oauth::InvalidId>(())
    /// ```
    AuthorizationId, "authorization id"
}

id! {
    /// The id of one of a user's grants, as in [`ApplicationGrant::id`](crate::ApplicationGrant::id).
    ///
    /// ```
    /// use ghes_oauth::GrantId;
    ///
    /// let id: GrantId = "7".parse()?;
    /// assert_eq!(id.to_string(), "7");
    /// # Ok::<(), ghes_oauth::InvalidId>(())
    /// ```
    GrantId, "grant id"
}

/// The error for a number or a text that is not an id; it names the kind of id, not the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidId(&'static str);

impl InvalidId {
    pub(crate) const RULE: &'static str = "it is a whole number above zero";

    /// The kind of id.
    pub(crate) fn field(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for InvalidId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid {}: {}", self.0, Self::RULE)
    }
}

impl std::error::Error for InvalidId {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn an_id_is_above_zero_and_may_have_more_than_32_bits() {
        for number in [1, 4_294_967_297, i64::MAX] {
            let id = AuthorizationId::new(number).unwrap();
            assert_eq!((id.get(), i64::from(id)), (number, number));
            assert_eq!(id.to_string().parse(), Ok(id));
            assert_eq!(AuthorizationId::try_from(u64::from(id)), Ok(id));
            assert_eq!(serde_json::to_string(&id).unwrap(), number.to_string());
            assert_eq!(
                serde_json::from_str::<AuthorizationId>(&number.to_string()).unwrap(),
                id
            );
        }
        for number in [0, -1, i64::MIN] {
            let error = GrantId::new(number).unwrap_err();
            assert_eq!(
                error.to_string(),
                "invalid grant id: it is a whole number above zero"
            );
            assert_eq!(GrantId::try_from(number), Err(error));
            assert_eq!(number.to_string().parse::<GrantId>(), Err(error));
            let error = serde_json::from_str::<GrantId>(&number.to_string()).unwrap_err();
            assert!(error.to_string().contains("grant id"), "{error}");
        }
        assert!(GrantId::try_from(u64::MAX).is_err());
        for text in ["", "+", "1.5", "0x1", "seven", " 1", "9223372036854775808"] {
            assert!(text.parse::<GrantId>().is_err(), "{text}");
        }
    }

    #[test]
    fn ids_can_be_sorted_and_kept_in_sets() {
        let ids = [3, 1, 2].map(|number| GrantId::new(number).unwrap());
        assert_eq!(ids.iter().max(), Some(&ids[0]));
        assert_eq!(ids.into_iter().collect::<HashSet<_>>().len(), 3);
    }

    /// The one place beside the spec that repeats the bound.
    #[test]
    fn the_bound_is_that_of_the_spec() {
        let spec = include_str!("../../openapi/ghes-oauth.yaml");
        for name in ["AuthorizationId", "GrantId"] {
            let schema = spec
                .split(&format!("\n    {name}:\n      type: integer\n"))
                .nth(1)
                .unwrap();
            let bound = schema
                .lines()
                .take(2)
                .find_map(|line| line.trim().strip_prefix("x-minimum: "));
            assert_eq!(bound, Some("1"), "{name}");
        }
    }
}
