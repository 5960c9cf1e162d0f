//! The two ways to serialize a value with secrets in it.

use crate::secret::redact::MARKER;
use crate::secret::serialize::{Secrecy, SerializeSecrets};
use serde_core::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// Serializes a value with the secrets in it. Without `Exposed`, a type that can hold a secret does not serialize.
///
/// Use it to store a response in a safe place: the text is as secret as the value. It wraps a reference to serialize one value, or an owned
/// value as a field of your own type, which can then be deserialized, too.
///
/// ```
/// use ghes_oauth::{AccessToken, Exposed};
///
/// #[derive(serde::Serialize, serde::Deserialize)]
/// struct Session {
///     user: String,
///     token: Exposed<AccessToken>,
/// }
///
/// let token = AccessToken::new("gho_16C7e42F292c6912E7710c838347Ae178B4a");
/// let text = serde_json::to_string(&Exposed(&token))?;
/// assert_eq!(text, r#""gho_16C7e42F292c6912E7710c838347Ae178B4a""#);
///
/// let session = Session { user: "octocat".into(), token: Exposed(token.clone()) };
/// let session = serde_json::to_string(&session)?;
/// let Session { token: Exposed(read), .. } = serde_json::from_str(&session)?;
/// assert_eq!(read, token);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Exposed<T>(pub T);

impl<T: SerializeSecrets> Serialize for Exposed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize_secrets(Secrecy::Exposed, serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Exposed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self)
    }
}

impl<T> fmt::Debug for Exposed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Exposed({MARKER})")
    }
}

/// Serializes a value with a fixed marker in place of each secret in it, for logs and reports.
///
/// It redacts values of a secret's type. A token that somebody wrote into a note is not redacted, unlike in `Debug`.
///
/// ```
/// use ghes_oauth::{AccessToken, Redacted};
///
/// let token = AccessToken::new("gho_16C7e42F292c6912E7710c838347Ae178B4a");
/// assert_eq!(serde_json::to_string(&Redacted(&token))?, r#""[REDACTED]""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Redacted<T>(pub T);

impl<T: SerializeSecrets> Serialize for Redacted<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize_secrets(Secrecy::Redacted, serializer)
    }
}

impl<T> fmt::Debug for Redacted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Redacted({MARKER})")
    }
}
