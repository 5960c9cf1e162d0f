//! Types that hold a secret, and the one way to read it.
//!
//! `Debug` of a secret prints a fixed marker, there is no `Display`, it is zeroized in memory when it is dropped, and it serializes only in
//! `Exposed` or `Redacted`. Only the copies that this crate makes are zeroized: it cannot reach the buffers of the HTTP and TLS layers.

use crate::secret::redact::{MARKER, Secrets};
use serde_core::de::{Deserialize, Deserializer, Error as _};
use std::convert::Infallible;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

macro_rules! secret {
    ($(#[$docs:meta])* $name:ident) => {
        $(#[$docs])*
        #[derive(Clone)]
        pub struct $name(Zeroizing<String>);

        impl $name {
            /// Takes the secret. It is not checked until it is used.
            pub fn new(secret: impl Into<String>) -> Self {
                Self(Zeroizing::new(secret.into()))
            }

            /// Returns the secret: keep it out of logs, error messages and URLs.
            #[doc(alias = "as_str")]
            pub fn expose_secret(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($name)).field(&format_args!("{MARKER}")).finish()
            }
        }

        impl PartialEq for $name {
            /// Compares in a time that depends only on the lengths.
            fn eq(&self, other: &Self) -> bool {
                self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
            }
        }

        impl Eq for $name {}

        impl FromStr for $name {
            type Err = Infallible;

            /// Takes the text, as [`new`](Self::new) does.
            fn from_str(secret: &str) -> Result<Self, Infallible> {
                Ok(Self::new(secret))
            }
        }

        impl Hash for $name {
            /// Hashes the text. A map compares by `==` only keys with the same hash; with a random key, as in the standard library's maps,
            /// an attacker cannot predict the hash.
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.expose_secret().hash(state);
            }
        }

        impl From<String> for $name {
            fn from(secret: String) -> Self {
                Self::new(secret)
            }
        }

        impl From<&str> for $name {
            fn from(secret: &str) -> Self {
                Self::new(secret)
            }
        }

        impl From<&$name> for $name {
            fn from(secret: &$name) -> Self {
                secret.clone()
            }
        }
    };
}

/// The secrets in JSON: they are deserialized plainly, and `crate::secret::serialize` serializes them.
macro_rules! json_secret {
    ($name:ident) => {
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                // serde's own error quotes the value.
                let error = |_| D::Error::custom(concat!("a ", stringify!($name), " must be a string"));
                String::deserialize(deserializer).map(Self::new).map_err(error)
            }
        }

        #[cfg(feature = "schemars")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "format": "password" })
            }
        }
    };
}

secret! {
    /// An OAuth access token, with which anyone can act as its user.
    ///
    /// `==` takes a time that depends only on the lengths, so that it does not reveal how much of a guess is right.
    ///
    /// ```
    /// use ghes_oauth::AccessToken;
    ///
    /// let token = AccessToken::new("gho_16C7e42F292c6912E7710c838347Ae178B4a");
    /// assert_eq!(format!("{token:?}"), "AccessToken([REDACTED])");
    /// assert_eq!(token.last_eight(), "Ae178B4a");
    /// ```
    AccessToken
}
json_secret!(AccessToken);

impl From<AccessToken> for Secrets {
    /// Takes the token over, without another copy of it.
    fn from(token: AccessToken) -> Self {
        Self::taking(token.0)
    }
}

secret! {
    /// The client secret of an OAuth App.
    ClientSecret
}
json_secret!(ClientSecret);

secret! {
    /// A user's password.
    Password
}

secret! {
    /// A one-time password of two-factor authentication, valid for one request (`X-GitHub-OTP`).
    OneTimePassword
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::exposed::{Exposed, Redacted};

    const PLANTED: &str = "plan7ed-s3cret";

    #[test]
    fn every_secret_prints_the_marker_only() {
        let printed = [
            format!(
                "{:?} {:#?}",
                AccessToken::new(PLANTED),
                AccessToken::new(PLANTED)
            ),
            format!(
                "{:?} {:#?}",
                ClientSecret::new(PLANTED),
                ClientSecret::new(PLANTED)
            ),
            format!("{:?} {:#?}", Password::new(PLANTED), Password::new(PLANTED)),
            format!(
                "{:?} {:#?}",
                OneTimePassword::new(PLANTED),
                OneTimePassword::new(PLANTED)
            ),
            format!("{:?}", Exposed(&AccessToken::new(PLANTED))),
        ];
        for text in printed {
            assert!(!text.contains(PLANTED) && text.contains(MARKER), "{text}");
        }
        assert!(
            AccessToken::new(PLANTED).expose_secret().contains(PLANTED),
            "the search would find it"
        );
    }

    #[test]
    fn secrets_serialize_as_their_wrappers_say() {
        let token = AccessToken::new(PLANTED);
        assert_eq!(serde_json::to_value(Exposed(&token)).unwrap(), PLANTED);
        assert_eq!(serde_json::to_value(Redacted(&token)).unwrap(), MARKER);
        let both = serde_json::to_value((Redacted(&token), Exposed(&token))).unwrap();
        assert_eq!(both, serde_json::json!([MARKER, PLANTED]));
    }

    #[test]
    fn the_error_for_a_value_that_is_not_a_string_does_not_quote_it() {
        for value in [
            "4242424242",
            "[\"4242424242\"]",
            "{\"a\":\"4242424242\"}",
            "true",
        ] {
            let token = serde_json::from_str::<AccessToken>(value).unwrap_err();
            let secret = serde_json::from_str::<ClientSecret>(value).unwrap_err();
            let text = format!("{token} {secret} {token:?}");
            assert!(
                text.contains("must be a string") && !text.contains("4242"),
                "{text}"
            );
        }
    }

    #[test]
    fn equal_secrets_are_those_with_equal_text() {
        assert_eq!(AccessToken::new(PLANTED), AccessToken::new(PLANTED));
        for other in ["", "plan7ed-s3cre", "plan7ed-s3creT", "plan7ed-s3cret."] {
            assert_ne!(AccessToken::new(PLANTED), AccessToken::new(other));
        }
    }

    #[test]
    fn secrets_are_parsed_compared_and_found_in_maps() {
        let token: AccessToken = PLANTED.parse().unwrap();
        let set = std::collections::HashSet::from([token.clone()]);
        assert!(set.contains(&AccessToken::from(PLANTED)));
        assert!(!set.contains(&AccessToken::new("plan7ed-s3creT")));
    }
}
